import { type EncodeOptions, formatEtag } from '#odata/encode-entity.ts';
import type { ShownEntity } from '#plan/answer.ts';
import type { ServiceParts } from '../service-parts.ts';
import type { ServiceRequest } from '../service-request.ts';

/** The media type of every JSON answer, spelled as Graph does. */
export const JSON_CONTENT =
  'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

/** How the answer to a request is written. */
export function encodingOf(
  { origin, root }: ServiceRequest,
  parts: ServiceParts,
  annotated: boolean,
): EncodeOptions {
  return {
    serviceRoot: `${origin}/${root}`,
    annotated,
    etagOf: (entity) => etagOf(entity, parts),
  };
}

/** The entity tag; users carry none in live Graph. */
export function etagOf(
  { actualType, version }: ShownEntity,
  { fidelity }: ServiceParts,
): string | undefined {
  const isBare = fidelity === 'graph' && actualType.name === 'microsoft.graph.user';
  return isBare ? undefined : formatEtag(version);
}
