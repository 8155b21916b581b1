import { formatExactInstant } from '#clock.ts';
import { facetDefaults } from '#model/profile/facet-limits.ts';
import type { Caller } from '#plan/caller.ts';
import { type Document, TYPE, type Value } from '#plan/document.ts';

/** Members that the server alone sets; what a body says of them is not taken. */
export const setByServer: ReadonlySet<string> = new Set([
  'id',
  'createdBy',
  'createdDateTime',
  'lastModifiedBy',
  'lastModifiedDateTime',
]);

/** By whom and when something is written. */
export interface Stamp {
  readonly by: Value;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly isByUser: boolean;
}

/** The stamp of a caller: the signed-in user, or the application that acts as itself. */
export function stampOf(caller: Caller, found: { text: string } | undefined, now: number): Stamp {
  const { user, app } = caller;
  const { displayName = null } = JSON.parse(found?.text ?? '{}') as Document;
  const by: Document = {
    [TYPE]: 'microsoft.graph.identitySet',
    application: user === undefined && app !== undefined ? identity(null, app) : null,
    device: null,
    user: user === undefined ? null : identity(displayName, user),
  };
  return { by, now, isByUser: user !== undefined };
}

function identity(displayName: Value, id: string): Document {
  return { [TYPE]: 'microsoft.graph.identity', displayName, id };
}

/** With what a new facet begins. */
export interface Beginning {
  readonly id: string;
  readonly stamp: Stamp;
  /** Its place among those that one request makes. */
  readonly place: number;
  /** Whom it is for where nothing is said. */
  readonly audience: string;
}

/** A new facet with what the server says of it, and what it has where nothing is said. */
export function beginFacet(
  facet: string,
  given: Document,
  { id, stamp, place, audience }: Beginning,
): Document {
  const { by, now, isByUser } = stamp;
  // What one request makes stays in its order.
  const at = formatExactInstant(now, place);
  const own = { [TYPE]: 'microsoft.graph.personDataSources', type: ['User'] };
  const members: Document = {
    ...given,
    id,
    allowedAudiences: given.allowedAudiences ?? audience,
    isSearchable: given.isSearchable ?? true,
    source: given.source ?? (isByUser ? own : null),
    createdBy: by,
    createdDateTime: at,
    lastModifiedBy: by,
    lastModifiedDateTime: at,
  };
  for (const [name, value] of Object.entries(facetDefaults[facet] ?? {})) members[name] ??= value;
  return members;
}

/** A facet that starts from the user, as one of the person's own. */
export function adoptFacet(members: Document, { by, isByUser }: Stamp): Document {
  const own = { [TYPE]: 'microsoft.graph.personDataSources', type: ['User'] };
  return { ...members, createdBy: by, source: isByUser ? own : null, sources: [] };
}

/**
 * Whether a facet has been inferred: nobody has written it, and it says how sure it is. Only who
 * infers it changes it.
 */
export function isInferred({ inference, createdBy }: Document): boolean {
  const { user = null, application = null } = (createdBy ?? {}) as Document;
  const { confidenceScore = null } = (inference ?? {}) as Document;
  return confidenceScore !== null && user === null && application === null;
}
