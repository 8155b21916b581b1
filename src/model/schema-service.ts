/** What a service declares beside its types and resources. */
import { FAST_PI, GRAPH, type ValueFacets } from './schema.ts';
import { type Annotations, CAPABILITIES, CORE } from './schema-annotations.ts';
import type { ImportDeclaration, OperationDeclaration } from './schema-operations.ts';

/** A namespace, the short name that stands for it, and what is said of it. */
export interface SchemaDeclaration {
  readonly namespace: string;
  readonly alias?: string;
  readonly annotations?: Annotations;
  /** Annotations of elements that are not written at the element, by target path. */
  readonly external?: Readonly<Record<string, Annotations>>;
}

/** A name for a primitive type with facets; properties of it are of the primitive type. */
export interface TypeDefinitionDeclaration extends ValueFacets {
  readonly name: string;
  readonly namespace: string;
  readonly underlying: string;
  readonly annotations?: Annotations;
}

/** A term that the service defines for its own annotations; it is kept for output alone. */
export interface TermDeclaration extends ValueFacets {
  readonly name: string;
  readonly namespace: string;
  readonly type: string;
  readonly collection: boolean;
  readonly nullable: boolean;
  readonly base?: string;
  readonly initial?: string;
  readonly appliesTo?: readonly string[];
  readonly annotations?: Annotations;
}

/** Another document whose schemas, vocabularies above all, are mentioned by this one. */
export interface ReferenceDeclaration {
  readonly uri: string;
  readonly include: readonly { readonly namespace: string; readonly alias?: string }[];
}

/** A service beside its types and resources. */
export interface ServiceDeclaration {
  readonly schemas: readonly SchemaDeclaration[];
  /** Whether it is Kith's own, with its permissions and rules; else it is somebody else's. */
  readonly isOwn?: true;
  readonly container: {
    readonly namespace: string;
    readonly name: string;
    readonly annotations?: Annotations;
  };
  readonly definitions?: readonly TypeDefinitionDeclaration[];
  readonly operations?: readonly OperationDeclaration[];
  readonly imports?: Readonly<Record<string, ImportDeclaration>>;
  readonly terms?: readonly TermDeclaration[];
  readonly references?: readonly ReferenceDeclaration[];
}

/** The versions of OData that Kith answers in, whatever the model (Core.ODataVersions). */
export const odataVersions: Annotations = { [`${CORE}.ODataVersions`]: '4.0 4.01' };

/** Kith's own service: Graph's container, with Fast.PI's namespace beside Graph's. */
export const graphService: ServiceDeclaration = {
  isOwn: true,
  schemas: [{ namespace: GRAPH, alias: 'graph' }, { namespace: FAST_PI }],
  container: {
    namespace: GRAPH,
    name: 'GraphService',
    annotations: {
      ...odataVersions,
      [`${CAPABILITIES}.KeyAsSegmentSupported`]: true,
    },
  },
};
