import { checkAccess } from '#engine/access/check-access.ts';
import { initialsOf } from '#engine/photos/initials.ts';
import { PHOTO_TYPE } from '#engine/photos/photo-rules.ts';
import { formatSize, nameBytes, parseSize, SQUARE_EDGES } from '#engine/photos/photo-sizes.ts';
import { locate } from '#engine/reading/locate.ts';
import { Refusal } from '#errors.ts';
import type { Document } from '#plan/document.ts';
import type { MaybePromise } from '#plan/maybe-promise.ts';
import { jsonHeaders } from '../requests/answer.ts';
import type { Asked } from '../requests/asked.ts';
import { formatOf } from '../requests/format.ts';
import type { ServiceAnswer } from '../service-request.ts';
import { answerBytes, answerKnown } from './answer-bytes.ts';
import { isPhoto } from './photo.ts';

type AnswerTarget = (asked: Asked) => MaybePromise<ServiceAnswer>;

/** The initials of somebody who has no photo, in one size. */
interface Drawn {
  readonly owner: string;
  /** The drawing's description, and what names it in that size. */
  readonly text: string;
  readonly tag: string;
  readonly edge: number;
}

/** Drawings that were made last, by their tags. */
const made = new Map<string, Promise<Uint8Array>>();
const MADE_MAX = 200;

/** Whether a photo is read that initials may stand in for. */
export function mayShowInitials({ request, parts, target, ...rest }: Asked): boolean {
  if (!parts.drawsInitials || !isPhoto({ target, ...rest })) return false;
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  return isRead && !target.collection && target.resource.set === 'users';
}

/** Answers with a person's photo, else with their initials. */
export async function answerWithInitials(
  asked: Asked,
  answer: AnswerTarget,
): Promise<ServiceAnswer> {
  try {
    return await answer(asked);
  } catch (error) {
    const isMissing = error instanceof Refusal && error.refusal === 'photoNotFound';
    const drawn = isMissing ? await findInitials(asked) : undefined;
    if (!drawn) throw error;
    return show(asked, drawn);
  }
}

async function findInitials({ caller, model, parts, target }: Asked): Promise<Drawn | undefined> {
  const at = target.steps.findIndex(({ kind }) => kind === 'navigation');
  const [key, ...more] = target.steps.slice(at + 1);
  if (more.length > 0 || (key && key.kind !== 'key')) return undefined;
  const size = key ? parseSize(key.value) : { width: LARGEST, height: LARGEST };
  if (size?.width !== size?.height || !SQUARE_EDGES.includes(size?.width ?? 0)) return undefined;
  const access = checkAccess(caller, 'GET', target, model);
  const reader = parts.store.reader(caller.tenant);
  const steps = target.steps.slice(0, at);
  const owner = { ...target, steps, collection: false };
  const { found } = await locate({ target: owner, caller, access, reader, wanted: 'doc' });
  if (!found) return undefined;
  const person = JSON.parse(found.text) as Document;
  const letters = initialsOf(person);
  if (letters === undefined) return undefined;
  const text = `initials:${letters}:${found.id}`;
  const edge = size!.width;
  const tag = `"${nameBytes(text, formatSize(size!))}"`;
  return { owner: found.id, text, tag, edge };
}

const LARGEST = SQUARE_EDGES.at(-1)!;

async function show(asked: Asked, drawn: Drawn): Promise<ServiceAnswer> {
  const { request, parts, target } = asked;
  const { owner, tag, edge } = drawn;
  if (target.ending.kind === 'media') {
    const known = answerKnown(request, tag);
    if (known) return known;
    const bytes = await draw(drawn, parts);
    return answerBytes(request, { tag, bytes, contentType: PHOTO_TYPE });
  }
  const shown = parts.fidelity === 'graph' && target.resource.isCaller ? 'Me' : `users('${owner}')`;
  const body = JSON.stringify({
    '@odata.context': `${request.origin}/${request.root}/$metadata#${shown}/photo/$entity`,
    '@odata.mediaContentType': PHOTO_TYPE,
    '@odata.mediaEtag': tag,
    id: `${edge}x${edge}`,
    height: edge,
    width: edge,
  });
  return { status: 200, headers: jsonHeaders(formatOf(request)), body };
}

function draw({ text, tag, edge }: Drawn, { images }: Asked['parts']): Promise<Uint8Array> {
  const known = made.get(tag);
  if (known) return known;
  const size = { width: edge, height: edge };
  const drawing = images
    .render({ kind: 'drawing', text }, [size], SQUARE_EDGES)
    .then(([bytes]) => bytes!);
  if (made.size >= MADE_MAX) made.clear();
  made.set(tag, drawing);
  drawing.catch(() => made.delete(tag));
  return drawing;
}
