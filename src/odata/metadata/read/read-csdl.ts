import type { ResourceDeclaration, TypeDeclaration } from '#model/schema.ts';
import type { OperationDeclaration } from '#model/schema-operations.ts';
import type {
  SchemaDeclaration,
  ServiceDeclaration,
  TermDeclaration,
  TypeDefinitionDeclaration,
} from '#model/schema-service.ts';
import { CsdlDocument, type CsdlSchema } from './csdl-document.ts';
import { DeclaredNames } from './declared-names.ts';
import { linkRelations } from './link-relations.ts';
import { type CsdlElement, parseCsdl } from './parse-csdl.ts';
import { parseCsdlJson } from './parse-csdl-json.ts';
import { readContainer } from './read-container.ts';
import { OperationReader } from './read-operations.ts';
import { TypeReader } from './read-types.ts';
import { readFacets, readFlag, readName } from './read-values.ts';

/** A model that was given as CSDL, as `compileModel` takes it. */
export interface CsdlDeclarations {
  readonly declarations: readonly TypeDeclaration[];
  readonly resources: Readonly<Record<string, ResourceDeclaration>>;
  readonly service: ServiceDeclaration;
}

const TYPES = new Set(['EntityType', 'ComplexType', 'EnumType']);
const OPERATIONS = new Set(['Action', 'Function']);

/**
 * Reads a model given as CSDL XML 4.0 or 4.01, or as CSDL JSON 4.01. Names come back with their
 * namespace, whatever aliases the document uses; annotations stand at what they say something of,
 * wherever they were written. Throws a CsdlError that names line and element. Import this file
 * where it is needed alone: it brings the XML parser.
 */
export function readCsdl(text: string): CsdlDeclarations {
  const isJson = /^\uFEFF?\s*\{/.test(text);
  const document = new CsdlDocument(isJson ? parseCsdlJson(text) : parseCsdl(text));
  const names = new DeclaredNames(document);
  const declarations: TypeDeclaration[] = [];
  const operations: OperationDeclaration[] = [];
  const definitions: TypeDefinitionDeclaration[] = [];
  const terms: TermDeclaration[] = [];
  for (const { namespace, element } of document.schemas) {
    const types = new TypeReader(document, names, namespace);
    const overloads = new OperationReader(document, names, namespace);
    const context = { document, namespace };
    for (const child of element.children) {
      if (TYPES.has(child.name)) declarations.push(types.read(child));
      if (OPERATIONS.has(child.name)) operations.push(overloads.read(child));
      if (child.name === 'TypeDefinition') definitions.push(readDefinition(child, context));
      if (child.name === 'Term') terms.push(readTerm(child, context));
    }
  }
  const { resources, imports, container } = readContainer(document, names);
  const schemas = document.schemas.map((schema) => readSchema(document, schema));
  const { references } = document;
  return {
    declarations: linkRelations(declarations),
    resources,
    service: { schemas, container, definitions, operations, imports, terms, references },
  };
}

interface Context {
  readonly document: CsdlDocument;
  readonly namespace: string;
}

function readSchema(document: CsdlDocument, schema: CsdlSchema): SchemaDeclaration {
  const { namespace, alias, element } = schema;
  const annotations = document.annotationsOf(element, namespace);
  const external = document.remaining(namespace);
  return {
    namespace,
    ...(alias === undefined ? {} : { alias }),
    ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
    ...(Object.keys(external).length > 0 ? { external } : {}),
  };
}

function readDefinition(element: CsdlElement, context: Context): TypeDefinitionDeclaration {
  const { document, namespace } = context;
  const name = readName(element);
  const { UnderlyingType: underlying = '' } = element.attributes;
  return {
    name,
    namespace,
    underlying,
    ...readFacets(element, underlying),
    annotations: document.annotationsOf(element, `${namespace}.${name}`),
  };
}

function readTerm(element: CsdlElement, { document, namespace }: Context): TermDeclaration {
  const name = readName(element);
  const { Type = '', BaseTerm, DefaultValue, AppliesTo } = element.attributes;
  const collection = Type.startsWith('Collection(');
  const type = document.aliases.resolve(collection ? Type.slice(11, -1) : Type);
  return {
    name,
    namespace,
    type,
    collection,
    nullable: readFlag(element, 'Nullable') ?? !collection,
    ...(BaseTerm === undefined ? {} : { base: document.aliases.resolve(BaseTerm) }),
    ...(DefaultValue === undefined ? {} : { initial: DefaultValue }),
    ...(AppliesTo === undefined ? {} : { appliesTo: AppliesTo.trim().split(/\s+/) }),
    ...readFacets(element, type),
    annotations: document.annotationsOf(element, `${namespace}.${name}`),
  };
}
