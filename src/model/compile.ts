import { readCapabilities } from './compile-capabilities.ts';
import { compileDefinition, Names, qualify, shows } from './compile-names.ts';
import {
  bindTypesToSets,
  compileImports,
  compileOperations,
  compileResources,
} from './compile-service.ts';
import { fillTypes, makeShell } from './compile-types.ts';
import type { DeclaredType, Model, Scope, TypeDefinition } from './model.ts';
import type { ResourceDeclaration, TypeDeclaration } from './schema.ts';
import { graphService, type SchemaDeclaration, type ServiceDeclaration } from './schema-service.ts';

/**
 * Resolves the names in the declarations and gives the frozen model of one root. Without a service
 * it is Graph's: its namespaces, its container, no operations. Throws an Error that names the
 * declaration when a name does not resolve.
 */
export function compileModel(
  declarations: readonly TypeDeclaration[],
  resources: Readonly<Record<string, ResourceDeclaration>>,
  scope: Scope,
  service: ServiceDeclaration = graphService,
): Model {
  const shown = declarations.filter((declaration) => shows(declaration.roots, scope));
  const definitions = new Map<string, TypeDefinition>();
  for (const declaration of service.definitions ?? []) {
    const definition = compileDefinition(declaration, scope);
    definitions.set(definition.name, definition);
  }
  const types = new Map<string, DeclaredType>();
  for (const declaration of shown) {
    const name = qualify(declaration, declaration.name);
    if (types.has(name) || definitions.has(name))
      throw new Error(`Type ${name} is declared twice.`);
    types.set(name, makeShell(name, declaration, scope));
  }
  const names = new Names(types, definitions, scope);
  fillTypes(types, shown, names);
  const operations = compileOperations(service.operations ?? [], names);
  const { namespace, name, annotations = {} } = service.container;
  const compiled = compileResources(resources, service, names);
  bindTypesToSets(types.values(), compiled);
  return Object.freeze({
    scope,
    isForeign: !service.isOwn,
    types,
    definitions,
    resources: compiled,
    operations,
    imports: compileImports(service.imports ?? {}, { operations, scope }),
    schemas: listSchemas(service, [...types.keys(), ...definitions.keys(), ...operations.keys()]),
    container: { namespace, name, annotations, capabilities: readCapabilities(annotations) },
    terms: service.terms ?? [],
    references: service.references ?? [],
  });
}

/** The schemas of the service that show anything, then the namespaces that it does not name. */
function listSchemas(service: ServiceDeclaration, shown: readonly string[]): SchemaDeclaration[] {
  const used = new Set(shown.map((name) => name.slice(0, name.lastIndexOf('.'))));
  used.add(service.container.namespace);
  for (const { namespace } of service.terms ?? []) used.add(namespace);
  const schemas = service.schemas.filter(
    ({ namespace, annotations, external }) => annotations || external || used.has(namespace),
  );
  const named = new Set(schemas.map(({ namespace }) => namespace));
  const others = [...used].filter((namespace) => !named.has(namespace));
  return [...schemas, ...others.map((namespace) => ({ namespace }))];
}
