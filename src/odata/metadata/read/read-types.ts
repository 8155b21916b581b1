import {
  type ComplexDeclaration,
  type EntityDeclaration,
  type EnumDeclaration,
  type NavigationDeclaration,
  type PropertyDeclaration,
  roots,
  type TypeDeclaration,
} from '#model/schema.ts';
import type { Annotations } from '#model/schema-annotations.ts';
import type { CsdlDocument } from './csdl-document.ts';
import { CsdlError } from './csdl-error.ts';
import type { DeclaredNames } from './declared-names.ts';
import type { CsdlElement } from './parse-csdl.ts';
import { flag, readFacets, readFlag, readInitial, readName } from './read-values.ts';

const INTEGERS = new Set(['Edm.Byte', 'Edm.SByte', 'Edm.Int16', 'Edm.Int32', 'Edm.Int64']);
const ON_DELETE = new Set(['Cascade', 'None', 'SetNull', 'SetDefault']);

/** Reads the type declarations of one schema (OData CSDL XML 4.01, sections 6 to 10). */
export class TypeReader {
  private readonly document: CsdlDocument;
  private readonly names: DeclaredNames;
  private readonly namespace: string;

  constructor(document: CsdlDocument, names: DeclaredNames, namespace: string) {
    this.document = document;
    this.names = names;
    this.namespace = namespace;
  }

  /** The declaration of an entity, complex or enumeration type. */
  read(element: CsdlElement): TypeDeclaration {
    if (element.name === 'EntityType') return this.entity(element);
    return element.name === 'ComplexType' ? this.complex(element) : this.enumeration(element);
  }

  private entity(element: CsdlElement): EntityDeclaration {
    return {
      kind: 'entity',
      ...this.structured(element, 'EntityType'),
      ...readKey(element),
      ...flag(element, 'HasStream', 'hasStream'),
      navigation: this.navigations(element),
    };
  }

  private complex(element: CsdlElement): ComplexDeclaration {
    return {
      kind: 'complex',
      ...this.structured(element, 'ComplexType'),
      navigation: this.navigations(element),
    };
  }

  private structured(element: CsdlElement, kind: string) {
    const name = readName(element);
    const { BaseType } = element.attributes;
    const base = BaseType === undefined ? undefined : this.baseOf(element, kind);
    return {
      name,
      namespace: this.namespace,
      roots,
      ...(base === undefined ? {} : { base }),
      ...flag(element, 'Abstract', 'abstract'),
      ...flag(element, 'OpenType', 'open'),
      properties: this.properties(element),
      annotations: this.document.annotationsOf(element, `${this.namespace}.${name}`),
    } as const;
  }

  private baseOf(element: CsdlElement, kind: string): string | undefined {
    const base = this.names.structuredOf(element, 'BaseType', kind);
    return base.startsWith('Edm.') ? undefined : base;
  }

  private properties(type: CsdlElement): Record<string, PropertyDeclaration> {
    return membersOf(type, 'Property', (element, name) => {
      const { primitive, ...named } = this.names.valueTypeOf(element);
      const isDefined = primitive !== named.type;
      return {
        ...named,
        nullable: readFlag(element, 'Nullable') ?? !named.collection,
        ...(isDefined ? {} : readFacets(element, primitive)),
        ...readInitial(element, primitive),
        annotations: this.memberAnnotations(type, element, name),
      };
    });
  }

  private navigations(type: CsdlElement): Record<string, NavigationDeclaration> {
    return membersOf(type, 'NavigationProperty', (element, name) => {
      const { type: target, collection } = this.names.targetOf(element);
      const { Partner } = element.attributes;
      return {
        target,
        collection,
        ...(readFlag(element, 'Nullable') === false ? { nullable: false as const } : {}),
        ...flag(element, 'ContainsTarget', 'contains'),
        ...(Partner === undefined ? {} : { partner: this.document.aliases.resolvePath(Partner) }),
        ...readConstraints(element),
        ...readOnDelete(element),
        annotations: this.memberAnnotations(type, element, name),
      };
    });
  }

