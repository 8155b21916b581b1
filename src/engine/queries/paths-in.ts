import type { Expression, Path } from '#plan/expression.ts';
import { operandsOf } from '#plan/operands.ts';

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
  switch (expression.kind) {
    case 'path':
      found.push(...pathOf(expression, variables));
      return;
    case 'any':
    case 'all':
    case 'count':
      collectInside(expression, variables, found);
      return;
    default:
      for (const each of operandsOf(expression)) collect(each, variables, found);
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
