import type { Document } from '#plan/document.ts';
import type { Reader } from '#plan/store.ts';
import { type Acquaintance, readAcquaintances } from './acquaintances.ts';
import { typedValue } from './document-values.ts';
import type { Encounter } from './viewer-relation.ts';

/** Enough for the sentence that names three. */
const TOP_MAX = 3;

/** Whom both know: some of them, and how many there are. */
export interface SharedConnections {
  readonly top: readonly Acquaintance[];
  readonly count: number;
  /** Where all of them are shown. */
  readonly page: string;
}

/** Finds whom both are connected with. */
export async function readSharedConnections(
  reader: Reader,
  { viewer, viewee }: Encounter,
): Promise<SharedConnections> {
  const { owners, count } = await reader.connections.shared(viewer.owner, viewee.owner, TOP_MAX);
  return { top: await readAcquaintances(reader, owners), count, page: pageOf(viewee.id) };
}

/** As a value of the type `SharedConnections`. */
export function sharedConnectionsValue({ top, count, page }: SharedConnections): Document {
  return typedValue('SharedConnections', {
    topSharedConnections: top.map(({ firstName, lastName, picture }) =>
      typedValue('SharedConnection', { firstName, lastName, picture }),
    ),
    totalCount: count,
    sharedConnectionPage: page,
  });
}

/** LinkedIn's search for first-degree connections among the connections of a member. */
function pageOf(id: string): string {
  const url = new URL('https://www.linkedin.com/search/results/people/');
  url.searchParams.set('facetConnectionOf', JSON.stringify([id]));
  url.searchParams.set('facetNetwork', JSON.stringify(['F']));
  return url.href;
}
