import type { Caller } from '#plan/caller.ts';
import type { Document } from '#plan/document.ts';
import type { Size } from '#plan/images.ts';
import { type MaybePromise, proceed } from '#plan/maybe-promise.ts';
import type { MediaPlan } from '#plan/request.ts';
import type { Reader, StoredRecord } from '#plan/store.ts';
import { checkAccess } from '../access/check-access.ts';
import type { Place } from '../place.ts';
import { locate } from '../reading/locate.ts';
import type { ReadParts } from '../reading/read.ts';
import { missingPhoto, stateOf } from './missing-photo.ts';
import { photoRules } from './photo-rules.ts';
import { formatSize, masterOf, nameBytes } from './photo-sizes.ts';
import type { PhotoAt, Renditions } from './renditions.ts';

/** What reading a photo's bytes needs of the running server. */
export interface PhotoReadParts extends ReadParts {
  readonly renditions: Renditions;
}

/** The bytes of a photo in one size, and their strong entity tag. */
export interface PhotoContent {
  readonly tag: string;
  readonly bytes: Uint8Array;
}

/** A photo in one size, whose bytes come when they are asked for. */
export interface FoundPhoto {
  readonly tag: string;
  /** The photo as it is by then: it may have been replaced, and has another tag. */
  content(): MaybePromise<PhotoContent>;
}

/** How often a photo is read anew that has been replaced before its bytes were. */
const READS_MAX = 5;

/**
 * Finds a photo, or one size of it. Refuses with 403 what the caller may not see, and with 404, in
 * the words that its fixture asks for, where there is none or its bytes have not come yet.
 */
export function readPhoto(
  plan: MediaPlan,
  caller: Caller,
  parts: PhotoReadParts,
): MaybePromise<FoundPhoto> {
  const { model, target } = plan;
  const access = checkAccess(caller, 'GET', target, model);
  const reader = parts.store.reader(caller.tenant);
  return proceed(locate({ target, caller, access, reader, wanted: 'nothing' }), (place) =>
    proceed(reader.read(place.address), (record) => {
      const rule = { place, caller, reader };
      const photo = photoAt(record, rule);
      return { tag: photo.tag, content: () => readContent(photo, rule, parts.renditions) };
    }),
  );
}

interface Around {
  readonly place: Place;
  readonly caller: Caller;
  readonly reader: Reader;
}

/** What a photo's document says of one of its sizes. */
interface Described {
  readonly source: string;
  readonly size: Size;
  readonly tag: string;
}

/** Documents that were read last, described: the same few are asked for again and again. */
const described = new Map<string, Described>();
const DESCRIBED_MAX = 1000;

function photoAt(record: StoredRecord | undefined, around: Around) {
  if (!record) throw missingPhoto();
  const { place, caller } = around;
  const { source, size, tag } = describe(record.text, around);
  const at: PhotoAt = { tenant: caller.tenant, address: place.address, source };
  return { at, size, tag };
}

function describe(text: string, around: Around): Described {
  const { key } = around.place;
  const name = key === undefined ? text : `${key} ${text}`;
  const known = described.get(name);
  if (known) return known;
  if (described.size >= DESCRIBED_MAX) described.clear();
  const photo = describeAnew(text, around);
  described.set(name, photo);
  return photo;
}

function describeAnew(text: string, { place, caller, reader }: Around): Described {
  const context = { place, caller, reader, now: 0, languages: undefined };
  const members = photoRules.resolve!(JSON.parse(text) as Document, context);
  if (!masterOf(members)) throw missingPhoto(stateOf(members));
  const source = String(members.source);
  const size = { width: Number(members.width), height: Number(members.height) };
  return { source, size, tag: `"${nameBytes(source, formatSize(size))}"` };
}

function readContent(
  { at, size, tag }: ReturnType<typeof photoAt>,
  around: Around,
  renditions: Renditions,
): MaybePromise<PhotoContent> {
  return proceed(renditions.picture(at, size), (bytes) => {
    return bytes ? { tag, bytes } : readAgain(around, renditions);
  });
}

async function readAgain(around: Around, renditions: Renditions): Promise<PhotoContent> {
  for (let read = 0; read < READS_MAX; read++) {
    const record = await around.reader.read(around.place.address);
    const { at, size, tag } = photoAt(record, around);
    const bytes = await renditions.picture(at, size);
    if (bytes) return { tag, bytes };
  }
  throw missingPhoto();
}
