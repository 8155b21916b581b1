import sax from 'sax';
import type { AnnotationValue } from '#model/schema-annotations.ts';
import { CsdlError } from './csdl-error.ts';
import { csdlGrammar } from './csdl-grammar.ts';

/** An element of a CSDL document, checked against the grammar: names, attributes and children. */
export interface CsdlElement {
  readonly name: string;
  /** Attributes without a namespace; those of others are left out. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly CsdlElement[];
  readonly text: string;
  readonly line: number;
  /** The expression of an annotation, where it is there as the model keeps it. */
  readonly expression?: AnnotationValue;
}

interface OpenElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: CsdlElement[];
  text: string;
  readonly line: number;
}

const EDMX = 'http://docs.oasis-open.org/odata/ns/edmx';
const EDM = 'http://docs.oasis-open.org/odata/ns/edm';
const OLD = /^http:\/\/schemas\.microsoft\.com\/ado\//;

const CHARACTERS_MAX = 64 * 1024 * 1024;
const DEPTH_MAX = 100;

/**
 * Parses CSDL XML 4.0 or 4.01 into elements. Elements of namespaces that are not CSDL's are left
 * out with all that they hold. Throws a CsdlError that names line and element for what is not
 * well-formed or not CSDL; document type declarations are refused, so that no entity is expanded.
 */
export function parseCsdl(xml: string): CsdlElement {
  if (xml.length > CHARACTERS_MAX) throw new CsdlError(1, 'The document is too long.');
  const reader = new CsdlParser();
  reader.parse(xml);
  if (!reader.root) throw new CsdlError(1, 'The document has no edmx:Edmx element.');
  return reader.root;
}

/** Strict: only XML's own five entities; names with their namespaces. */
const options = { xmlns: true, strictEntities: true };

class CsdlParser {
  root: CsdlElement | undefined;
  private readonly open: OpenElement[] = [];
  private readonly parser = sax.parser(true, options);
  private line = 1;
  /** How deep the parser is inside an element of another namespace. */
  private foreignDepth = 0;

  parse(xml: string): void {
    const { parser } = this;
    parser.onerror = (error) => {
      const [reason] = error.message.split('\n');
      throw new CsdlError(parser.line + 1, `The document is not well-formed XML: ${reason}.`);
    };
    parser.ondoctype = () => {
      throw new CsdlError(parser.line + 1, 'A document type declaration is refused.');
    };
    parser.onopentagstart = () => {
      this.line = parser.line + 1;
    };
    parser.onopentag = (tag) => this.start(tag as sax.QualifiedTag);
    parser.onclosetag = () => this.end();
    parser.ontext = (text) => this.characters(text);
    parser.oncdata = (text) => this.characters(text);
    parser.write(xml).close();
  }

  private start(tag: sax.QualifiedTag): void {
    if (this.foreignDepth > 0 || (tag.uri !== EDM && tag.uri !== EDMX)) {
      if (this.open.length === 0) throw this.notCsdl(tag);
      this.foreignDepth += 1;
      return;
    }
    const parent = this.open.at(-1);
    const isAllowed = parent
      ? csdlGrammar[parent.name]?.children?.includes(tag.local)
      : tag.local === 'Edmx';
    if (!isAllowed) {
      const place = parent ? `in <${parent.name}>` : 'as the document';
      throw new CsdlError(this.line, `<${tag.local}> is not allowed ${place}.`);
    }
    if (this.open.length >= DEPTH_MAX) {
      throw new CsdlError(this.line, `Elements lie more than ${DEPTH_MAX} deep.`);
    }
    const attributes = this.attributesOf(tag);
    this.open.push({ name: tag.local, attributes, children: [], text: '', line: this.line });
  }

  private notCsdl(tag: sax.QualifiedTag): CsdlError {
    const reason = OLD.test(tag.uri)
      ? 'is of OData 3.0 or older; 4.0 and 4.01 are read'
      : `has the namespace '${tag.uri}', which is not '${EDMX}'`;
    return new CsdlError(this.line, `<${tag.local}> ${reason}.`);
  }

  private attributesOf(tag: sax.QualifiedTag): Record<string, string> {
    const { required = [], optional = [] } = csdlGrammar[tag.local] ?? {};
    const attributes: Record<string, string> = {};
    for (const { prefix, local, name, value } of Object.values(tag.attributes)) {
      if (prefix !== '' || name === 'xmlns') continue;
      if (!required.includes(local) && !optional.includes(local)) {
        throw new CsdlError(this.line, `<${tag.local}> has no attribute '${local}'.`);
      }
      attributes[local] = value;
    }
    const missing = required.find((name) => attributes[name] === undefined);
    if (missing === undefined) return attributes;
    throw new CsdlError(this.line, `<${tag.local}> lacks the attribute '${missing}'.`);
  }

  private end(): void {
    if (this.foreignDepth > 0) {
      this.foreignDepth -= 1;
      return;
    }
    const element = this.open.pop();
    const parent = this.open.at(-1);
    if (!element) return;
    if (parent) parent.children.push(element);
    else this.root = element;
  }

  private characters(text: string): void {
    const element = this.open.at(-1);
    if (element && this.foreignDepth === 0) element.text += text;
  }
}
