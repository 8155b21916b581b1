import type { EntityType, Model, Operation, OperationImport, Resource } from '#model/model.ts';
import type { Addressed } from '#plan/target.ts';
import { bindParameters, type CallSyntax, findOverload } from './bind-parameters.ts';
import { findBoundOperations } from './find-operation.ts';
import type { Call, PathSoFar } from './path-so-far.ts';
import { malformedSegment, unknownSegment } from './refuse-segment.ts';

/** Calls an import of the container, with which a path begins. */
export function bindImport(path: PathSoFar, imported: OperationImport, call: CallSyntax): void {
  const operation = choose(path.model, imported.operations, call);
  const { entitySet } = imported;
  const set = entitySet === undefined ? undefined : path.model.resources.get(entitySet);
  const start = { binding: undefined, import: imported, template: `/${imported.name}` };
  path.startBehind(begin(path.model, { operation, ...start }, call), set);
}

/**
 * Calls the operation of that name, if one is bound to what the path has come to, and continues at
 * what it gives (OData URL Conventions 4.01, sections 4.5 and 4.6).
 */
export function bindBoundCall(path: PathSoFar, read: () => CallSyntax, name: string): boolean {
  const { position, model } = path;
  // A member goes before an operation whose namespace is not written.
  if (!position || (!name.includes('.') && hasMember(position.type, name))) return false;
  const operations = findBoundOperations(model, name, position);
  if (operations.length === 0) return false;
  const call = read();
  const operation = choose(model, operations, call);
  const binding = path.address();
  const template = `${path.template}/${operation.name}`;
  const set = findResultSet(model, operation, binding);
  const start = { operation, binding, import: undefined, template };
  path.startBehind(begin(model, start, call), set);
  return true;
}

function hasMember(type: NonNullable<PathSoFar['position']>['type'], name: string): boolean {
  if (type.kind !== 'entity' && type.kind !== 'complex') return false;
  return type.properties.has(name) || type.navigation.has(name);
}

/** The overload that is meant: a function by its parameters, an action by what it is bound to. */
function choose(model: Model, operations: readonly Operation[], call: CallSyntax): Operation {
  const { segment } = call;
  const functions = operations.filter(({ kind }) => kind === 'function');
  const action = operations.find(({ kind }) => kind === 'action');
  const found = findOverload(functions, call);
  if (found) return found;
  if (action && (segment.parentheses ?? []).length === 0) return action;
  if (action) throw unknownSegment(model, segment.text);
  const written = (segment.parentheses ?? []).map(({ name }) => name ?? 'a value without a name');
  const reason = `No overload of '${segment.name}' takes ${written.join(', ') || 'no parameters'}.`;
  throw malformedSegment(segment.text, reason);
}

function begin(model: Model, start: Omit<Call, 'parameters'>, call: CallSyntax): Call {
  const isAction = start.operation.kind === 'action';
  const parameters = isAction ? new Map() : bindParameters(model, start.operation, call);
  return { ...start, parameters };
}

/**
 * The set to which the entities belong that a bound operation gives: where its entity set path
 * leads from what it is bound to.
 */
function findResultSet(
  model: Model,
  { entitySetPath, returns }: Operation,
  binding: Addressed,
): Resource | undefined {
  if (entitySetPath === undefined || returns?.type.kind !== 'entity') return undefined;
  const [, ...names] = entitySetPath.split('/');
  let set = setOf(model, binding);
  const way = names.filter((name) => !name.includes('.'));
  for (const name of way) {
    const bound = set && findBinding(set, name);
    set = bound === undefined ? undefined : model.resources.get(bound);
  }
  return set ?? onlySet(model, returns.type);
}

/** The set of the entities at which a target ends. */
function setOf(model: Model, addressed: Addressed): Resource | undefined {
  if ('operation' in addressed) return addressed.resource;
  const { resource, steps, type } = addressed;
  if (steps.some(({ kind }) => kind === 'navigation')) return onlySet(model, type);
  // The caller is one of the set's.
  return resource.isCaller ? model.resources.get(resource.set) : resource;
}

function findBinding({ bindings }: Resource, name: string): string | undefined {
  const [, found] =
    [...bindings].find(([path]) => path === name || path.startsWith(`${name}/`)) ?? [];
  return found;
}

function onlySet(model: Model, { sets }: EntityType): Resource | undefined {
  return sets.length === 1 ? model.resources.get(sets[0]!) : undefined;
}
