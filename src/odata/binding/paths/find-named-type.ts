import { findType, type Model, resolveAlias } from '#model/model.ts';
import { findPrimitive } from '#model/model-primitives.ts';
import type { ValueType } from '../binder.ts';

const DEFAULT_NAMESPACE = 'Org.OData.Core.V1.DefaultNamespace';

/**
 * The type of that name: built in, declared, or what a type definition stands for; the namespace
 * may be an alias, and left out where it is a default one (OData Protocol 4.01, section 4.4).
 */
export function findNamedType(model: Model, name: string): ValueType | undefined {
  if (name.includes('.')) {
    const definition = model.definitions.get(resolveAlias(model, name));
    return findPrimitive(name) ?? definition?.underlying ?? findType(model, name);
  }
  for (const namespace of defaultNamespaces(model)) {
    const found = findNamedType(model, `${namespace}.${name}`);
    if (found) return found;
  }
  return undefined;
}

/** Whether an operation of that name is declared, its namespace written, aliased or default. */
export function isOperation(model: Model, name: string): boolean {
  if (name.includes('.')) return model.operations.has(resolveAlias(model, name));
  if (model.imports.has(name)) return true;
  return defaultNamespaces(model).some((each) => model.operations.has(`${each}.${name}`));
}

/** Those that say so; the container's where none does. */
function defaultNamespaces(model: Model): string[] {
  const said = model.schemas.filter(({ annotations }) => {
    const value = annotations?.[DEFAULT_NAMESPACE];
    return value !== undefined && value !== false;
  });
  return said.length > 0 ? said.map(({ namespace }) => namespace) : [model.container.namespace];
}
