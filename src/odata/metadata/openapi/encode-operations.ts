import type { EntityType, Operation, OperationValue, Parameter } from '#model/model.ts';
import type { PermissionRow } from '#model/permissions/permission-row.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { encodePrimitive } from './primitive-schemas.ts';
import { describe, type SchemaRegistry } from './schema-registry.ts';
import type { PathKey, ServicePath } from './walk-paths.ts';

/** One method at one address. */
export interface Method {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly summary: string;
  readonly parameters: readonly JsonValue[];
  readonly body?: JsonObject;
  readonly responses: JsonObject;
}

const noContent = { '204': { description: 'Done; there is nothing to send.' } };
const preconditions = [parameterOf('ifMatch')];

/** What may be done at an address, as its capabilities say. */
export function listMethods(at: ServicePath, schemas: SchemaRegistry): Method[] {
  return at.collection ? collectionMethods(at, schemas) : entityMethods(at, schemas);
}

function collectionMethods(at: ServicePath, schemas: SchemaRegistry): Method[] {
  const { type, capabilities } = at;
  const methods: Method[] = [];
  if (capabilities.readable) {
    const parameters = collectionOptions(at).map(parameterOf);
    const responses = answer('200', 'One page of the collection.', schemas.page(type));
    methods.push({ method: 'get', summary: 'List', parameters, responses });
  }
  if (capabilities.insertable) {
    const body = entityOf(type, schemas);
    const responses = answer('201', 'The new entity.', body);
    methods.push({ method: 'post', summary: 'Create', parameters: [], body, responses });
  }
  return methods;
}

function collectionOptions({ capabilities }: ServicePath): string[] {
  const { topSupported, skipSupported, filter, sort, search, count, expand } = capabilities;
  return [
    ...(topSupported ? ['top'] : []),
    ...(skipSupported ? ['skip'] : []),
    ...(search.searchable ? ['search'] : []),
    ...(filter.filterable ? ['filter'] : []),
    ...(count.countable ? ['count'] : []),
    ...(sort.sortable ? ['orderby'] : []),
    'select',
    ...(expand.expandable ? ['expand'] : []),
  ];
}

function entityMethods(at: ServicePath, schemas: SchemaRegistry): Method[] {
  const { type, capabilities, isKeyed } = at;
  const body = entityOf(type, schemas);
  const methods: Method[] = [];
  if (isKeyed ? capabilities.readableByKey : capabilities.readable) {
    const parameters = ['select', ...(capabilities.expand.expandable ? ['expand'] : [])];
    const responses = answer('200', 'The entity.', body);
    methods.push({
      method: 'get',
      summary: 'Get',
      parameters: parameters.map(parameterOf),
      responses,
    });
  }
  if (capabilities.updatable) {
    const parameters = [...preconditions, parameterOf('prefer')];
    const responses = { ...answer('200', 'The entity as it is now.', body), ...noContent };
    methods.push({ method: 'patch', summary: 'Update', parameters, body, responses });
  }
  if (capabilities.deletable && isKeyed) {
    const parameters = preconditions;
    methods.push({ method: 'delete', summary: 'Delete', parameters, responses: noContent });
  }
  return methods;
}

/** Reading and replacing the bytes behind a media entity. */
export function listMediaMethods({ capabilities }: ServicePath): Method[] {
  const bytes = { content: { '*/*': { schema: { type: 'string', format: 'binary' } } } };
  const responses = { '200': { description: 'The bytes.', ...bytes } };
  const get = { method: 'get', summary: 'Get the bytes of', parameters: [], responses } as const;
  const put = {
    method: 'put',
    summary: 'Replace the bytes of',
    parameters: preconditions,
    body: bytes,
    responses: noContent,
  } as const;
  return [...(capabilities.readable ? [get] : []), ...(capabilities.updatable ? [put] : [])];
}

/** Counting the members of a collection. */
export function listCountMethods({ capabilities }: ServicePath): Method[] {
  if (!capabilities.readable || !capabilities.count.countable) return [];
  const content = { 'text/plain': { schema: { type: 'integer' } } };
  const responses = { '200': { description: 'The number of members.', content } };
  const parameters = ['search', 'filter'].map(parameterOf);
  return [{ method: 'get', summary: 'Count', parameters, responses }];
}

