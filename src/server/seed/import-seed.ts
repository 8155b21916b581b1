import { findSecrets, type HashSecret, withoutSecrets } from '#engine/secrets.ts';
import { newId } from '#ids.ts';
import type { Model } from '#model/model.ts';
import type { Tenant } from '#plan/caller.ts';
import type { Store, Writer } from '#plan/store.ts';
import { decodeLine, type SeedEntity } from './decode-line.ts';
import { SeedError, type SeedLine } from './read-seed.ts';

/** Where a seed goes, and how. */
export interface ImportOptions {
  readonly store: Store;
  /** The model with everything that is stored. */
  readonly model: Model;
  readonly hashSecret: HashSecret;
  /** Whether what the seed's tenants held before is removed, with the first lines' commit. */
  readonly clears: boolean;
  /** The tenant of lines that stand before any tenant line. */
  readonly defaultTenant: Omit<Tenant, 'num'>;
}

/** Lines that commit together. A small company loads, and is reset, in one transaction. */
const CHUNK_LINES = 4000;
/** Links kept back until what they name has come. */
const CHUNK_LINKS = 20_000;

/** A link between two root entities of which either may still be to come. */
interface PendingLink {
  readonly relation: string;
  readonly from: EntityName;
  readonly to: EntityName;
  readonly where: string;
}

interface EntityName {
  readonly set: string;
  readonly id: string;
}

/** Loads a seed; gives how many lines it had. Throws a SeedError for the first bad line. */
export async function importSeed(
  lines: AsyncIterable<SeedLine> | Iterable<SeedLine>,
  options: ImportOptions,
): Promise<number> {
  const importer = new SeedImporter(options);
  for await (const line of lines) await importer.take(line);
  return importer.finish();
}

class SeedImporter {
  private readonly options: ImportOptions;
  private readonly cleared = new Set<number>();
  private tenant: Tenant | undefined;
  private chunk: SeedEntity[] = [];
  private links: PendingLink[] = [];
  private owners = new Map<string, number>();
  private lines = 0;

  constructor(options: ImportOptions) {
    this.options = options;
  }

  async take(line: SeedLine): Promise<void> {
    this.lines += 1;
    const { tenant } = line.value as { tenant?: Partial<Omit<Tenant, 'num'>> };
    if (tenant !== undefined) {
      if (this.tenant || this.chunk.length > 0) await this.flush();
      await this.resolveLinks();
      this.owners = new Map();
      this.tenant = await this.findTenant(tenant, line.where);
      return;
    }
    this.chunk.push(decodeLine(this.options.model, line));
    if (this.chunk.length >= CHUNK_LINES) await this.flush();
  }

  async finish(): Promise<number> {
    await this.flush();
    await this.resolveLinks();
    return this.lines;
  }

  private async findTenant(written: Partial<Omit<Tenant, 'num'>>, where: string): Promise<Tenant> {
    const { id, displayName = '', domains = [] } = written;
    if (typeof id !== 'string') throw new SeedError(`${where} has a tenant without an id.`);
    const { store } = this.options;
    return (await store.findTenant(id)) ?? store.createTenant({ id, displayName, domains });
  }

  private async flush(): Promise<void> {
    const entities = this.chunk;
    this.chunk = [];
    const { store, clears, defaultTenant } = this.options;
    this.tenant ??= await this.findTenant(defaultTenant, 'the default');
    const isFirst = !this.cleared.has(this.tenant.num);
    if (entities.length === 0 && !(isFirst && clears)) return;
    this.cleared.add(this.tenant.num);
    const hashes = await Promise.all(entities.map((entity) => this.hashes(entity)));
    const links = [...this.links, ...entities.flatMap(linksOf)];
    this.links = await store.import(this.tenant, async (tx) => {
      if (clears && isFirst) tx.clear();
      for (const [index, entity] of entities.entries()) {
        await this.write(tx, entity, hashes[index]!);
      }
      return this.writeLinks(tx, links);
    });
    if (this.links.length > CHUNK_LINKS) await this.resolveLinks();
  }

  /** Writes the links whose ends this import has brought, and gives back the others. */
  private writeLinks(tx: Writer, links: readonly PendingLink[]): PendingLink[] {
    return links.filter(({ relation, from, to }) => {
      const source = this.owners.get(`${from.set}/${from.id}`);
      const target = this.owners.get(`${to.set}/${to.id}`);
      if (source === undefined || target === undefined) return true;
      tx.link(relation, source, target);
      return false;
    });
  }

  private async write(
    tx: Writer,
    entity: SeedEntity,
    hashes: readonly { name: string; value: string }[],
  ): Promise<void> {
    const { set, path, key, ownerId } = entity;
    const members = withoutSecrets(entity.members, findSecrets(entity.change));
    let owner: number;
    if (path === '') {
      owner = await tx.insert(set, completeMembers(set, members));
      this.owners.set(`${set}/${ownerId}`, owner);
    } else {
      owner = await this.ownerOf(tx, set, ownerId, entity.where);
      tx.write({ set, owner, path, key }, members, undefined, []);
    }
    for (const { name, value } of hashes) tx.writeSecret(owner, name, value);
  }

  private async hashes(entity: SeedEntity): Promise<{ name: string; value: string }[]> {
    const secrets = findSecrets(entity.change);
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

  private async ownerOf(
    tx: Pick<Writer, 'find'>,
    set: string,
    id: string,
    where: string,
  ): Promise<number> {
    const known = this.owners.get(`${set}/${id}`);
    if (known !== undefined) return known;
    const found = await tx.find(set, 'id', id, 'nothing');
    if (!found) throw new SeedError(`${where}: there is no ${set}('${id}').`);
    return found.owner;
  }

  /** Writes the links that are left; their ends may have stood in the store before. */
  private async resolveLinks(): Promise<void> {
    const pending = this.links;
    this.links = [];
    if (!this.tenant) return;
    for (let from = 0; from < pending.length; from += CHUNK_LINKS) {
      const chunk = pending.slice(from, from + CHUNK_LINKS);
      await this.options.store.import(this.tenant, async (tx) => {
        for (const { relation, from, to, where } of chunk) {
          const source = await this.ownerOf(tx, from.set, from.id, where);
          const target = await this.ownerOf(tx, to.set, to.id, where);
          tx.link(relation, source, target);
        }
      });
    }
  }
}

/** The links that an entity names, and those between the two members of a connection. */
function linksOf({ set, ownerId, links, members, where }: SeedEntity): PendingLink[] {
  const self = { set, id: ownerId };
  const named = links.map(({ relation, isInverse, ...other }): PendingLink => {
    const [from, to] = isInverse ? [other, self] : [self, other];
    return { relation, from, to, where };
  });
  if (set !== 'connections') return named;
  const [one, other] = (members.members as string[]).map((id) => ({ set: 'users', id }));
  if (!one || !other) throw new SeedError(`${where}: a connection has two members.`);
  const relation = 'connection';
  return [
    { relation, from: one, to: other, where },
    { relation, from: other, to: one, where },
  ];
}

/** Members that the store looks entities up by and a seed need not spell out. */
function completeMembers(set: string, members: SeedEntity['members']): SeedEntity['members'] {
  if (set !== 'invitations') return members;
  const pair = `${members.inviter}>${members.invitee}`;
  return { ...members, pair, validationToken: members.validationToken ?? newId() };
}
