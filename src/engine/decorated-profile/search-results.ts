import type { Caller } from '#plan/caller.ts';
import { type Document, TYPE } from '#plan/document.ts';
import { textOf, typedValue } from './document-values.ts';
import { type Directory, type PeopleQuery, searchPeople } from './search-people.ts';
import type { Member } from './viewer-relation.ts';

const names = ['email', 'firstName', 'lastName', 'keywords'] as const;
/** How near each degree of connection is: who is nearer comes first. */
const nearness = ['SELF', 'DISTANCE_1', 'DISTANCE_2', 'DISTANCE_3', 'OUT_OF_NETWORK'];

/** Who searches, and where. */
export interface Search extends Directory {
  readonly caller: Caller;
}

/** The result of one `DecoratedProfileSearchQuery`, with whom it found beside. */
export async function answerQuery(search: Search, query: Document): Promise<Document> {
  const asked = readQuery(query);
  const { people, isExact } = await searchPeople(search, asked);
  return {
    [TYPE]: '#microsoft.graph.DecoratedProfileSearchResult',
    id: writeId(asked),
    query: typedValue('DecoratedProfileSearchQuery', { ...asked }),
    exactMatch: isExact,
    found: (await sortByDegree(search, people)).map(({ owner, id }) => ({ owner, id })),
  };
}

/** The result with an id, searched for again; undefined for what is no id of any. */
export async function findSearchResult(search: Search, id: string): Promise<Document | undefined> {
  const query = readId(id);
  return query && answerQuery(search, query);
}

/** Whom a result has found. */
export function profilesFound(result: Document): readonly Member[] {
  return result.found as unknown as readonly Member[];
}

function readQuery(query: Document): PeopleQuery {
  const said = names.flatMap((name) => {
    const text = textOf(query[name]);
    return text === undefined ? [] : [[name, text.trim()] as const];
  });
  return Object.fromEntries(said);
}

/** Nobody keeps what was searched for: the id of a result says it. */
function writeId(query: PeopleQuery): string {
  return Buffer.from(JSON.stringify(query)).toString('base64url');
}

function readId(id: string): Document | undefined {
  try {
    const query = JSON.parse(Buffer.from(id, 'base64url').toString()) as Document;
    const isQuery = typeof query === 'object' && query !== null && writeId(readQuery(query)) === id;
    return isQuery ? query : undefined;
  } catch {
    return undefined;
  }
}

async function sortByDegree(
  { caller, reader }: Search,
  people: readonly Member[],
): Promise<readonly Member[]> {
  const isAlone = caller.user === undefined || people.length < 2;
  const viewer = isAlone ? undefined : await reader.find('users', 'id', caller.user!, 'nothing');
  if (!viewer) return people;
  const owners = people.map(({ owner }) => owner);
  const degrees = await reader.connections.degrees(viewer.owner, owners);
  const ranks = new Map(owners.map((owner, at) => [owner, nearness.indexOf(degrees[at]!)]));
  return people.toSorted((one, other) => ranks.get(one.owner)! - ranks.get(other.owner)!);
}
