import type { Expression, Path } from '#plan/expression.ts';

/**
 * The members of the filtered entity that an expression names, as paths without casts: those of
 * lambda variables stand behind the collection that they range over.
 */
export function pathsIn(expression: Expression): string[] {
  const found: string[] = [];
  collect(expression, new Map([['$it', '']]), found);
  return found;
}

type Variables = ReadonlyMap<string, string>;

function collect(expression: Expression, variables: Variables, found: string[]): void {
  const into = (each: Expression) => collect(each, variables, found);
  switch (expression.kind) {
    case 'literal':
      return;
    case 'path':
      found.push(...pathOf(expression, variables));
      return;
    case 'not':
    case 'negation':
    case 'isof':
    case 'cast':
      into(expression.operand);
      return;
    case 'and':
    case 'or':
      expression.operands.forEach(into);
      return;
    case 'comparison':
    case 'arithmetic':
      into(expression.left);
      into(expression.right);
      return;
    case 'in':
      into(expression.operand);
      expression.list.forEach(into);
      return;
    case 'has':
      into(expression.operand);
      return;
    case 'call':
      expression.args.forEach(into);
      return;
    case 'case':
      for (const { condition, value } of expression.branches) [condition, value].forEach(into);
      return;
    default:
      collectInside(expression, variables, found);
  }
}

/** A lambda or a count: its collection, and what is asked of the members. */
function collectInside(
  expression: Extract<Expression, { kind: 'any' | 'all' | 'count' }>,
  variables: Variables,
  found: string[],
): void {
  const [path] = pathOf(expression.collection, variables);
  if (path !== undefined) found.push(path);
  const asked = expression.kind === 'count' ? expression.filter : expression.predicate;
  if (!asked) return;
  collect(asked, new Map([...variables, [expression.variable, path ?? '']]), found);
}

function pathOf({ variable, steps }: Path, variables: Variables): string[] {
  const start = variables.get(variable);
  // What stands behind $root is nothing of the entity's.
  if (start === undefined) return [];
  const names = steps.flatMap((step) => {
    if (step.kind === 'property') return step.property.name;
    if (step.kind === 'navigation') return step.navigation.name;
    return step.kind === 'dynamic' ? step.name : [];
  });
  const path = [...(start === '' ? [] : [start]), ...names].join('/');
  return path === '' ? [] : [path];
}
