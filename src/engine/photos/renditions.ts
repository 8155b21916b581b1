import { Refusal } from '#errors.ts';
import type { Log } from '#log.ts';
import type { Blobs } from '#plan/blobs.ts';
import type { Tenant } from '#plan/caller.ts';
import type { Document } from '#plan/document.ts';
import type { Images, PictureSource, Size } from '#plan/images.ts';
import { type MaybePromise, proceed } from '#plan/maybe-promise.ts';
import { RecentBytes } from '#plan/recent-bytes.ts';
import type { Address, Store } from '#plan/store.ts';
import { formatSize, SQUARE_EDGES, squareIds, streamName } from './photo-sizes.ts';
import { keepPicture } from './take-photo.ts';

/** What pictures in their sizes are made and kept with. */
export interface RenditionParts {
  readonly store: Store;
  readonly blobs: Blobs;
  readonly images: Images;
  readonly log: Log;
}

/** Where a photo is kept, and what its sizes are made from. */
export interface PhotoAt {
  readonly tenant: Tenant;
  readonly address: Address;
  readonly source: string;
}

/** Photos of which something is still to be made, looked at in one go. */
const TASKS_AT_ONCE = 100;
/** Bytes of pictures that are remembered, at most. */
const RECENT_MAX = 8 * 1024 * 1024;
/** How often a photo is looked for that commits later than its sizes are made, as in a batch. */
const LOOKS = 5;
const LOOK_AGAIN_MS = 250;

/**
 * The pictures of photos. Each is kept under the name of what it is made from and of its size, so
 * that whoever has read a photo's document gets that photo in every size, or nothing. What is not
 * there yet is made when it is asked for.
 */
export class Renditions {
  private readonly parts: RenditionParts;
  /** Pictures by what they are made from and their size, which is all that makes them. */
  private readonly recent = new RecentBytes(RECENT_MAX);
  /** What is being made, by photo and, for a single size, by its name. */
  private readonly making = new Map<string, Promise<unknown>>();

  constructor(parts: RenditionParts) {
    this.parts = parts;
  }

  /** The bytes of a size; undefined where the photo has been replaced since it was read. */
  picture(at: PhotoAt, size: Size): MaybePromise<Uint8Array | undefined> {
    const name = streamName(at.source, formatSize(size));
    const known = this.recent.get(name);
    if (known) return known;
    return proceed(this.kept(at, size), (bytes) => {
      if (!bytes) return this.make(at, size);
      this.recent.set(name, bytes);
      return bytes;
    });
  }

  /** Keeps the sizes that follow an upload, when they have been made; never rejects. */
  finish(at: PhotoAt, rest: Promise<ReadonlyMap<number, Uint8Array>>): Promise<unknown> {
    return this.once(nameOf(at), async () => {
      try {
        const squares = await rest;
        const made = [...squares].map(([edge, bytes]) => [`${edge}x${edge}`, bytes] as const);
        await this.keep(at, made, true);
      } catch (error) {
        this.parts.log.warn({ err: error }, 'the sizes of a photo are made later');
      }
    });
  }

  /** Makes what uploads have left to be made, such as those that a crash has cut short. */
  async resume(): Promise<void> {
    for (const { tenant, address } of await this.parts.store.tasks(TASKS_AT_ONCE)) {
      const record = await this.parts.store.reader(tenant).read(address);
      const members = record && (JSON.parse(record.text) as Document);
      const source = String(members?.source);
      const at = { tenant, address, source };
      if (this.making.has(nameOf(at))) continue;
      await this.once(nameOf(at), () => this.makeAll(at, members ?? {}));
    }
  }

  /** Resolves when nothing is being made. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.making.values());
  }

  private kept(at: PhotoAt, size: Size): MaybePromise<Uint8Array | undefined> {
    const { store, blobs } = this.parts;
    const name = streamName(at.source, formatSize(size));
    const media = store.reader(at.tenant).media(at.address, name);
    return proceed(media, (found) => found && blobs.get(found.blob));
  }

  private async make(at: PhotoAt, size: Size): Promise<Uint8Array | undefined> {
    const all = this.making.get(nameOf(at));
    if (all) {
      await all;
      const bytes = await this.kept(at, size);
      if (bytes) return bytes;
    }
    const id = formatSize(size);
    return this.once(`${nameOf(at)} ${id}`, async () => {
      const source = await this.openSource(at);
      const [bytes] = await this.parts.images.render(source, [size], SQUARE_EDGES);
      const [kept] = (await this.keep(at, [[id, bytes!]], false)) ?? [];
      // Another process may have made it, too; all serve the one that was kept first.
      return kept === undefined ? undefined : this.parts.blobs.get(kept);
    });
  }

  private async makeAll(at: PhotoAt, members: Document): Promise<void> {
    const reader = this.parts.store.reader(at.tenant);
    const missing: Size[] = [];
    for (const id of squareIds(members)) {
      const edge = Number.parseInt(id, 10);
      const media = await reader.media(at.address, streamName(at.source, id));
      if (!media) missing.push({ width: edge, height: edge });
    }
    const pictures =
      missing.length > 0
        ? await this.parts.images.render(await this.openSource(at), missing, SQUARE_EDGES)
        : [];
    const made = pictures.map((bytes, index) => [formatSize(missing[index]!), bytes] as const);
    await this.keep(at, made, true);
  }

  private async openSource({ source }: PhotoAt): Promise<PictureSource> {
    if (isDrawing(source)) return { kind: 'drawing', text: source };
    const bytes = await this.parts.blobs.get(source);
    if (bytes) return { kind: 'master', bytes };
    throw new Refusal('unavailable', 'The bytes of the photo are not in their store.');
  }

  /** Keeps pictures of the photo, if it is the one still, and gives the names of their bytes. */
  private async keep(
    at: PhotoAt,
    made: readonly (readonly [id: string, bytes: Uint8Array])[],
    isAll: boolean,
  ): Promise<readonly string[] | undefined> {
    const { store, blobs } = this.parts;
    const { tenant, address, source } = at;
    const pictures = await Promise.all(
      made.map(async ([id, bytes]) => ({ id, media: await keepPicture(blobs, bytes) })),
    );
    for (let look = 1; ; look++) {
      const names = await store.transact(tenant, async (tx) => {
        const record = await tx.read(address);
        const members = record ? (JSON.parse(record.text) as Document) : {};
        if (members.source !== source) return undefined;
        const kept: string[] = [];
        for (const { id, media } of pictures) {
          const name = streamName(source, id);
          const there = await tx.media(address, name);
          const isWhole = there && (await blobs.get(there.blob));
          if (!isWhole) tx.writeMedia(address, name, media);
          kept.push((isWhole ? there : media).blob);
        }
        if (isAll) tx.setTask(address, false);
        return kept;
      });
      if (names || !isAll || look === LOOKS) return names;
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }

  private once<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const known = this.making.get(name) as Promise<Result> | undefined;
    if (known) return known;
    const made = work().finally(() => this.making.delete(name));
    this.making.set(name, made);
    return made;
  }
}

/** A drawing is named by its kind and what it is of; no name of bytes has a colon. */
function isDrawing(source: string): boolean {
  return source.includes(':');
}

function nameOf({ tenant, address, source }: PhotoAt): string {
  const { owner, path, key } = address;
  return JSON.stringify([tenant.num, owner, path, key, source]);
}
