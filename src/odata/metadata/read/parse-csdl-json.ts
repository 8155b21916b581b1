import { CsdlError } from './csdl-error.ts';
import { csdlGrammar } from './csdl-grammar.ts';
import { findJsonError } from './find-json-error.ts';
import type { CsdlElement } from './parse-csdl.ts';
import { readJsonExpression } from './read-json-expression.ts';

/** A JSON object of the document. */
type Json = Readonly<Record<string, unknown>>;
type Attributes = Record<string, string>;

const CHARACTERS_MAX = 64 * 1024 * 1024;
/**
 * Members of the form `name@term`, or `@term` of the object itself, perhaps with a qualifier; the
 * name may be an annotation's, of which the term says something.
 */
const ANNOTATION = /^(.*)@([^@#]+)(?:#([^@]+))?$/;

/**
 * Parses CSDL JSON 4.01 into the elements that CSDL XML has for the same (OData CSDL JSON 4.01,
 * sections 3 to 14). Throws a CsdlError that names the line for what is not JSON or not CSDL.
 */
export function parseCsdlJson(text: string): CsdlElement {
  if (text.length > CHARACTERS_MAX) throw new CsdlError(1, 'The document is too long.');
  return new JsonCsdlParser(text).parse();
}

class JsonCsdlParser {
  private readonly text: string;
  /** Where the name of the object stands that is being read: names are read in their order. */
  private at = 0;

  constructor(text: string) {
    this.text = text.replace(/^\uFEFF/, '');
  }

  parse(): CsdlElement {
    const document = this.object(this.parseText(), 'The document');
    const references = Object.entries(this.members(document.$Reference));
    const schemas = Object.entries(document).filter(([name]) => !name.startsWith('$'));
    return this.element('Edmx', { Version: String(document.$Version) }, [
      ...references.map(([uri, each]) => this.reference(uri, this.object(each, uri))),
      this.element(
        'DataServices',
        {},
        schemas.map(([namespace, each]) => this.schema(namespace, each)),
      ),
    ]);
  }

  private parseText(): unknown {
    try {
      return JSON.parse(this.text);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      this.at = findJsonError(this.text);
      const rest = this.text
        .slice(this.at, this.at + 20)
        .split('\n', 1)[0]!
        .trim();
      const found = rest === '' ? 'it ends too early' : `'${rest}' cannot stand there`;
      throw new CsdlError(this.line(), `The document is not JSON: ${found}.`);
    }
  }

  private reference(uri: string, reference: Json): CsdlElement {
    const includes = Array.isArray(reference.$Include) ? reference.$Include : [];
    const children = includes.map((each: unknown) => {
      const { $Namespace, $Alias } = this.object(each, uri);
      return this.element('Include', texts({ Namespace: $Namespace, Alias: $Alias }));
    });
    return this.element('Reference', { Uri: uri }, children);
  }

  private schema(namespace: string, value: unknown): CsdlElement {
    this.find(namespace);
    const schema = this.object(value, namespace);
    const attributes = texts({ Namespace: namespace, Alias: schema.$Alias });
    const { line } = this.element('Schema', attributes);
    const targets = Object.entries(this.members(schema.$Annotations)).map(([Target, each]) =>
      this.element('Annotations', { Target }, this.annotations(this.object(each, Target))),
    );
    const children = Object.entries(schema).flatMap(([name, each]) => {
      if (name.startsWith('$') || name.includes('@')) return [];
      this.find(name);
      if (Array.isArray(each)) return each.map((one) => this.member(name, this.object(one, name)));
      return [this.member(name, this.object(each, name))];
    });
    const own = this.annotations(schema);
    return { ...this.element('Schema', attributes, [...children, ...targets, ...own]), line };
  }

  /** A type, operation, term or container. */
  private member(name: string, value: Json): CsdlElement {
    const kind = String(value.$Kind);
    const attributes = this.attributes(kind, value, name);
    if (kind === 'EntityType' || kind === 'ComplexType') {
      return this.element(kind, attributes, [...this.key(value), ...this.structure(value)]);
    }
    if (kind === 'EnumType') return this.element(kind, attributes, this.enumMembers(value));
    if (kind === 'Action' || kind === 'Function') {
      return this.element(kind, attributes, this.signature(value));
    }
    if (kind === 'EntityContainer') {
      return this.element(kind, attributes, this.container(value));
    }
    if (kind === 'TypeDefinition' || kind === 'Term') {
      return this.element(kind, attributes, this.annotations(value));
    }
    throw new CsdlError(this.line(), `'${name}' has the unknown $Kind '${kind}'.`);
  }

  private key({ $Key }: Json): CsdlElement[] {
    if (!Array.isArray($Key)) return [];
    const parts = $Key.map((part: unknown) => {
      if (typeof part === 'string') return this.element('PropertyRef', { Name: part });
      const [[Alias, Name] = ['', '']] = Object.entries(this.object(part, '$Key'));
      return this.element('PropertyRef', { Name: String(Name), Alias });
    });
    return [this.element('Key', {}, parts)];
  }

  /** Properties, navigation properties and annotations of a type. */
  private structure(value: Json): CsdlElement[] {
    const members = Object.entries(value).flatMap(([name, each]) => {
      if (name.startsWith('$') || name.includes('@')) return [];
      this.find(name);
      const member = this.object(each, name);
      const isNavigation = member.$Kind === 'NavigationProperty';
      const kind = isNavigation ? 'NavigationProperty' : 'Property';
      return [this.element(kind, this.attributes(kind, member, name), this.inside(member))];
    });
    return [...members, ...this.annotations(value)];
  }

  /** What a navigation property or a parameter has inside. */
  private inside(member: Json): CsdlElement[] {
    const constraints = Object.entries(this.members(member.$ReferentialConstraint));
    const onDelete = member.$OnDelete;
    return [
      ...constraints
        .filter(([name]) => !name.includes('@'))
        .map(([Property, ReferencedProperty]) =>
          this.element('ReferentialConstraint', texts({ Property, ReferencedProperty })),
        ),
      ...(onDelete === undefined ? [] : [this.element('OnDelete', texts({ Action: onDelete }))]),
      ...this.annotations(member),
    ];
  }

  private enumMembers(value: Json): CsdlElement[] {
    const members = Object.entries(value).flatMap(([Name, number]) => {
      if (Name.startsWith('$') || Name.includes('@')) return [];
      this.find(Name);
      const annotations = this.annotations(value, Name);
      return [this.element('Member', texts({ Name, Value: number }), annotations)];
    });
    return [...members, ...this.annotations(value)];
  }

  private signature({ $Parameter, $ReturnType, ...rest }: Json): CsdlElement[] {
    const parameters = (Array.isArray($Parameter) ? $Parameter : []).map((each: unknown) => {
      const parameter = this.object(each, '$Parameter');
      const name = String(parameter.$Name);
      return this.element(
        'Parameter',
        this.attributes('Parameter', parameter, name),
        this.annotations(parameter),
      );
    });
    if ($ReturnType === undefined) return [...parameters, ...this.annotations(rest)];
    const returns = this.object($ReturnType, '$ReturnType');
    const { Name: _, ...attributes } = this.attributes('ReturnType', returns, '');
    const children = this.annotations(returns);
    return [
      ...parameters,
      this.element('ReturnType', attributes, children),
      ...this.annotations(rest),
    ];
  }

  private container(value: Json): CsdlElement[] {
    const members = Object.entries(value).flatMap(([name, each]) => {
      if (name.startsWith('$') || name.includes('@')) return [];
      this.find(name);
      return [this.resource(name, this.object(each, name))];
    });
    return [...members, ...this.annotations(value)];
  }

  private resource(Name: string, value: Json): CsdlElement {
    const { $Action, $Function, $EntitySet, $Type, $Nullable, $IncludeInServiceDocument } = value;
    const EntitySet = $EntitySet;
    const IncludeInServiceDocument = $IncludeInServiceDocument;
    const bindings = Object.entries(this.members(value.$NavigationPropertyBinding)).map(
      ([Path, Target]) => this.element('NavigationPropertyBinding', texts({ Path, Target })),
    );
    const children = [...bindings, ...this.annotations(value)];
    if ($Action !== undefined) {
      return this.element('ActionImport', texts({ Name, Action: $Action, EntitySet }), children);
    }
    if ($Function !== undefined) {
      const attributes = { Name, Function: $Function, EntitySet, IncludeInServiceDocument };
      return this.element('FunctionImport', texts(attributes), children);
    }
    if (value.$Collection === true) {
      const attributes = { Name, EntityType: $Type, IncludeInServiceDocument };
      return this.element('EntitySet', texts(attributes), children);
    }
    const attributes = texts({ Name, Type: $Type, Nullable: $Nullable });
    return this.element('Singleton', attributes, children);
  }

  /** The members of an object that are attributes in CSDL XML. */
  private attributes(kind: string, value: Json, Name: string): Attributes {
    const { required = [], optional = [] } = csdlGrammar[kind] ?? {};
    const attributes: Attributes = { Name };
    for (const name of [...required, ...optional]) {
      const written = value[`$${name}`];
      if (name !== 'Name' && written !== undefined) {
        attributes[name] = Array.isArray(written) ? written.join(' ') : String(written);
      }
    }
    if (required.includes('Type')) {
      const type = attributes.Type ?? 'Edm.String';
      attributes.Type = value.$Collection === true ? `Collection(${type})` : type;
      // What is not said is false here, and true in CSDL XML (section 7.2.1).
      const isAlwaysThere = kind === 'NavigationProperty' && value.$Collection === true;
      if (!isAlwaysThere) attributes.Nullable = String(value.$Nullable === true);
    }
    // Without a scale it is variable here, and 0 in CSDL XML (section 7.2.4).
    const underlying = attributes.UnderlyingType ?? value.$Type;
    if (kind !== 'EnumType' && underlying === 'Edm.Decimal') attributes.Scale ??= 'variable';
    return attributes;
  }

  /** The annotations of an object itself, or of one of its members. */
  private annotations(value: Json, of = ''): CsdlElement[] {
    return Object.entries(value).flatMap(([name, each]) => {
      const [, target, Term, Qualifier] = ANNOTATION.exec(name) ?? [];
      if (target !== of || Term === undefined) return [];
      const nested = this.annotations(value, name);
      const annotation = this.element('Annotation', texts({ Term, Qualifier }), nested);
      return [{ ...annotation, expression: readJsonExpression(each) }];
    });
  }

  private element(
    name: string,
    attributes: Attributes,
    children: readonly CsdlElement[] = [],
  ): CsdlElement {
    const missing = csdlGrammar[name]?.required?.find((each) => attributes[each] === undefined);
    if (missing === undefined) return { name, attributes, children, text: '', line: this.line() };
    const which = attributes.Name === undefined ? `<${name}>` : `'${attributes.Name}'`;
    throw new CsdlError(this.line(), `${which} lacks $${missing}.`);
  }

  private members(value: unknown): Json {
    return value === undefined ? {} : this.object(value, 'It');
  }

  private object(value: unknown, what: string): Json {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
    throw new CsdlError(this.line(), `'${what}' is no JSON object.`);
  }

  /** Goes on to where a name stands. */
  private find(name: string): void {
    const found = this.text.indexOf(`${JSON.stringify(name)}`, this.at);
    if (found >= 0) this.at = found;
  }

  private line(): number {
    let line = 1;
    for (let at = this.text.indexOf('\n'); at >= 0 && at < this.at; line++) {
      at = this.text.indexOf('\n', at + 1);
    }
    return line;
  }
}

/** The values that are there, as the text of attributes. */
function texts(values: Readonly<Record<string, unknown>>): Attributes {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}
