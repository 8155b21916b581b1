import type { Model, Operation } from '#model/model.ts';
import { localName } from '#model/model.ts';
import type { PermissionRow } from '#model/permissions/permission-row.ts';
import { GRAPH } from '#model/schema.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { components } from './components.ts';
import {
  callOf,
  callParameters,
  describeOperation,
  encodePermissions,
  keyParameters,
  listCountMethods,
  listMediaMethods,
  listMethods,
  type Method,
} from './encode-operations.ts';
import { SchemaRegistry } from './schema-registry.ts';
import { boundOperations, type ServicePath, walkPaths } from './walk-paths.ts';

/** Finds the permissions of an operation by method and path template: `GET /users/{id}`. */
export type FindPermissions = (operation: string) => PermissionRow | undefined;

/** Two navigations deep for what a model suggests, as deep as it takes for what is declared. */
const suggested = { depthMax: 2, followsLinks: false };
const declared = { depthMax: 4, followsLinks: true };

/**
 * The service as an OpenAPI 3.1 document, compact JSON text. With `findPermissions` it has the
 * operations that it finds, and what each needs; without, all that the model's capabilities allow,
 * without security. `serviceRoot` has no slash at its end.
 */
export function encodeOpenApi(
  model: Model,
  serviceRoot: string,
  findPermissions?: FindPermissions,
): string {
  const document = new OpenApiDocument(model, findPermissions);
  document.addPaths(walkPaths(model, findPermissions ? declared : suggested));
  document.addImports();
  const { namespace } = model.container;
  return JSON.stringify({
    openapi: '3.1.0',
    info: {
      title: `OData service ${namespace}`,
      description: `The service at ${serviceRoot}.`,
      version: model.isForeign ? '1.0' : model.scope,
    },
    servers: [{ url: serviceRoot }],
    tags: document.listTags(),
    paths: document.paths,
    components: {
      schemas: document.schemas.all(),
      ...components,
      ...(findPermissions ? document.securitySchemes(serviceRoot) : {}),
    },
  });
}

class OpenApiDocument {
  readonly paths: Record<string, Record<string, JsonValue>> = {};
  readonly schemas = new SchemaRegistry();
  private readonly model: Model;
  private readonly findPermissions: FindPermissions | undefined;
  private readonly scopes = { delegated: new Set<string>(), application: new Set<string>() };

  constructor(model: Model, findPermissions: FindPermissions | undefined) {
    this.model = model;
    this.findPermissions = findPermissions;
  }

  addPaths(paths: readonly ServicePath[]): void {
    for (const at of paths) {
      for (const method of this.served(at.template, () => listMethods(at, this.schemas))) {
        this.add(at.path, at, method);
      }
      if (at.collection) this.addBelow(at, '$count', listCountMethods(at));
      else if (at.type.hasStream) this.addBelow(at, '$value', listMediaMethods(at));
      for (const operation of boundOperations(this.model, at)) {
        this.addCall(at, operation, this.callName(operation));
      }
    }
  }

  addImports(): void {
    const keys: ServicePath['keys'] = [];
    for (const { name, operations } of this.model.imports.values()) {
      for (const operation of operations)
        this.addCall({ path: '', template: '', keys }, operation, name);
    }
  }

  listTags(): JsonValue[] {
    const names = Object.keys(this.paths).map(tagOf);
    return [...new Set(names)].map((name) => ({ name }));
  }

  /** Where tokens come from: the authority at the root of the same origin. */
  securitySchemes(serviceRoot: string): JsonObject {
    const authority = `${new URL(serviceRoot).origin}/common/oauth2/v2.0`;
    const tokenUrl = `${authority}/token`;
    const list = (names: ReadonlySet<string>) =>
      Object.fromEntries([...names].sort().map((name) => [name, name]));
    const delegated = {
      authorizationUrl: `${authority}/authorize`,
      tokenUrl,
      scopes: list(this.scopes.delegated),
    };
    const application = { tokenUrl, scopes: list(this.scopes.application) };
    return {
      securitySchemes: {
        delegated: { type: 'oauth2', flows: { authorizationCode: delegated } },
        application: { type: 'oauth2', flows: { clientCredentials: application } },
      },
    };
  }

  private addBelow(at: ServicePath, segment: string, methods: readonly Method[]): void {
    for (const method of this.served(`${at.template}/${segment}`, () => methods)) {
      this.add(`${at.path}/${segment}`, at, method);
    }
  }

  private addCall(
    at: Pick<ServicePath, 'path' | 'template' | 'keys'>,
    operation: Operation,
    name: string,
  ): void {
    const template = `${at.template}/${name}`;
    const [method] = this.served(template, () => [callOf(operation, this.schemas)]);
    if (!method) return;
    const values = callParameters(operation).map((each) => `${each.name}={${each.name}}`);
    const isCalled = operation.kind === 'function';
    const path = `${at.path}/${name}${isCalled ? `(${values.join(',')})` : ''}`;
    this.add(path, at, { ...method, ...describeOperation(operation) });
  }

  /** Functions and actions of Graph's own namespace are called without it. */
  private callName(operation: Operation): string {
    const local = localName(operation.name);
    return operation.name === `${GRAPH}.${local}` ? local : operation.name;
  }

  /** The methods that are served, each with what it needs, before any schema is written for them. */
  private served(template: string, list: () => readonly Method[]): (Method & JsonObject)[] {
    const { findPermissions } = this;
    if (!findPermissions) return [...list()] as (Method & JsonObject)[];
    const verbs = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
    if (!verbs.some((verb) => findPermissions(`${verb} ${template}`))) return [];
    return list().flatMap((method) => {
      const row = findPermissions(`${method.method.toUpperCase()} ${template}`);
      if (!row) return [];
      for (const name of [...row.delegated, ...row.self]) this.scopes.delegated.add(name);
      for (const name of row.application) this.scopes.application.add(name);
      return [{ ...method, ...encodePermissions(row) } as Method & JsonObject];
    });
  }

  private add(path: string, at: Pick<ServicePath, 'keys'>, method: Method & JsonObject): void {
    const { method: verb, summary, parameters, body, responses, ...more } = method;
    const words = path.match(/[\w$-]+/g) ?? [];
    const all = [...keyParameters(at.keys), ...parameters];
    this.paths[path] ??= {};
    this.paths[path][verb] = {
      operationId: [...words, verb].join('.'),
      summary: `${summary} ${words.filter((word) => !word.includes('-')).at(-1)}`,
      tags: [tagOf(path)],
      ...more,
      ...(all.length > 0 ? { parameters: all } : {}),
      ...(body ? { requestBody: { required: true, ...body } } : {}),
      responses: { ...responses, default: { $ref: '#/components/responses/error' } },
    };
  }
}

function tagOf(path: string): string {
  return /^\/([^/(]+)/.exec(path)?.[1] ?? path;
}