  private memberAnnotations(type: CsdlElement, member: CsdlElement, name: string): Annotations {
    const target = `${this.namespace}.${type.attributes.Name}/${name}`;
    return this.document.annotationsOf(member, target);
  }

  private enumeration(element: CsdlElement): EnumDeclaration {
    const name = readName(element);
    const target = `${this.namespace}.${name}`;
    const { UnderlyingType: underlying = 'Edm.Int32' } = element.attributes;
    if (!INTEGERS.has(underlying)) {
      throw new CsdlError(element.line, `UnderlyingType="${underlying}" is no integer type.`);
    }
    const members: Record<string, number> = {};
    const memberAnnotations: Record<string, Annotations> = {};
    for (const member of element.children.filter((each) => each.name === 'Member')) {
      const each = readName(member);
      if (each in members) throw new CsdlError(member.line, `The member '${each}' is there twice.`);
      members[each] = readMemberValue(member, Object.keys(members).length);
      const annotations = this.document.annotationsOf(member, `${target}/${each}`);
      if (Object.keys(annotations).length > 0) memberAnnotations[each] = annotations;
    }
    return {
      kind: 'enum',
      name,
      namespace: this.namespace,
      roots,
      ...flag(element, 'IsFlags', 'flags'),
      underlying,
      members,
      annotations: this.document.annotationsOf(element, target),
      memberAnnotations,
    };
  }
}

function membersOf<Member>(
  type: CsdlElement,
  kind: string,
  read: (element: CsdlElement, name: string) => Member,
): Record<string, Member> {
  const members: Record<string, Member> = {};
  for (const element of type.children) {
    if (element.name !== kind) continue;
    const name = readName(element);
    const named = type.children.filter((each) => each.attributes.Name === name);
    if (named.length > 1) throw new CsdlError(element.line, `'${name}' is declared twice.`);
    members[name] = read(element, name);
  }
  return members;
}

function readKey(type: CsdlElement): Pick<EntityDeclaration, 'key' | 'keyAliases'> {
  const key = type.children.find(({ name }) => name === 'Key');
  if (!key) return {};
  const aliases: Record<string, string> = {};
  const paths = key.children.map(({ attributes: { Name = '', Alias }, line }) => {
    if (Alias !== undefined) aliases[Name] = Alias;
    else if (Name.includes('/')) throw new CsdlError(line, `The key '${Name}' needs an alias.`);
    return Name;
  });
  return { key: paths, ...(Object.keys(aliases).length > 0 ? { keyAliases: aliases } : {}) };
}

function readConstraints(element: CsdlElement): Pick<NavigationDeclaration, 'constraints'> {
  const constraints = element.children.flatMap(({ name, attributes }) =>
    name === 'ReferentialConstraint'
      ? [[attributes.Property ?? '', attributes.ReferencedProperty ?? ''] as const]
      : [],
  );
  return constraints.length === 0 ? {} : { constraints: Object.fromEntries(constraints) };
}

function readOnDelete(element: CsdlElement): Pick<NavigationDeclaration, 'onDelete'> {
  const found = element.children.find(({ name }) => name === 'OnDelete');
  if (!found) return {};
  const { Action = '' } = found.attributes;
  if (!ON_DELETE.has(Action)) throw new CsdlError(found.line, `OnDelete knows no '${Action}'.`);
  return { onDelete: Action as NonNullable<NavigationDeclaration['onDelete']> };
}

function readMemberValue(member: CsdlElement, fallback: number): number {
  const { Value } = member.attributes;
  if (Value === undefined) return fallback;
  if (/^-?\d+$/.test(Value)) return Number(Value);
  throw new CsdlError(member.line, `Value="${Value}" is no integer.`);
}
