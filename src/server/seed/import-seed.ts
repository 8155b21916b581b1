import type { HashedSecret, HashSecret } from '#engine/writing/secrets.ts';
import type { Blobs } from '#plan/blobs.ts';
import type { Tenant } from '#plan/caller.ts';
import type { Images } from '#plan/images.ts';
import type { Loader, LoadingStore } from '#plan/load.ts';
import type { Address, QueryIndexes, Writer } from '#plan/store.ts';
import type { WrittenTenant } from './decode-seed.ts';
import { type ReadStreams, readStreams } from './read-media.ts';
import { SeedError } from './read-seed.ts';
import {
  CONNECTION,
  type EntityName,
  type PendingLink,
  placeReady,
  type ReadiedEntity,
  type ReadyPiece,
  type UnreadyEntity,
} from './ready-pieces.ts';

/** Where a seed goes, and how. */
export interface ImportOptions {
  readonly store: LoadingStore;
  readonly hashSecret: HashSecret;
  /** Where bytes of media streams are kept. */
  readonly blobs: Blobs;
  /** Decodes the photos of the seed. */
  readonly images: Images;
  /** Whether what the seed's tenants held before is removed, with the first lines' commit. */
  readonly clears: boolean;
  /** The indexes of a store that nobody reads yet, if they may be made behind the rows. */
  readonly indexes?: QueryIndexes | undefined;
  /** The tenant of lines that stand before any tenant line. */
  readonly defaultTenant: Omit<Tenant, 'num'>;
}

/**
 * Entities that commit together. A small company loads, and is reset, in one transaction; the keys
 * of a large one are all over the unique indexes, of which each commit writes most pages again.
 */
const CHUNK_ENTITIES = 8000;
/** Characters of lines that do. */
const CHUNK_LENGTH = 12_000_000;
/** Links kept back until what they name has come. */
const CHUNK_LINKS = 20_000;

/** An entity that is ready to be written, with what is kept beside it. */
interface WholeEntity extends ReadiedEntity {
  readonly hashes?: readonly HashedSecret[];
  readonly media?: ReadStreams['media'] | undefined;
}

/** Loads a seed; gives how many lines it had. Throws a SeedError for the first bad line. */
export async function importSeed(
  pieces: AsyncIterable<ReadyPiece>,
  options: ImportOptions,
): Promise<number> {
  const importer = new SeedImporter(options);
  try {
    for await (const piece of pieces) await importer.take(piece);
    return await importer.finish();
  } finally {
    await importer.settle();
  }
}

type Chunk = (ReadiedEntity | UnreadyEntity)[];

class SeedImporter {
  private readonly options: ImportOptions;
  private readonly cleared = new Set<number>();
  private tenant: Tenant | undefined;
  /** Most of it is ready; what is not has secrets to be hashed or streams to be read. */
  private chunk: Chunk = [];
  /** Those of the chunk. */
  private named: PendingLink[] = [];
  private links: PendingLink[] = [];
  /** Of what has been imported, by set and key. */
  private owners = new Map<string, Map<string, number>>();
  private lines = 0;
  /** Characters of the lines of the chunk. */
  private length = 0;
  /** The chunk before, which is committed while the next one is read. */
  private loading: Promise<void> = Promise.resolve();
  private chunks = 0;

  constructor(options: ImportOptions) {
    this.options = options;
  }

  async take(piece: ReadyPiece): Promise<void> {
    this.lines += piece.kind === 'entities' ? piece.lines : 1;
    if (piece.kind === 'tenant') {
      if (this.tenant || this.chunk.length > 0) await this.flush();
      await this.resolveLinks();
      this.owners = new Map();
      this.tenant = await this.findTenant(piece.tenant, piece.where);
      return;
    }
    for (const entity of piece.entities) this.chunk.push(entity);
    for (const link of piece.links) this.named.push(link);
    this.length += piece.length;
    if (this.chunk.length >= CHUNK_ENTITIES || this.length >= CHUNK_LENGTH) await this.flush();
  }

  async finish(): Promise<number> {
    await this.flush();
    await this.resolveLinks();
    if (this.chunks > 1) await this.options.indexes?.make();
    return this.lines;
  }

  /** Ends when nothing is being written any more, however that has ended. */
  async settle(): Promise<void> {
    await this.loading.catch(() => undefined);
  }

  private async findTenant(written: WrittenTenant, where: string): Promise<Tenant> {
    const { id, displayName = '', domains = [] } = written;
    if (typeof id !== 'string') throw new SeedError(`${where} has a tenant without an id.`);
    const { store } = this.options;
    return (await store.findTenant(id)) ?? store.createTenant({ id, displayName, domains });
  }

  /** Lets the chunk be written, behind the one before. */
  private async flush(): Promise<void> {
    const { chunk, named } = this;
    this.chunk = [];
    this.named = [];
    this.length = 0;
    const { clears, defaultTenant, indexes } = this.options;
    this.tenant ??= await this.findTenant(defaultTenant, 'the default');
    const isFirst = !this.cleared.has(this.tenant.num);
    if (chunk.length === 0 && !(isFirst && clears)) return;
    this.cleared.add(this.tenant.num);
    const entities = await this.finishEntities(chunk);
    await this.loading;
    this.chunks += 1;
    if (this.chunks === 2) await indexes?.drop();
    this.loading = this.load(entities, named, clears && isFirst);
    // Whoever waits for it next learns how it has ended.
    this.settle();
  }

