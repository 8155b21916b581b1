import { checkAccess } from '#engine/access/check-access.ts';
import { markProfile } from '#engine/profile/profile-mark.ts';
import { PROFILE } from '#engine/reading/inline-facets.ts';
import { locateRoot } from '#engine/reading/locate-root.ts';
import { formatEtag } from '#odata/encode-entity.ts';
import type { JsonFormat } from '#odata/json-format.ts';
import { type MaybePromise, proceed } from '#plan/maybe-promise.ts';
import { RecentBytes } from '#plan/recent-bytes.ts';
import type { Store } from '#plan/store.ts';
import { jsonHeaders } from '../requests/answer.ts';
import type { Asked } from '../requests/asked.ts';
import { formatOf } from '../requests/format.ts';
import type { ServiceAnswer } from '../service-request.ts';

/** Bytes of profiles that are remembered as they were sent. */
const RECENT_MAX = 16 * 1024 * 1024;

/** What is remembered of the profiles of one store. */
interface Remembered {
  readonly texts: RecentBytes;
  readonly circles: Map<string, boolean>;
}

const stores = new WeakMap<Store, Remembered>();

/** Whether a request is for a whole profile, of which nothing is chosen. */
export function isWholeProfile({ model, target, request }: Asked): boolean {
  const { type, ending, steps } = target;
  if (type.name !== PROFILE || model.isForeign || request.query !== '') return false;
  const isRead = ending.kind === 'entities' && steps.at(-1)?.kind === 'navigation';
  return isRead && request.headers['if-none-match'] === undefined;
}

/**
 * Answers a GET of a whole profile. One that has been sent is sent again as it was, as long as
 * nothing that it shows has changed; `read` reads it anew.
 */
export function answerProfile(
  asked: Asked,
  read: () => MaybePromise<ServiceAnswer>,
): MaybePromise<ServiceAnswer> {
  const { request, parts, caller, model, target } = asked;
  const access = checkAccess(caller, 'GET', target, model);
  const reader = parts.store.reader(caller.tenant);
  const person = { ...target, steps: target.steps.slice(0, -1) };
  const root = locateRoot({ target: person, caller, access, reader }, 'nothing');
  if (!root) return read();
  return proceed(root, async (found) => {
    const remembered = rememberedOf(parts.store);
    const asking = { model, reader, caller, person: found, known: remembered.circles };
    const mark = await markProfile(asking);
    const format = formatOf(request);
    const shape = `${request.origin}/${request.root} ${nameOf(format)}`;
    const body = remembered.texts.get(`${shape} ${mark.name}`);
    if (body) {
      const headers = { ...jsonHeaders(format), ETag: formatEtag(mark.version) };
      return { status: 200, headers, body: body as Buffer };
    }
    const answer = await read();
    // What has changed in the meantime is not what the name means.
    const isSame = answer.headers.ETag === formatEtag(mark.version);
    const again = isSame && answer.status === 200 ? await markProfile(asking) : undefined;
    if (again?.name === mark.name) {
      remembered.texts.set(`${shape} ${mark.name}`, Buffer.from(answer.body!));
    }
    return answer;
  });
}

function rememberedOf(store: Store): Remembered {
  const known = stores.get(store);
  if (known) return known;
  const made = { texts: new RecentBytes(RECENT_MAX), circles: new Map() };
  stores.set(store, made);
  return made;
}

function nameOf({ contentType, version, omits }: JsonFormat): string {
  return `${contentType} ${version} ${omits}`;
}
