import type { Caller } from '#plan/caller.ts';
import type { Document } from '#plan/document.ts';
import type { MediaPlan, RemovePlan } from '#plan/request.ts';
import type { Reader, StoredRecord, Writer } from '#plan/store.ts';
import { type Access, checkAccess } from '../access/check-access.ts';
import { locate } from '../reading/locate.ts';
import type { WriteParts } from '../writing/create.ts';
import { checkStream } from '../writing/media.ts';
import { missingPhoto, stateOf } from './missing-photo.ts';
import { photoRules } from './photo-rules.ts';
import { masterOf } from './photo-sizes.ts';
import type { PhotoAt, Renditions } from './renditions.ts';
import { type PhotoTaker, takePhoto } from './take-photo.ts';

/** What writing a photo needs of the running server. */
export interface PhotoWriteParts extends Pick<WriteParts, 'store'>, PhotoTaker {
  readonly renditions: Renditions;
}

/** Without a mailbox a photo is kept in the directory, which takes no more (in bytes). */
const DIRECTORY_PHOTO_MAX = 100 * 1024;

/**
 * Replaces a photo by an uploaded image, whatever kind its bytes are said to be, and gives the tag
 * of the new one. Its master and its first size are durable by then; the others follow. Refuses
 * with 400 and 415 what is no image within the limits, having changed nothing.
 */
export async function writePhoto(
  plan: MediaPlan,
  method: 'PUT' | 'PATCH',
  sent: Uint8Array,
  { caller, parts }: { readonly caller: Caller; readonly parts: PhotoWriteParts },
): Promise<string> {
  const { store, renditions } = parts;
  const access = checkAccess(caller, method, plan.target, plan.model);
  // Nothing is decoded for whom it could not be kept.
  await open(plan, { caller, access, reader: store.reader(caller.tenant) }, sent);
  const { members, streams, rest } = await takePhoto(sent, parts);
  const address = await store.transact(caller.tenant, async (tx) => {
    const { place, record } = await open(plan, { caller, access, reader: tx }, sent);
    tx.clearMedia(place.address);
    for (const [name, media] of streams) tx.writeMedia(place.address, name, media);
    tx.setTask(place.address, true);
    tx.write(place.address, members, record, ['$value', 'height', 'id', 'width']);
    return place.address;
  });
  const at: PhotoAt = { tenant: caller.tenant, address, source: String(members.source) };
  // It is made good later what does not become of this: nobody waits for it.
  void renditions.finish(at, rest);
  return tagOf(members)!;
}

/** Takes a photo away with all its sizes. Refuses with 404 where there is none. */
export async function removePhoto(
  plan: RemovePlan,
  caller: Caller,
  parts: Pick<PhotoWriteParts, 'store'>,
): Promise<void> {
  const access = checkAccess(caller, 'DELETE', plan.target, plan.model);
  const isValue = plan.target.ending.kind === 'media';
  await parts.store.transact(caller.tenant, async (tx) => {
    const { place, record, members } = await open(plan, { caller, access, reader: tx });
    const isThere = record && (masterOf(members) || (!isValue && !stateOf(members)));
    if (!isThere) throw missingPhoto(stateOf(members));
    tx.remove(place.address, record);
  });
}

/** Where the photo is to be, with what is there now; refuses versions that are not asked for. */
async function open(
  plan: RemovePlan,
  by: { readonly caller: Caller; readonly access: Access; readonly reader: Reader | Writer },
  sent?: Uint8Array,
) {
  const { target } = plan;
  const place = await locate({ target, ...by, wanted: 'nothing' });
  const record: StoredRecord | undefined = await by.reader.read(place.address);
  const members = record ? (JSON.parse(record.text) as Document) : {};
  if (sent) checkState(members, sent);
  checkStream(plan, record && tagOf(members), record?.version);
  return { place, record, members };
}

function checkState(members: Document, sent: Uint8Array): void {
  const state = stateOf(members);
  const isTooLarge = state === 'noMailbox' && sent.length > DIRECTORY_PHOTO_MAX;
  if (state === 'consumer' || isTooLarge) throw missingPhoto(state);
}

function tagOf(members: Document): string | undefined {
  const note = photoRules.streams!(members);
  return note && `"${note.blob}"`;
}