  /** Hashes the secrets of a chunk, all at once, and reads its streams, one after another. */
  private async finishEntities(chunk: Chunk): Promise<WholeEntity[]> {
    const unready = chunk.filter((entity): entity is UnreadyEntity => !('ready' in entity));
    const hashes = await Promise.all(unready.map((entity) => this.hashes(entity)));
    const whole = new Map<UnreadyEntity, WholeEntity>();
    for (const [index, entity] of unready.entries()) {
      const read = entity.streams?.size ? await readStreams(entity, this.options) : undefined;
      const members = read?.members ?? entity.members;
      const readied = placeReady(entity, members, this.options.store.makeReady);
      whole.set(entity, { ...readied, hashes: hashes[index]!, media: read?.media });
    }
    return chunk.map((entity) => ('ready' in entity ? entity : whole.get(entity)!));
  }

  private async load(
    entities: readonly WholeEntity[],
    named: readonly PendingLink[],
    clears: boolean,
  ): Promise<void> {
    const links = [...this.links, ...named];
    this.links = await this.options.store.import(this.tenant!, async (tx) => {
      if (clears) tx.clear();
      for (const entity of entities) await this.write(tx, entity);
      return this.writeLinks(tx, links);
    });
    if (this.links.length > CHUNK_LINKS) await this.writeLeftLinks();
  }

  /** Writes the links whose ends this import has brought, and gives back the others. */
  private writeLinks(tx: Writer, links: readonly PendingLink[]): PendingLink[] {
    return links.filter(({ relation, from, to }) => {
      const source = this.knownOwner(from);
      const target = this.knownOwner(to);
      if (source === undefined || target === undefined) return true;
      writeLink(tx, relation, source, target);
      return false;
    });
  }

  private knownOwner({ sets, id }: EntityName): number | undefined {
    for (const set of sets) {
      const owner = this.owners.get(set)?.get(id);
      if (owner !== undefined) return owner;
    }
    return undefined;
  }

  private async write(tx: Loader, entity: WholeEntity): Promise<void> {
    const { set, path, key, ownerId, where, ready, hashes = [], media = [] } = entity;
    let owner: number;
    if (path === '') {
      owner = await tx.addRoot(ready);
      this.keepOwner(set, ownerId, owner);
    } else {
      const name = { sets: [set], id: ownerId };
      const found = await this.ownerOf(tx, name);
      if (found === undefined) throw missing(where, name);
      owner = found;
      tx.addPart(ready, owner, key);
    }
    for (const { name, value } of hashes) tx.writeSecret(owner, name, value);
    const address: Address = { set, owner, path, key };
    for (const [name, each] of media) tx.writeMedia(address, name, each);
  }

  private keepOwner(set: string, id: string, owner: number): void {
    const known = this.owners.get(set);
    if (known) known.set(id, owner);
    else this.owners.set(set, new Map([[id, owner]]));
  }

  private async hashes(entity: UnreadyEntity): Promise<HashedSecret[]> {
    const secrets = entity.secrets ?? [];
    const hashed = await Promise.all(
      secrets.map(async ({ name, value }) => ({
        name,
        value: await this.options.hashSecret(value),
      })),
    );
    const { passwordHash } = entity;
    if (passwordHash) hashed.push({ name: 'passwordProfile/password', value: passwordHash });
    return hashed;
  }

  private async ownerOf(tx: Pick<Writer, 'find'>, name: EntityName): Promise<number | undefined> {
    const known = this.knownOwner(name);
    if (known !== undefined) return known;
    for (const set of name.sets) {
      const found = await tx.find(set, 'id', name.id, 'nothing');
      if (found) return found.owner;
    }
    return undefined;
  }

  private async resolveLinks(): Promise<void> {
    await this.loading;
    await this.writeLeftLinks();
  }

  /** Writes the links that are left; their ends may have stood in the store before. */
  private async writeLeftLinks(): Promise<void> {
    const pending = this.links;
    this.links = [];
    if (!this.tenant) return;
    for (let from = 0; from < pending.length; from += CHUNK_LINKS) {
      const chunk = pending.slice(from, from + CHUNK_LINKS);
      await this.options.store.import(this.tenant, async (tx) => {
        for (const { relation, from, to, isOptional, where } of chunk) {
          const source = await this.ownerOf(tx, from);
          const target = await this.ownerOf(tx, to);
          if (source !== undefined && target !== undefined) {
            writeLink(tx, relation, source, target);
          } else if (!isOptional) throw missing(where, source === undefined ? from : to);
        }
      });
    }
  }
}

function writeLink(tx: Writer, relation: string, source: number, target: number): void {
  if (relation === CONNECTION) tx.connect(source, target);
  else tx.link(relation, source, target);
}

function missing(where: string, { sets, id }: EntityName): SeedError {
  return new SeedError(`${where}: there is no ${sets[0]}('${id}').`);
}
