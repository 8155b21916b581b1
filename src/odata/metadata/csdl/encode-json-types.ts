import type {
  DeclaredType,
  EntityType,
  EnumType,
  Navigation,
  Operation,
  OperationValue,
  Property,
  TypeDefinition,
} from '#model/model.ts';
import type { TermDeclaration } from '#model/schema-service.ts';
import type { JsonObject } from '../json.ts';
import type { CsdlNames } from './csdl-names.ts';
import { encodeJsonAnnotations } from './encode-json-annotations.ts';
import {
  facetsOf,
  ownKey,
  ownNavigation,
  ownProperties,
  statedFacets,
  type TypedValue,
} from './schema-elements.ts';

const NUMERIC = /^Edm\.(Byte|SByte|Int16|Int32|Int64|Decimal|Double|Single)$/;

/** A declared type as CSDL JSON (OData CSDL JSON 4.01, sections 6, 9 and 10). */
export function encodeJsonType(type: DeclaredType, names: CsdlNames): JsonObject {
  if (type.kind === 'enum') return encodeEnum(type, names);
  const { base } = type;
  const isEntity = type.kind === 'entity';
  const hadStream = base !== undefined && (base as EntityType).hasStream;
  return {
    $Kind: isEntity ? 'EntityType' : 'ComplexType',
    ...(base ? { $BaseType: names.shorten(base.name) } : {}),
    ...(type.abstract ? { $Abstract: true } : {}),
    ...(type.open && !base?.open ? { $OpenType: true } : {}),
    ...(isEntity && type.hasStream && !hadStream ? { $HasStream: true } : {}),
    ...(isEntity ? encodeKey(type) : {}),
    ...Object.fromEntries(
      ownProperties(type).map((property) => [property.name, encodeProperty(property, names)]),
    ),
    ...Object.fromEntries(
      ownNavigation(type).map((each) => [each.name, encodeNavigation(each, names)]),
    ),
    ...encodeJsonAnnotations(type.annotations, names),
  };
}

function encodeEnum(type: EnumType, names: CsdlNames): JsonObject {
  const annotations = Object.entries(type.memberAnnotations).map(([member, each]) =>
    encodeJsonAnnotations(each, names, member),
  );
  return {
    $Kind: 'EnumType',
    ...(type.underlying === 'Edm.Int32' ? {} : { $UnderlyingType: type.underlying }),
    ...(type.flags ? { $IsFlags: true } : {}),
    ...Object.fromEntries(type.members),
    ...Object.assign({}, ...annotations),
    ...encodeJsonAnnotations(type.annotations, names),
  };
}

function encodeKey(type: EntityType): JsonObject {
  const parts = ownKey(type).map(({ name, path }) => {
    const written = path.join('/');
    return name === written ? name : { [name]: written };
  });
  return parts.length === 0 ? {} : { $Key: parts };
}

function encodeProperty(property: Property, names: CsdlNames): JsonObject {
  const { initial, type } = property;
  const value = typeof initial === 'string' ? parseInitial(type.name, initial) : initial;
  return {
    ...typeMembers(property, names),
    ...(value === undefined ? {} : { $DefaultValue: value }),
    ...encodeJsonAnnotations(property.annotations, names),
  };
}

/** Type, nullability and facets; what is the default is left out. */
function typeMembers(
  value: TypedValue & { readonly collection: boolean; readonly nullable: boolean },
  names: CsdlNames,
): JsonObject {
  const name = (value.definition ?? value.type).name;
  return {
    ...(name === 'Edm.String' ? {} : { $Type: names.shorten(name) }),
    ...(value.collection ? { $Collection: true } : {}),
    ...(value.nullable ? { $Nullable: true } : {}),
    ...facetMembers(statedFacets(value)),
  };
}

/** Facets as members; a variable scale is what absence means. */
function facetMembers(facets: Readonly<Record<string, string | number>>): JsonObject {
  const members: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(facets)) {
    if (name === 'Unicode') members.$Unicode = false;
    else if (name === 'SRID') members.$SRID = String(value);
    else if (name !== 'Scale' || value !== 'variable') members[`$${name}`] = value;
  }
  return members;
}

function encodeNavigation(navigation: Navigation, names: CsdlNames): JsonObject {
  const { collection, nullable, partner, onDelete, constraints } = navigation;
  return {
    $Kind: 'NavigationProperty',
    $Type: names.shorten(navigation.target.name),
    ...(collection ? { $Collection: true } : {}),
    ...(nullable ? { $Nullable: true } : {}),
    ...(partner ? { $Partner: names.shortenPath(partner) } : {}),
    ...(navigation.contains ? { $ContainsTarget: true } : {}),
    ...(constraints.size > 0 ? { $ReferentialConstraint: Object.fromEntries(constraints) } : {}),
    ...(onDelete ? { $OnDelete: onDelete } : {}),
    ...encodeJsonAnnotations(navigation.annotations, names),
  };
}

/** A type definition as CSDL JSON (OData CSDL JSON 4.01, section 11). */
export function encodeJsonDefinition(definition: TypeDefinition, names: CsdlNames): JsonObject {
  const { underlying, annotations } = definition;
  return {
    $Kind: 'TypeDefinition',
    $UnderlyingType: underlying.name,
    ...facetMembers(facetsOf(underlying.name, definition)),
    ...encodeJsonAnnotations(annotations, names),
  };
}

/** One overload of an action or function (OData CSDL JSON 4.01, section 12). */
export function encodeJsonOperation(operation: Operation, names: CsdlNames): JsonObject {
  const { kind, bound, composable, entitySetPath, parameters, returns } = operation;
  const encodeValue = (value: OperationValue) => ({
    ...typeMembers(value, names),
    ...encodeJsonAnnotations(value.annotations, names),
  });
  const $Parameter = parameters.map((each) => ({ $Name: each.name, ...encodeValue(each) }));
  return {
    $Kind: kind === 'action' ? 'Action' : 'Function',
    ...(bound ? { $IsBound: true } : {}),
    ...(entitySetPath ? { $EntitySetPath: names.shortenPath(entitySetPath) } : {}),
    ...(composable ? { $IsComposable: true } : {}),
    ...($Parameter.length > 0 ? { $Parameter } : {}),
    ...(returns ? { $ReturnType: encodeValue(returns) } : {}),
    ...encodeJsonAnnotations(operation.annotations, names),
  };
}

/** A term that the service defines (OData CSDL JSON 4.01, section 14.1). */
export function encodeJsonTerm(term: TermDeclaration, names: CsdlNames): JsonObject {
  const { type, initial, appliesTo } = term;
  return {
    $Kind: 'Term',
    ...(type === 'Edm.String' ? {} : { $Type: names.shorten(type) }),
    ...(term.collection ? { $Collection: true } : {}),
    ...(term.nullable ? { $Nullable: true } : {}),
    ...(term.base ? { $BaseTerm: names.shorten(term.base) } : {}),
    ...(initial === undefined ? {} : { $DefaultValue: parseInitial(type, initial) }),
    ...(appliesTo ? { $AppliesTo: appliesTo } : {}),
    ...facetMembers(facetsOf(type, term)),
    ...encodeJsonAnnotations(term.annotations ?? {}, names),
  };
}

/** A default as JSON has it: `INF`, `-INF` and `NaN` stay texts. */
function parseInitial(type: string, text: string): string | number | boolean {
  if (type === 'Edm.Boolean') return text === 'true';
  return NUMERIC.test(type) && Number.isFinite(Number(text)) ? Number(text) : text;
}
