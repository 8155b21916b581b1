import type { Refusal } from '#errors.ts';
import {
  type EntityType,
  isKindOf,
  localName,
  type Model,
  type Navigation,
  type Property,
  type StructuredType,
} from '#model/model.ts';
import type { Binding } from '../binder.ts';
import { type Place, refusalAt } from '../refuse-at.ts';

/** What a name in a path may be. */
export type Member =
  | { readonly kind: 'property'; readonly property: Property }
  | { readonly kind: 'navigation'; readonly navigation: Navigation };

/** The property or navigation of exactly that name. */
export function findMember(type: StructuredType, name: string): Member | undefined {
  const property = type.properties.get(name);
  if (property) return { kind: 'property', property };
  const navigation = type.navigation.get(name);
  return navigation && { kind: 'navigation', navigation };
}

/** The member of that name; where none has it exactly, the only one that has it in another case. */
export function findDeclared(type: StructuredType, name: string): Member | undefined {
  return findMember(type, name) ?? findMemberInAnyCase(type, name);
}

/** The only one of that name in any case (OData Protocol 4.01, section 13.2.3, item 10). */
export function findMemberInAnyCase(type: StructuredType, name: string): Member | undefined {
  const lower = name.toLowerCase();
  const found = [...type.properties.keys(), ...type.navigation.keys()].filter(
    (each) => each.toLowerCase() === lower,
  );
  return found.length === 1 ? findMember(type, found[0]!) : undefined;
}

/**
 * The property of that name which only types derived from this one declare. Graph takes such names
 * on relations that are declared untyped: `manager($select=displayName)`, where `manager` is a
 * directoryObject. OData would ask for a cast.
 */
export function findAmongDerived(
  model: Model,
  type: StructuredType,
  name: string,
): Property | undefined {
  if (type.kind !== 'entity' || !(type as EntityType).isUntyped) return undefined;
  for (const each of model.types.values()) {
    if (each.kind !== 'entity' || each === type || !isKindOf(each, type)) continue;
    const property = each.properties.get(name);
    if (property) return property;
  }
  return undefined;
}

/** The refusal of a name that leads nowhere, in Graph's words. */
export function refuseMember(
  place: Place,
  type: { readonly name: string },
  name: string,
  prefix = '',
): Refusal {
  const reason = `Could not find a property named '${name}' on type '${type.name}'.`;
  return refusalAt(place, prefix + reason, { target: name });
}

/**
 * Refuses a property that no query may see: a secret, one that may not be read, or one that is
 * made for each reader, as computed ones of Kith's own model are where the store is asked.
 * Otherwise a filter would tell what an answer does not.
 */
export function checkQueryable(
  binding: Binding,
  type: StructuredType,
  property: Property,
  place: Place,
): void {
  const isKey = keysOf(type).includes(property.name);
  const isHere = property.kept || (type.kind === 'entity' && (type as EntityType).isDerived);
  const isMade = property.computed && !binding.model.isForeign && !isKey && !isHere;
  const isReadable = property.permissions === 'Read' || property.permissions === 'ReadWrite';
  if (!isMade && !property.secret && isReadable) return;
  const [first = '', ...rest] = localName(type.name);
  const resource = first.toUpperCase() + rest.join('');
  const what = `property '${property.name}' of resource '${resource}'`;
  const message = `Unsupported or invalid query filter clause specified for ${what}.`;
  throw refusalAt(place, message, { name: 'unsupportedQuery', target: property.name });
}

function keysOf(type: StructuredType): readonly string[] {
  return type.kind === 'entity' ? (type as EntityType).key : [];
}
