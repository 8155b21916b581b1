import { describe } from './compile-annotations.ts';
import { readCapabilities } from './compile-capabilities.ts';
import { type Names, qualify, shows } from './compile-names.ts';
import {
  type DeclaredType,
  type EntityType,
  isKindOf,
  type Model,
  type Operation,
  type OperationImport,
  type OperationValue,
  type Parameter,
  type Resource,
} from './model.ts';
import { GRAPH, type ResourceDeclaration } from './schema.ts';
import { CORE } from './schema-annotations.ts';
import type {
  ImportDeclaration,
  OperationDeclaration,
  OperationValueDeclaration,
} from './schema-operations.ts';
import type { ServiceDeclaration } from './schema-service.ts';

/** The sets and singletons that the scope shows, with what they lead to and what they allow. */
export function compileResources(
  declarations: Readonly<Record<string, ResourceDeclaration>>,
  service: ServiceDeclaration,
  names: Names,
): Map<string, Resource> {
  const shown = Object.entries(declarations).filter(([, { roots }]) => shows(roots, names.scope));
  const sets = shown.flatMap(([name, declaration]) => {
    const { collection, storedAs, reachedBy, derived } = declaration;
    if (!collection || storedAs !== undefined || reachedBy || derived) return [];
    return [[name, names.entity({ namespace: GRAPH, name }, declaration.type)] as const];
  });
  return new Map(
    shown.map(([declared, declaration]) => {
      const name = (names.scope === 'store' ? undefined : declaration.called) ?? declared;
      const type = names.entity({ namespace: GRAPH, name }, declaration.type);
      if (declaration.collection && type.key.length === 0) {
        throw new Error(`The entities of ${name} have no key.`);
      }
      const [kept = name, ...path] = (declaration.storedAs ?? name).split('/');
      const isCaller = kept === 'caller';
      const set = isCaller ? 'users' : kept;
      const { collection, annotations = {} } = declaration;
      const resource: Resource = Object.freeze({
        name,
        type,
        collection,
        nullable: declaration.nullable ?? false,
        set,
        path: path.join('/'),
        reachedBy: declaration.reachedBy ?? name,
        shown: declaration.shownAs ?? name,
        isApart: declaration.isApart ?? false,
        isDerived: declaration.derived ?? false,
        isCaller,
        isForeign: !service.isOwn,
        inServiceDocument: declaration.inServiceDocument ?? true,
        bindings: new Map(Object.entries(declaration.bindings ?? bindByType(type, sets))),
        capabilities: readCapabilities(annotations, service.container.annotations ?? {}),
        annotations,
      });
      return [name, resource];
    }),
  );
}

/** Where the relations of a type lead: to the set of the target, or to those of derived types. */
function bindByType(
  type: EntityType,
  sets: readonly (readonly [name: string, type: EntityType])[],
): Record<string, string> {
  const bindings: Record<string, string> = {};
  for (const { name, target, contains } of type.navigation.values()) {
    if (contains) continue;
    const whole = sets.find(([, other]) => isKindOf(target, other));
    if (whole) bindings[name] = whole[0];
    for (const [set, other] of whole ? [] : sets) {
      if (isKindOf(other, target)) bindings[`${name}/${other.name}`] = set;
    }
  }
  return bindings;
}

/** Whether a resource has rows of its own: it is neither another's, nor inside another's. */
export function isStoredItself({ name, set, path, isDerived }: Resource): boolean {
  return path === '' && set === name && !isDerived;
}

/** Tells every entity type in which root sets its entities are. */
export function bindTypesToSets(
  types: Iterable<DeclaredType>,
  resources: ReadonlyMap<string, Resource>,
): void {
  const all = [...resources.values()];
  const bound = new Set(all.flatMap(({ bindings }) => [...bindings.values()]));
  const keepers = all.filter(
    (each) => isStoredItself(each) && !each.isApart && (each.collection || bound.has(each.name)),
  );
  for (const type of types) {
    if (type.kind !== 'entity') continue;
    const sets = type.sets as string[];
    for (const { name, type: kept } of keepers) {
      if (isKindOf(kept, type) || isKindOf(type, kept)) sets.push(name);
    }
    Object.freeze(sets);
  }
}

/** The overloads that the scope shows, by qualified name. */
export function compileOperations(
  declarations: readonly OperationDeclaration[],
  names: Names,
): Map<string, Operation[]> {
  const operations = new Map<string, Operation[]>();
  for (const declaration of declarations) {
    if (!shows(declaration.roots, names.scope)) continue;
    const operation = compileOperation(declaration, names);
    const overloads = operations.get(operation.name) ?? [];
    operations.set(operation.name, [...overloads, operation]);
  }
  return operations;
}

function compileOperation(declaration: OperationDeclaration, names: Names): Operation {
  const { returns, bound = false } = declaration;
  if (bound && declaration.parameters.length === 0) {
    throw new Error(`${declaration.name} is bound, but has no parameter to be bound to.`);
  }
  return Object.freeze({
    kind: declaration.kind,
    name: qualify(declaration, declaration.name),
    bound,
    composable: declaration.composable ?? false,
    entitySetPath: declaration.entitySetPath,
    parameters: declaration.parameters.map((parameter): Parameter => {
      const value = compileValue(declaration, parameter, names);
      const optional = parameter.optional ?? `${CORE}.OptionalParameter` in value.annotations;
      const annotations = parameter.optional
        ? { [`${CORE}.OptionalParameter`]: {}, ...value.annotations }
        : value.annotations;
      return { name: parameter.name, ...value, optional, annotations };
    }),
    returns: returns && compileValue(declaration, returns, names),
    annotations: describe(declaration),
  });
}

function compileValue(
  user: OperationDeclaration,
  declaration: OperationValueDeclaration,
  names: Names,
): OperationValue {
  const { collection, nullable, annotations = {} } = declaration;
  const resolved = names.find(user, declaration.type, declaration);
  return { ...resolved, collection, nullable: nullable ?? !collection, annotations };
}

/** The imports that the scope shows; throws where one imports what is not there, or is bound. */
export function compileImports(
  declarations: Readonly<Record<string, ImportDeclaration>>,
  model: Pick<Model, 'operations' | 'scope'>,
): Map<string, OperationImport> {
  const imports = new Map<string, OperationImport>();
  for (const [name, declaration] of Object.entries(declarations)) {
    if (!shows(declaration.roots, model.scope)) continue;
    const { kind, operation, entitySet, inServiceDocument = false } = declaration;
    const overloads = model.operations.get(qualify({ namespace: GRAPH }, operation)) ?? [];
    const operations = overloads.filter((each) => each.kind === kind && !each.bound);
    if (operations.length === 0) {
      throw new Error(`${name} imports ${operation}, which is no unbound ${kind}.`);
    }
    const { annotations = {} } = declaration;
    imports.set(name, { name, kind, operations, entitySet, inServiceDocument, annotations });
  }
  return imports;
}
