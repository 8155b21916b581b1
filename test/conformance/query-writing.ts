import type { Expression, Path } from '#plan/expression.ts';

/** An expression much as OData writes it, for people to read. */
export function write(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return JSON.stringify(expression.value);
    case 'path':
      return writePath(expression);
    case 'not':
      return `not(${write(expression.operand)})`;
    case 'negation':
      return `-(${write(expression.operand)})`;
    case 'and':
    case 'or':
      return `(${expression.operands.map(write).join(` ${expression.kind} `)})`;
    case 'comparison':
    case 'arithmetic':
      return `(${write(expression.left)} ${expression.operator} ${write(expression.right)})`;
    case 'in':
      return `(${write(expression.operand)} in (${expression.list.map(write).join(',')}))`;
    case 'has':
      return `(${write(expression.operand)} has ${write(expression.flags)})`;
    case 'same':
      return `(${writePath(expression.left)} same ${String(expression.right)})`;
    case 'call':
      return `${expression.name}(${expression.args.map(write).join(',')})`;
    case 'any':
    case 'all': {
      const { collection, variable, predicate, kind } = expression;
      return `${writePath(collection)}/${kind}(${predicate ? `${variable}:${write(predicate)}` : ''})`;
    }
    case 'count': {
      const { collection, variable, filter } = expression;
      return `${writePath(collection)}/$count(${filter ? `${variable}:${write(filter)}` : ''})`;
    }
    case 'isof':
      return `isof(${write(expression.operand)},${expression.type.name})`;
    case 'cast':
      return `cast(${write(expression.operand)},${expression.result.type?.name})`;
    case 'case': {
      const branches = expression.branches.map(
        ({ condition, value }) => `${write(condition)}:${write(value)}`,
      );
      return `case(${branches.join(',')})`;
    }
  }
}

function writePath({ variable, steps }: Path): string {
  const names = steps.map((step) => {
    if (step.kind === 'property') return step.property.name;
    if (step.kind === 'navigation') return step.navigation.name;
    if (step.kind === 'cast') return step.type.name;
    if (step.kind === 'resource') return step.resource.name;
    return step.kind === 'key' ? `'${step.value}'` : step.name;
  });
  return [variable, ...names].join('/');
}
