import type { SystemSegment } from '../language/paths/syntax.ts';
import type { PathSoFar } from './path-so-far.ts';
import { malformedSegment, segmentNotServed, unknownSegment } from './refuse-segment.ts';

/**
 * A segment of OData's own behind entities or a value: what of them is addressed (OData URL
 * Conventions 4.01, sections 4.6 to 4.13).
 */
export function bindSystemSegment(path: PathSoFar, segment: SystemSegment): void {
  if (path.value) {
    endValue(path, segment);
    return;
  }
  const { type, collection, model } = path;
  const { name } = segment;
  if (!type) throw unknownSegment(model, name);
  if (name === '$count' && collection) path.ending = { kind: 'count' };
  else if (name === '$each' && collection) path.ending = { kind: 'each' };
  else if (name === '$ref') path.ending = { kind: 'references' };
  else if (name === '$value' && !collection && type.hasStream) path.ending = { kind: 'media' };
  else if (name === '$count' || name === '$value') throw unknownSegment(model, name);
  else throw segmentNotServed(name);
}

function endValue(path: PathSoFar, { name }: SystemSegment): void {
  const { type, collection } = path.value!;
  const isStream = type.kind === 'primitive' && type.name === 'Edm.Stream';
  if (name === '$value' && !collection && type.kind !== 'complex') {
    // A stream is given raw in any case.
    path.ending = isStream ? path.streamEnding() : path.propertyEnding(true, false);
  } else if (name === '$count' && collection) {
    path.ending = path.propertyEnding(false, true);
  } else if (name === '$value' && !collection) {
    throw malformedSegment(name, 'A complex value has no raw form.');
  } else if (name === '$value' || name === '$count' || name === '$ref') {
    throw unknownSegment(path.model, name);
  } else {
    throw segmentNotServed(name);
  }
}
