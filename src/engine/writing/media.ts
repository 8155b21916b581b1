import { Refusal } from '#errors.ts';
import type { Blobs, Media } from '#plan/blobs.ts';
import type { Caller } from '#plan/caller.ts';
import type { Conditions, CreatePlan, MediaPlan } from '#plan/request.ts';
import type { Target } from '#plan/target.ts';
import { checkAccess } from '../access/check-access.ts';
import { notFound } from '../place.ts';
import { locate } from '../reading/locate.ts';
import { checkConditions } from './check-conditions.ts';
import { createWith, type WriteParts, type Written } from './create.ts';
import { Draft } from './draft.ts';
import { holdTarget } from './hold-target.ts';

/** What streams need of the running server. */
export interface MediaParts extends Pick<WriteParts, 'store' | 'clock'> {
  readonly blobs: Blobs;
}

/** Bytes as a client sends them. */
export interface SentBytes {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** A media stream with its bytes. */
export interface FoundMedia extends Media {
  readonly bytes: Uint8Array;
}

/**
 * Reads the stream of a media entity, or of a stream property; undefined where nobody has written
 * it. Refuses with 404 where the entity is not there.
 */
export async function readMedia(
  { model, target }: MediaPlan,
  caller: Caller,
  { store, blobs }: MediaParts,
): Promise<FoundMedia | undefined> {
  const access = checkAccess(caller, 'GET', target, model);
  const reader = store.reader(caller.tenant);
  const place = await locate({ target, caller, access, reader, wanted: 'nothing' });
  if (!place.found && !(await reader.read(place.address))) {
    throw notFound(place.key ?? place.ownerId);
  }
  const media = await reader.media(place.address, nameOf(target));
  const bytes = media && (await blobs.get(media.blob));
  return media && bytes && { ...media, bytes };
}

/**
 * Sets a stream, or takes it away, once the bytes are kept durably; gives what is kept of it. The
 * conditions are met by the stream's own tag or by the version of its entity, which moves.
 */
export async function writeMedia(
  plan: MediaPlan,
  sent: SentBytes | undefined,
  caller: Caller,
  parts: MediaParts,
): Promise<Media | undefined> {
  const { model, target } = plan;
  const access = checkAccess(caller, sent ? 'PUT' : 'DELETE', target, model);
  const media = sent && (await keep(sent, parts.blobs));
  const now = parts.clock.now();
  await parts.store.transact(caller.tenant, async (tx) => {
    const draft = new Draft({ tx, model, caller, access, now, hashes: new Map() });
    const held = await holdTarget(draft, target);
    if (!held) throw notFound(target.resource.name);
    const before = await tx.media(held.address, nameOf(target));
    checkStream(plan, before && mediaTag(before), held.version);
    tx.writeMedia(held.address, nameOf(target), media);
    draft.change(held, held.members, [nameOf(target) || '$value']);
    draft.write();
  });
  return media;
}

/** Makes a media entity of its bytes (OData Protocol 4.01, section 11.4.8.1). */
export async function createMedia(
  plan: CreatePlan,
  sent: SentBytes,
  caller: Caller,
  parts: WriteParts & MediaParts,
): Promise<Written> {
  const media = await keep(sent, parts.blobs);
  const given = { isLenient: true };
  return createWith({ ...plan, given }, caller, parts, async ({ tx }, { address }) => {
    tx.writeMedia(address, '', media);
  });
}

/** The tag of a stream: strong, of its content. */
export function mediaTag({ blob }: Media): string {
  return `"${blob}"`;
}

async function keep({ bytes, contentType }: SentBytes, blobs: Blobs): Promise<Media> {
  return { blob: await blobs.put(bytes), contentType, length: bytes.length };
}

/**
 * Refuses with 412 a request that is for another version: of the stream, by its tag, or of the
 * entity. Without a tag nobody has written the stream.
 */
export function checkStream(
  { ifMatch, ifNoneMatch }: Conditions,
  tag: string | undefined,
  version: number | undefined,
): void {
  if (ifNoneMatch === '*') {
    if (tag === undefined) return;
    const message = 'The stream is there already, which If-None-Match excludes.';
    throw new Refusal('preconditionFailed', message, { target: 'If-None-Match' });
  }
  const isTagged = tag !== undefined && ifMatch !== undefined && ifMatch !== '*';
  if (isTagged && ifMatch.includes(tag)) return;
  checkConditions({ ifMatch, ifNoneMatch }, version, false);
}

function nameOf({ ending }: Target): string {
  return ending.kind === 'media' ? (ending.property?.name ?? '') : '';
}
