import { type Expression, OUTER, type Path, type PathStep } from '#plan/expression.ts';
import type { NameStep, PathSyntax, StepSyntax } from '../../language/expressions/syntax.ts';
import type { Binder, Scope, Variable } from '../binder.ts';
import { isNull } from '../operands/value-types.ts';
import { notServedAt, type Place, refusalAt } from '../refuse-at.ts';
import { bindCount, bindLambda } from './bind-members.ts';
import { MemberPath } from './member-path.ts';

/** What a path starts with, and the steps that are still to follow. */
interface Start {
  readonly from: Variable | Expression;
  readonly steps: readonly StepSyntax[];
}

/**
 * A path in an expression (OData ABNF 4.01, firstMemberExpr): from a variable, an alias or here,
 * to a value, or to `any`, `all` or `$count` of a collection.
 */
export function bindMemberPath(binder: Binder, syntax: PathSyntax, scope: Scope): Expression {
  const { from, steps } = findStart(binder, syntax, scope);
  const place = { option: scope.option, at: syntax.at };
  if ('kind' in from && steps.length === 0) return from;
  if ('kind' in from && from.kind !== 'path') {
    if (isNull(from)) return from;
    throw notServedAt(place, 'Only what a path leads to has members.');
  }
  const bound = follow(binder, new MemberPath(binder, scope, from), { steps, scope });
  if ('name' in from && from.name === OUTER) checkInHand(bound, place);
  return bound;
}

/** Of an entity that is in hand single values become constants; nothing else is known of it. */
function checkInHand(bound: Expression, place: Place): void {
  const isInside = ({ kind }: PathStep) => kind === 'property' || kind === 'dynamic';
  if (bound.kind === 'path' && bound.steps.every(isInside)) {
    const { type, collection } = bound.result;
    if (!collection && type?.kind !== 'entity' && type?.kind !== 'complex') return;
  }
  throw notServedAt(place, "In a nested option, '$it' leads to single primitive values alone.");
}

function findStart(binder: Binder, syntax: PathSyntax, scope: Scope): Start {
  const { start, steps, at } = syntax;
  const place = { option: scope.option, at };
  switch (start) {
    case 'it':
      if (scope.it) return fromVariable(binder, scope.it, steps, scope);
      throw notServedAt(place, "In a nested option, '$it' is outside the query.");
    case 'this':
      return fromVariable(binder, scope.here, steps, scope);
    case 'alias':
      return { from: binder.alias(syntax.alias!, at, scope), steps };
    case 'here': {
      const [first] = steps;
      const variable = first?.kind === 'name' && isPlain(first) && scope.lambda.get(first.name);
      if (variable) return { from: variable, steps: steps.slice(1) };
      return fromVariable(binder, scope.here, steps, scope);
    }
    case 'root':
      return fromRoot(binder, steps, scope);
    default:
      throw notServedAt(place, `'$${start}' is not served in a query.`);
  }
}

/**
 * A set or singleton of the service (OData URL Conventions 4.01, section 5.1.1.14.3). Only in other
 * models, since permissions say of each request what it may see.
 */
function fromRoot(binder: Binder, [first, ...rest]: readonly StepSyntax[], scope: Scope): Start {
  const place = { option: scope.option, at: first?.at ?? 0 };
  if (first?.kind !== 'name') throw refusalAt(place, "A set or singleton stands behind '$root'.");
  if (!binder.model.isForeign) throw notServedAt(place, "'$root' is not served in a query.");
  const { name, at, parentheses } = first;
  const resource = binder.model.resources.get(name);
  if (!resource) {
    const message = `The service has no set or singleton '${name}'.`;
    throw refusalAt(place, message, { target: name });
  }
  if (resource.path !== '' || !resource.capabilities.readable) {
    throw notServedAt(place, `'${name}' is not served in a query.`);
  }
  const { type, collection } = resource;
  const from: Path = {
    kind: 'path',
    result: { type, collection },
    variable: '$root',
    steps: [{ kind: 'resource', resource }],
  };
  return { from, steps: parentheses ? [{ kind: 'key', at, parentheses }, ...rest] : rest };
}

/** A variable, or what `$compute` adds to its members. */
function fromVariable(
  binder: Binder,
  variable: Variable,
  steps: readonly StepSyntax[],
  scope: Scope,
): Start {
  const [first] = steps;
  if (first?.kind === 'name' && isPlain(first) && variable.computed.length > 0) {
    const index = variable.computed.findIndex(({ alias }) => alias === first.name);
    if (index >= 0) return { from: binder.computed(variable, index, scope), steps: steps.slice(1) };
  }
  return { from: variable, steps };
}

function isPlain({ name, parentheses }: NameStep): boolean {
  return !parentheses && !name.includes('.');
}

function follow(
  binder: Binder,
  path: MemberPath,
  { steps, scope }: { steps: readonly StepSyntax[]; scope: Scope },
): Expression {
  for (const step of steps) {
    const place = path.place(step.at);
    switch (step.kind) {
      case 'name':
        path.name(step);
        break;
      case 'key':
        path.key(step.at, step.parentheses);
        break;
      case 'filter':
        if (!path.mayBeCollection) throw refusalAt(place, "'$filter' stands behind a collection.");
        path.filters.push(step.predicate);
        break;
      case 'lambda':
        return bindLambda(binder, path, { step, scope });
      case 'count':
        return bindCount(binder, path, { step, scope });
      default:
        throw notServedAt(place, `An ${step.kind} is not served in a query.`);
    }
  }
  if (path.filters.length === 0) return path.toPath();
  const at = steps.at(-1)!.at;
  throw notServedAt(path.place(at), "Behind '$filter' only 'any', 'all' and '$count' are served.");
}
