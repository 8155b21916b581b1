import { checkAccess } from '#engine/access/check-access.ts';
import { findPeople } from '#engine/people-search/find-people.ts';
import { parseQueryString } from '#engine/people-search/parse-query-string.ts';
import { Refusal } from '#errors.ts';
import { decodeParameters } from '#odata/decode-parameters.ts';
import { type Document, TYPE, type Value } from '#plan/document.ts';
import type { CallTarget } from '#plan/target.ts';
import type { CallContext } from '../behaviour/call-operation.ts';
import { readJson } from '../read-json.ts';

/** Hits of one answer where nothing is said, and at most. */
const SIZE = 25;
const SIZE_MAX = 500;
const FROM_MAX = 20_000;
const REQUESTS_MAX = 5;

/**
 * What `/search/query` gives (Graph: Use the Microsoft Search API to query data): for each request
 * the people whom it finds. Refuses with 501 to search for anything else.
 */
export async function searchQuery(call: CallTarget, context: CallContext): Promise<Value> {
  const { model, caller, request } = context;
  checkAccess(caller, 'POST', call, model);
  const parameters = decodeParameters(model, call.operation, readJson(request));
  const requests = (parameters.get('requests') ?? []) as Document[];
  if (requests.length === 0 || requests.length > REQUESTS_MAX) {
    throw wrong('requests', `There are from 1 to ${REQUESTS_MAX} requests.`);
  }
  return Promise.all(requests.map((each) => answerOne(each, context)));
}

async function answerOne(asked: Document, context: CallContext): Promise<Document> {
  const { model, caller, parts } = context;
  checkTypes(asked.entityTypes);
  const { queryString } = (asked.query ?? {}) as Document;
  if (typeof queryString !== 'string') {
    throw wrong('queryString', "The query has to say its 'queryString'.");
  }
  const from = numberAt(asked, 'from', { usual: 0, least: 0, most: FROM_MAX });
  const size = numberAt(asked, 'size', { usual: SIZE, least: 1, most: SIZE_MAX });
  const { search, terms } = parseQueryString(queryString);
  const by = { model, caller, store: parts.store };
  const { people, total } = search
    ? await findPeople(search, { from, size }, by)
    : { people: [], total: 0 };
  const hits = people.map((person, at) => ({
    [TYPE]: 'microsoft.graph.searchHit',
    hitId: person.id,
    rank: from + at + 1,
    resource: { [TYPE]: '#microsoft.graph.person', ...person },
  }));
  const container = {
    [TYPE]: 'microsoft.graph.searchHitsContainer',
    hits,
    total,
    moreResultsAvailable: from + hits.length < total,
  };
  const response = { searchTerms: [...terms], hitsContainers: [container] };
  return { [TYPE]: 'microsoft.graph.searchResponse', ...response } as Document;
}

function checkTypes(types: Value | undefined): void {
  const named = Array.isArray(types) ? types : [];
  if (named.length === 1 && named[0] === 'person') return;
  if (named.length === 0) throw wrong('entityTypes', "Say what is searched for: 'person'.");
  const message = 'Only people are searched here: entityTypes is ["person"].';
  throw new Refusal('notImplemented', message, { target: 'entityTypes' });
}

function numberAt(
  asked: Document,
  name: string,
  { usual, least, most }: { readonly usual: number; readonly least: number; readonly most: number },
): number {
  const value = Number(asked[name] ?? usual);
  if (value >= least && value <= most) return value;
  throw wrong(name, `'${name}' is from ${least} to ${most}.`);
}

function wrong(target: string, message: string): Refusal {
  return new Refusal('badRequest', message, { target });
}