/** Calling an action, or a function whose parameters stand in the path. */
export function callOf(operation: Operation, schemas: SchemaRegistry): Method {
  const parameters = callParameters(operation);
  const responses = operation.returns ? resultOf(operation.returns, schemas) : noContent;
  if (operation.kind === 'function') {
    const encoded = parameters.map((each) => pathParameter(each.name, literalOf(each)));
    return { method: 'get', summary: 'Call', parameters: encoded, responses };
  }
  const required = parameters.filter((each) => !each.optional && !each.nullable);
  const properties = parameters.map((each) => [
    each.name,
    schemas.shape({ ...each, facets: each }),
  ]);
  const schema = {
    type: 'object',
    ...(required.length > 0 ? { required: required.map(({ name }) => name) } : {}),
    properties: Object.fromEntries(properties) as JsonObject,
  };
  const body = parameters.length > 0 ? { body: jsonContent(schema) } : {};
  return { method: 'post', summary: 'Invoke', parameters: [], ...body, responses };
}

/** The parameters of a call, without the one that the operation is bound to. */
export function callParameters(operation: Operation): readonly Parameter[] {
  return operation.bound ? operation.parameters.slice(1) : operation.parameters;
}

/** Values in a path are literals of the URL: text in quotes, everything else as text. */
function literalOf({ type, collection }: Parameter): JsonObject {
  const isPlain = type.kind === 'primitive' && !collection;
  return isPlain ? encodePrimitive(type.name) : { type: 'string' };
}

function resultOf(returns: OperationValue, schemas: SchemaRegistry): JsonObject {
  const { type, collection, nullable } = returns;
  const isEntity = type.kind === 'entity';
  if (isEntity && collection) return answer('200', 'The result.', jsonContent(schemas.page(type)));
  const shape = schemas.shape({ type, collection, nullable, facets: returns });
  if (isEntity) return answer('200', 'The result.', jsonContent(shape));
  const wrapped = { type: 'object', properties: { value: shape } };
  return answer('200', 'The result.', jsonContent(wrapped));
}

function entityOf(type: EntityType, schemas: SchemaRegistry): JsonObject {
  return jsonContent(schemas.shape({ type, collection: false, nullable: false }));
}

function jsonContent(schema: JsonObject): JsonObject {
  return { content: { 'application/json': { schema } } };
}

function answer(status: string, description: string, content: JsonObject): JsonObject {
  return { [status]: { description, ...('content' in content ? content : jsonContent(content)) } };
}

function parameterOf(name: string): JsonObject {
  return { $ref: `#/components/parameters/${name}` };
}

/** The keys of a path as parameters. */
export function keyParameters(keys: readonly PathKey[]): JsonObject[] {
  return keys.map(({ name, property }) => {
    const isPlain = property?.type.kind === 'primitive';
    return pathParameter(
      name,
      isPlain ? encodePrimitive(property.type.name as 'Edm.String') : { type: 'string' },
    );
  });
}

function pathParameter(name: string, schema: JsonObject): JsonObject {
  return { name, in: 'path', required: true, schema };
}

/**
 * What a method needs: each permission is enough by itself, least privileged first. Those of the
 * signed-in user's own resources are told in the description.
 */
export function encodePermissions(row: PermissionRow): JsonObject {
  const { delegated, self, application } = row;
  const tell = (who: string, names: readonly string[]) =>
    `${who}: ${names.length > 0 ? names.join(', ') : 'not supported'}.`;
  const lines = [
    'One of these permissions is needed, least privileged first.',
    tell('Delegated', delegated),
    ...(self === delegated ? [] : [tell("Delegated, the caller's own", self)]),
    tell('Application', application),
  ];
  const some = self === delegated ? delegated : [...new Set([...self, ...delegated])];
  return {
    description: lines.join('\n\n'),
    security: [
      ...some.map((name) => ({ delegated: [name] })),
      ...application.map((name) => ({ application: [name] })),
    ],
  };
}

/** The description of an operation that the model declares. */
export function describeOperation(operation: Operation): JsonObject {
  return describe(operation.annotations);
}
