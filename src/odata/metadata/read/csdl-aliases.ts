import type { ReferenceDeclaration } from '#model/schema-service.ts';
import { CsdlError } from './csdl-error.ts';
import type { CsdlElement } from './parse-csdl.ts';

interface Named {
  readonly namespace: string;
  readonly alias: string | undefined;
  readonly element: CsdlElement;
}

/** Resolves the aliases of a document, so that every name has its namespace in front. */
export class CsdlAliases {
  private readonly namespaces = new Map<string, string>();

  constructor(schemas: readonly Named[], references: readonly ReferenceDeclaration[]) {
    for (const { namespace, alias } of references.flatMap(({ include }) => include)) {
      if (alias !== undefined) this.namespaces.set(alias, namespace);
    }
    for (const { namespace, alias, element } of schemas) {
      if (schemas.some((other) => other.element !== element && other.namespace === namespace)) {
        throw new CsdlError(element.line, `The namespace '${namespace}' has two schemas.`);
      }
      if (alias !== undefined) this.namespaces.set(alias, namespace);
    }
  }

  /** `graph.user` as `microsoft.graph.user`; names without a known alias stay as they are. */
  resolve(name: string): string {
    const dot = name.lastIndexOf('.');
    if (dot < 0) return name;
    const namespace = this.namespaces.get(name.slice(0, dot));
    return namespace === undefined ? name : namespace + name.slice(dot);
  }

  /** A path with its type casts and terms resolved. */
  resolvePath(path: string): string {
    return path
      .split('/')
      .map((segment) => {
        const at = segment.indexOf('@') + 1;
        return segment.slice(0, at) + this.resolve(segment.slice(at));
      })
      .join('/');
  }

  /** The target of annotations: a path, or an operation with the types of its parameters. */
  resolveTarget(target: string): string {
    return target.replaceAll(/\s+/g, '').replace(/[^/(),]+/g, (name) => this.resolve(name));
  }
}
