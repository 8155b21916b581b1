import { type ComplexType, isKindOf, type Navigation, type Property } from '#model/model.ts';
import { edm } from '../binding/operands/value-types.ts';
import { areRelated } from '../binding/paths/check-cast.ts';
import { findNamedType } from '../binding/paths/find-named-type.ts';
import type { SegmentSyntax } from '../language/paths/syntax.ts';
import { plainProperty } from '../undeclared-type.ts';
import type { PathSoFar } from './path-so-far.ts';
import { segmentNotServed, unknownSegment } from './refuse-segment.ts';

/**
 * A segment behind a value: a member of a complex one, or a derived type of it (OData URL
 * Conventions 4.01, sections 4.9 and 4.11). Gives the navigation that leads out of it, if one is
 * meant.
 */
export function bindValueSegment(path: PathSoFar, segment: SegmentSyntax): Navigation | undefined {
  const { model } = path;
  const { type, collection } = path.value!;
  if (segment.kind !== 'name') {
    if (collection && segment.kind === 'key') throw segmentNotServed(segment.text);
    throw unknownSegment(model, segment.text);
  }
  const { name, parentheses, text } = segment;
  const inside = type.kind === 'complex' ? type : undefined;
  const cast = inside && findCast(path, inside, name);
  if (cast && !parentheses) {
    path.castValue(cast);
    return undefined;
  }
  // Only the members of a collection have members.
  if (collection || !inside) {
    const isIndex = collection && /^-?\d+$/.test(text);
    throw isIndex ? segmentNotServed(text) : unknownSegment(model, text);
  }
  const navigation = inside.navigation.get(name);
  if (navigation) {
    path.leaveValue();
    return navigation;
  }
  const property = inside.properties.get(name) ?? (inside.open ? dynamicProperty(name) : undefined);
  if (!property || parentheses) throw unknownSegment(model, text);
  path.enterProperty(property);
  return undefined;
}

/** A member that no type declares, and of which nothing is known. */
export function dynamicProperty(name: string): Property | undefined {
  if (name.includes('.')) return undefined;
  return plainProperty(name, {
    ...{ type: edm('Edm.Untyped'), definition: undefined, collection: false, nullable: true },
    ...{ maxLength: undefined, precision: undefined, scale: undefined },
    ...{ unicode: true, srid: undefined, annotations: {} },
  });
}

function findCast(path: PathSoFar, from: ComplexType, name: string): ComplexType | undefined {
  if (!name.includes('.') && (from.properties.has(name) || from.navigation.has(name))) {
    return undefined;
  }
  const found = findNamedType(path.model, name);
  if (found?.kind !== 'complex' || !areRelated(from, found)) return undefined;
  return isKindOf(from, found) ? from : found;
}
