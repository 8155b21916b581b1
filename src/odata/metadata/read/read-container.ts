import { type ResourceDeclaration, roots } from '#model/schema.ts';
import type { ImportDeclaration } from '#model/schema-operations.ts';
import { odataVersions, type ServiceDeclaration } from '#model/schema-service.ts';
import type { CsdlDocument } from './csdl-document.ts';
import { CsdlError } from './csdl-error.ts';
import type { DeclaredNames } from './declared-names.ts';
import type { CsdlElement } from './parse-csdl.ts';
import { flag, readFlag, readName } from './read-values.ts';

/** What a container holds: sets and singletons, imports, and what is said of the container. */
export interface ContainerDeclarations {
  readonly resources: Readonly<Record<string, ResourceDeclaration>>;
  readonly imports: Readonly<Record<string, ImportDeclaration>>;
  readonly container: ServiceDeclaration['container'];
}

/** Reads the one entity container of a document (OData CSDL XML 4.01, section 13). */
export function readContainer(document: CsdlDocument, names: DeclaredNames): ContainerDeclarations {
  const found = document.schemas.flatMap(({ namespace, element }) =>
    element.children
      .filter(({ name }) => name === 'EntityContainer')
      .map((container) => ({ namespace, container })),
  );
  const [first, second] = found;
  if (!first) throw new CsdlError(1, 'The document has no EntityContainer: nothing can be served.');
  if (second) throw new CsdlError(second.container.line, 'A service has one EntityContainer.');
  if (first.container.attributes.Extends !== undefined) {
    throw new CsdlError(
      first.container.line,
      'An EntityContainer that extends another is not read.',
    );
  }
  return new ContainerReader(document, names, first.namespace).read(first.container);
}

class ContainerReader {
  private readonly document: CsdlDocument;
  private readonly names: DeclaredNames;
  private readonly namespace: string;
  private qualifiedName = '';

  constructor(document: CsdlDocument, names: DeclaredNames, namespace: string) {
    this.document = document;
    this.names = names;
    this.namespace = namespace;
  }

  read(container: CsdlElement): ContainerDeclarations {
    const name = readName(container);
    this.qualifiedName = `${this.namespace}.${name}`;
    const resources: Record<string, ResourceDeclaration> = {};
    const imports: Record<string, ImportDeclaration> = {};
    for (const element of container.children) {
      if (element.name === 'Annotation') continue;
      const own = readName(element);
      if (own in resources || own in imports) {
        throw new CsdlError(element.line, `'${own}' is declared twice.`);
      }
      if (element.name.endsWith('Import')) imports[own] = this.import(element);
      else resources[own] = this.resource(element);
    }
    const own = this.document.annotationsOf(container, this.qualifiedName);
    // How it is served, no document can know.
    const annotations = { ...own, ...odataVersions };
    return { resources, imports, container: { namespace: this.namespace, name, annotations } };
  }

  private resource(element: CsdlElement): ResourceDeclaration {
    const collection = element.name === 'EntitySet';
    const attribute = collection ? 'EntityType' : 'Type';
    const type = this.names.structuredOf(element, attribute, 'EntityType');
    if (type.startsWith('Edm.')) {
      throw new CsdlError(element.line, `<${element.name}> needs a type of its own, not ${type}.`);
    }
    return {
      type,
      collection,
      roots,
      bindings: this.bindings(element),
      ...(readFlag(element, 'IncludeInServiceDocument') === false
        ? { inServiceDocument: false as const }
        : {}),
      ...flag(element, 'Nullable', 'nullable'),
      annotations: this.annotations(element),
    };
  }

  private bindings(element: CsdlElement): Record<string, string> {
    const bindings = element.children.filter(({ name }) => name === 'NavigationPropertyBinding');
    return Object.fromEntries(
      bindings.map(({ attributes: { Path = '', Target = '' } }) => [
        this.document.aliases.resolvePath(Path),
        this.withinContainer(Target),
      ]),
    );
  }

  private import(element: CsdlElement): ImportDeclaration {
    const isAction = element.name === 'ActionImport';
    const { Action, Function: name, EntitySet } = element.attributes;
    return {
      kind: isAction ? 'action' : 'function',
      operation: this.document.aliases.resolve((isAction ? Action : name) ?? ''),
      ...(EntitySet === undefined ? {} : { entitySet: this.withinContainer(EntitySet) }),
      ...flag(element, 'IncludeInServiceDocument', 'inServiceDocument'),
      roots,
      annotations: this.annotations(element),
    };
  }

  private annotations(element: CsdlElement) {
    return this.document.annotationsOf(element, `${this.qualifiedName}/${readName(element)}`);
  }

  /** A path to a set, without the name of the container in front. */
  private withinContainer(path: string): string {
    const resolved = this.document.aliases.resolvePath(path);
    const prefix = `${this.qualifiedName}/`;
    return resolved.startsWith(prefix) ? resolved.slice(prefix.length) : resolved;
  }
}
