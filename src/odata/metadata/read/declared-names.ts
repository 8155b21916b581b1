import { findPrimitive } from '#model/model-primitives.ts';
import type { CsdlDocument } from './csdl-document.ts';
import { CsdlError } from './csdl-error.ts';
import type { CsdlElement } from './parse-csdl.ts';
import { readName, readTypeName } from './read-values.ts';

/** A type as an element names it. */
export interface NamedType {
  /** With its namespace, never its alias. */
  readonly type: string;
  readonly collection: boolean;
  /** The built-in type behind it, where it is one or a definition stands for one. */
  readonly primitive: string;
}

const KINDS = new Set(['EntityType', 'ComplexType', 'EnumType', 'TypeDefinition']);
const ABSTRACT = new Set(['Edm.ComplexType', 'Edm.EntityType']);

/**
 * The types of a document by qualified name: bases and types may stand in any schema, before or
 * after what names them.
 */
export class DeclaredNames {
  private readonly document: CsdlDocument;
  private readonly elements = new Map<string, CsdlElement>();

  constructor(document: CsdlDocument) {
    this.document = document;
    for (const { namespace, element } of document.schemas) {
      for (const child of element.children) {
        if (!KINDS.has(child.name)) continue;
        const name = `${namespace}.${readName(child)}`;
        if (this.elements.has(name)) throw new CsdlError(child.line, `${name} is declared twice.`);
        this.elements.set(name, child);
      }
    }
  }

  /** The type that an attribute names; throws where the document does not declare it. */
  typeOf(element: CsdlElement, attribute: string): NamedType {
    const written = readTypeName(element.attributes[attribute] ?? '');
    const type = this.document.aliases.resolve(written.name);
    const { collection } = written;
    if (findPrimitive(type) || ABSTRACT.has(type)) return { type, collection, primitive: type };
    const declared = this.elements.get(type);
    if (!declared) {
      const message = `${attribute}="${element.attributes[attribute]}" of ${describe(element)}`;
      throw new CsdlError(element.line, `${message} is not declared.`);
    }
    const primitive = declared.name === 'TypeDefinition' ? declared.attributes.UnderlyingType : '';
    return { type, collection, primitive: primitive ?? '' };
  }

  /** The type of a property: any but an entity type. */
  valueTypeOf(element: CsdlElement): NamedType {
    const named = this.typeOf(element, 'Type');
    if (!this.isEntity(named.type)) return named;
    throw new CsdlError(element.line, `${describe(element)} is an entity: navigate to it.`);
  }

  /** The type that a navigation leads to. */
  targetOf(element: CsdlElement): NamedType {
    const named = this.typeOf(element, 'Type');
    if (this.isEntity(named.type)) return named;
    throw new CsdlError(element.line, `${describe(element)} does not lead to an entity type.`);
  }

  /** The structured type of one kind that an attribute names. */
  structuredOf(element: CsdlElement, attribute: string, kind: string): string {
    const { type, collection } = this.typeOf(element, attribute);
    const isKind = this.elements.get(type)?.name === kind || type === `Edm.${kind}`;
    if (isKind && !collection) return type;
    throw new CsdlError(element.line, `${attribute} of <${element.name}> must name an ${kind}.`);
  }

  private isEntity(type: string): boolean {
    return type === 'Edm.EntityType' || this.elements.get(type)?.name === 'EntityType';
  }
}

function describe({ name, attributes }: CsdlElement): string {
  return attributes.Name === undefined ? `<${name}>` : `<${name}> '${attributes.Name}'`;
}
