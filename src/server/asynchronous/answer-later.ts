import { Refusal } from '#errors.ts';
import { checkIsolation, checkVersion, preferencesOf } from '../requests/format.ts';
import type { ServiceParts } from '../service-parts.ts';
import { headerOf, type ServiceAnswer, type ServiceRequest } from '../service-request.ts';
import { gatedStore } from './gated-store.ts';
import type { Job, Jobs } from './jobs.ts';
import { formatMonitor, MONITOR_PATH, RETRY } from './status-monitor.ts';

/** Longer than this nobody is kept waiting, in seconds. */
const WAIT_MAX = 60;

/**
 * Whether a request is to be answered later (OData Protocol 4.01, section 8.2.8.8). Live Graph does
 * not heed the preference, so Kith's own model does so only as plain OData.
 */
export function isForLater(request: ServiceRequest, { models, fidelity }: ServiceParts): boolean {
  if (!preferencesOf(request).isAsync || request.method === 'OPTIONS') return false;
  return models.get(request.root)!.isForeign || fidelity === 'odata';
}

/**
 * Answers 202 with the place of a status monitor, where the answer will be found (OData Protocol
 * 4.01, section 11.6); with the answer itself if it is there within the seconds of `wait`, or where
 * too many are under way. `answer` never rejects.
 */
export async function answerLater(
  request: ServiceRequest,
  { parts, jobs }: { readonly parts: ServiceParts; readonly jobs: Jobs },
  answer: (parts: ServiceParts) => Promise<ServiceAnswer>,
): Promise<ServiceAnswer> {
  // What is refused by its headers alone is so at once.
  checkVersion(request);
  checkIsolation(request);
  const caller = await parts.identify(headerOf(request, 'authorization'));
  const job = jobs.start(caller, (gate) => {
    return answer({ ...parts, store: gatedStore(parts.store, gate) });
  });
  if (!job) return answer(parts);
  const { waitSeconds = 0 } = preferencesOf(request);
  const wait = Math.min(waitSeconds, WAIT_MAX) * 1_000;
  const early = wait > 0 ? await jobs.await(job, wait) : undefined;
  return early ?? accept(request, job);
}

function accept({ origin, root }: ServiceRequest, { id }: Job): ServiceAnswer {
  const headers = {
    Location: `${origin}/${root}${MONITOR_PATH}${id}`,
    'Preference-Applied': 'respond-async',
    ...RETRY,
  };
  return { status: 202, headers, body: undefined };
}

/**
 * Answers a request to a status monitor: GET with 202 until the answer is there, and then with it;
 * DELETE by cancelling the request, or with 405 where it has changed something already.
 */
export async function answerMonitor(
  request: ServiceRequest,
  { parts, jobs }: { readonly parts: ServiceParts; readonly jobs: Jobs },
): Promise<ServiceAnswer> {
  const caller = await parts.identify(headerOf(request, 'authorization'));
  const id = request.path.slice(MONITOR_PATH.length);
  const job = jobs.find(id, caller);
  if (!job) {
    const message = `There is no status monitor '${id}', or no longer.`;
    throw new Refusal('segmentNotFound', message, { target: id });
  }
  const { method } = request;
  if (method === 'OPTIONS') return { status: 204, headers: { Allow: ALLOW }, body: undefined };
  if (method === 'DELETE' && jobs.cancel(job)) return { status: 204, headers: {}, body: undefined };
  if (method === 'GET' || method === 'HEAD') {
    return job.answer ? formatMonitor(request, job.answer) : accept(request, job);
  }
  const message =
    method === 'DELETE'
      ? 'The request has changed something already and cannot be cancelled.'
      : 'Specified HTTP method is not allowed for the request target.';
  const allow = method === 'DELETE' ? 'GET, HEAD, OPTIONS' : ALLOW;
  throw new Refusal('methodNotAllowed', message, { target: id, headers: { Allow: allow } });
}

const ALLOW = 'GET, HEAD, DELETE, OPTIONS';
