import type {
  ComplexType,
  DeclaredType,
  EntityType,
  EnumType,
  Navigation,
  Operation,
  OperationValue,
  Property,
  TypeDefinition,
} from '#model/model.ts';
import { localName } from '#model/model.ts';
import type { TermDeclaration } from '#model/schema-service.ts';
import type { CsdlNames } from './csdl-names.ts';
import { encodeXmlAnnotations } from './encode-xml-annotations.ts';
import {
  facetsOf,
  ownKey,
  ownNavigation,
  ownProperties,
  statedFacets,
  type TypedValue,
} from './schema-elements.ts';
import { element, type XmlElement } from './xml-text.ts';

/** A declared type as CSDL XML (OData CSDL XML 4.01, sections 6, 9 and 10). */
export function encodeXmlType(type: DeclaredType, names: CsdlNames): XmlElement {
  return type.kind === 'enum' ? encodeEnum(type, names) : encodeStructured(type, names);
}

function encodeEnum(type: EnumType, names: CsdlNames): XmlElement {
  const attributes = {
    Name: localName(type.name),
    UnderlyingType: type.underlying === 'Edm.Int32' ? undefined : type.underlying,
    IsFlags: type.flags || undefined,
  };
  const members = [...type.members].map(([Name, Value]) => {
    const annotations = type.memberAnnotations[Name] ?? {};
    return element('Member', { Name, Value }, encodeXmlAnnotations(annotations, names));
  });
  const annotations = encodeXmlAnnotations(type.annotations, names);
  return element('EnumType', attributes, [...members, ...annotations]);
}

function encodeStructured(type: EntityType | ComplexType, names: CsdlNames): XmlElement {
  const { base } = type;
  const isEntity = type.kind === 'entity';
  const hadStream = base !== undefined && (base as EntityType).hasStream;
  const attributes = {
    Name: localName(type.name),
    BaseType: base && names.shorten(base.name),
    Abstract: type.abstract || undefined,
    OpenType: (type.open && !base?.open) || undefined,
    HasStream: (isEntity && type.hasStream && !hadStream) || undefined,
  };
  return element(isEntity ? 'EntityType' : 'ComplexType', attributes, [
    ...(isEntity ? encodeKey(type) : []),
    ...ownProperties(type).map((property) => encodeProperty(property, names)),
    ...ownNavigation(type).map((navigation) => encodeNavigation(navigation, names)),
    ...encodeXmlAnnotations(type.annotations, names),
  ]);
}

function encodeKey(type: EntityType): XmlElement[] {
  const parts = ownKey(type).map(({ name, path }) => {
    const Name = path.join('/');
    return element('PropertyRef', { Name, Alias: name === Name ? undefined : name });
  });
  return parts.length === 0 ? [] : [element('Key', {}, parts)];
}

function encodeProperty(property: Property, names: CsdlNames): XmlElement {
  const attributes = {
    Name: property.name,
    ...typeAttributes(property, names),
    DefaultValue: property.initial,
  };
  return element('Property', attributes, encodeXmlAnnotations(property.annotations, names));
}

/**
 * Type, nullability and facets. Nullability is always said, since what its absence means differs
 * between CSDL XML and CSDL JSON; a collection says whether its members may be null.
 */
function typeAttributes(
  value: TypedValue & { readonly collection: boolean; readonly nullable: boolean },
  names: CsdlNames,
): XmlElement['attributes'] {
  const { definition, type, collection, nullable } = value;
  return {
    Type: collectionOf(names.shorten((definition ?? type).name), collection),
    Nullable: nullable,
    ...statedFacets(value),
  };
}

function collectionOf(name: string, collection: boolean): string {
  return collection ? `Collection(${name})` : name;
}

function encodeNavigation(navigation: Navigation, names: CsdlNames): XmlElement {
  const { collection, nullable, partner, onDelete } = navigation;
  const attributes = {
    Name: navigation.name,
    Type: collectionOf(names.shorten(navigation.target.name), collection),
    Nullable: collection || nullable ? undefined : false,
    Partner: partner && names.shortenPath(partner),
    ContainsTarget: navigation.contains || undefined,
  };
  const constraints = [...navigation.constraints].map(([Property, ReferencedProperty]) =>
    element('ReferentialConstraint', { Property, ReferencedProperty }),
  );
  return element('NavigationProperty', attributes, [
    ...constraints,
    ...(onDelete ? [element('OnDelete', { Action: onDelete })] : []),
    ...encodeXmlAnnotations(navigation.annotations, names),
  ]);
}

/** A type definition as CSDL XML (OData CSDL XML 4.01, section 11). */
export function encodeXmlDefinition(definition: TypeDefinition, names: CsdlNames): XmlElement {
  const { name, underlying, annotations } = definition;
  const facets = facetsOf(underlying.name, definition);
  return element(
    'TypeDefinition',
    { Name: localName(name), UnderlyingType: underlying.name, ...facets },
    encodeXmlAnnotations(annotations, names),
  );
}

/** One overload of an action or function (OData CSDL XML 4.01, section 12). */
export function encodeXmlOperation(operation: Operation, names: CsdlNames): XmlElement {
  const { kind, bound, composable, entitySetPath, returns } = operation;
  const attributes = {
    Name: localName(operation.name),
    IsBound: bound || undefined,
    EntitySetPath: entitySetPath && names.shortenPath(entitySetPath),
    IsComposable: composable || undefined,
  };
  const parameters = operation.parameters.map((parameter) =>
    encodeValue('Parameter', { Name: parameter.name, value: parameter }, names),
  );
  return element(kind === 'action' ? 'Action' : 'Function', attributes, [
    ...parameters,
    ...(returns ? [encodeValue('ReturnType', { Name: undefined, value: returns }, names)] : []),
    ...encodeXmlAnnotations(operation.annotations, names),
  ]);
}

function encodeValue(
  name: string,
  { Name, value }: { readonly Name: string | undefined; readonly value: OperationValue },
  names: CsdlNames,
): XmlElement {
  const attributes = { Name, ...typeAttributes(value, names) };
  return element(name, attributes, encodeXmlAnnotations(value.annotations, names));
}

/** A term that the service defines (OData CSDL XML 4.01, section 14.1). */
export function encodeXmlTerm(term: TermDeclaration, names: CsdlNames): XmlElement {
  const attributes = {
    Name: term.name,
    Type: collectionOf(names.shorten(term.type), term.collection),
    BaseTerm: term.base && names.shorten(term.base),
    Nullable: term.nullable,
    DefaultValue: term.initial,
    AppliesTo: term.appliesTo?.join(' '),
    ...facetsOf(term.type, term),
  };
  return element('Term', attributes, encodeXmlAnnotations(term.annotations ?? {}, names));
}
