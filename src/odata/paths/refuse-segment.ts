import { Refusal } from '#errors.ts';
import type { Model } from '#model/model.ts';

/**
 * The refusal of a segment that leads nowhere: OData's 404 (Protocol 4.01, section 9.2.4), or the
 * 400 of live Graph where its own model is served.
 */
export function unknownSegment(model: Model, name: string): Refusal {
  const message = `Resource not found for the segment '${name}'.`;
  const refusal = model.isForeign ? 'segmentNotFound' : 'unknownSegment';
  return new Refusal(refusal, message, { target: name });
}

/** The refusal of a segment that OData knows, and that has no behaviour here: 501. */
export function segmentNotServed(name: string): Refusal {
  return new Refusal('notImplemented', `The segment '${name}' is not served.`, { target: name });
}

/** The refusal of a segment that is not written as its name asks: 400. */
export function malformedSegment(text: string, reason: string): Refusal {
  return new Refusal('malformedRequest', `${reason} It stands in '${text}'.`, { target: text });
}
