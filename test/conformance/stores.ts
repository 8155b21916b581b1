import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import type { Clock } from '#clock.ts';
import { compileModel } from '#model/compile.ts';
import type { Model } from '#model/model.ts';
import { entityType, many, one, type TypeDeclaration, toMany, toOne } from '#model/schema.ts';
import type { Tenant } from '#plan/caller.ts';
import type { Store } from '#plan/store.ts';
import { type OpenedStore, openStore } from '#store/open-store.ts';
import { createDatabase } from '../postgres.ts';
import { rememberDatabase } from './settled-changes.ts';

/** A place for a store, which can be opened again and again. */
export interface StorePlace extends AsyncDisposable {
  /** Its URL; undefined for SQLite in the folder. */
  readonly url: string | undefined;
  readonly dataDir: string;
  open(model?: Model): Promise<OpenedStore>;
  /** Runs SQL behind the back of a store that is closed. */
  execute(sql: string): Promise<void>;
}

/** The two databases, each with a way to make an empty place on it. */
export const databases: readonly { name: string; place: () => Promise<StorePlace> }[] = [
  { name: 'SQLite', place: () => makePlace(undefined) },
  {
    name: 'PostgreSQL',
    place: async () => {
      const database = await createDatabase();
      return makePlace(database.url, () => database.drop());
    },
  },
];

export const clock: Clock = { now: () => 1_700_000_000_000 };

const shelf: readonly TypeDeclaration[] = [
  entityType('book', {
    namespace: 'test',
    key: ['id'],
    defaultSet: { 'v1.0': ['id', 'title'] },
    properties: {
      id: one('Edm.String', { nullable: false }),
      title: one('Edm.String', { index: 'ordered' }),
      shelfmark: one('Edm.String', { index: 'unique' }),
      printedAt: one('Edm.DateTimeOffset', { index: 'ordered' }),
      pages: one('Edm.Int32'),
      languages: many('Edm.String'),
    },
    navigation: {
      cover: toOne('test.cover', { contains: true }),
      chapters: toMany('test.chapter', { contains: true }),
    },
  }),
  entityType('cover', {
    namespace: 'test',
    key: ['id'],
    properties: { id: one('Edm.String', { nullable: false }), colour: one('Edm.String') },
  }),
  entityType('chapter', {
    namespace: 'test',
    key: ['id'],
    properties: { id: one('Edm.String', { nullable: false }), heading: one('Edm.String') },
  }),
];

/** A model that has nothing to do with people: books with a cover and chapters. */
export const libraryModel: Model = compileModel(
  shelf,
  { books: { type: 'test.book', collection: true, roots: [] } },
  'store',
);

/** The library as a later program declares it: one more property, one more index. */
export const laterLibraryModel: Model = compileModel(
  shelf.map((type) =>
    type.kind === 'entity' && type.name === 'book'
      ? {
          ...type,
          properties: {
            ...type.properties,
            pages: one('Edm.Int32', { index: 'ordered' }),
            binding: one('Edm.String', { index: 'ordered' }),
          },
        }
      : type,
  ),
  { books: { type: 'test.book', collection: true, roots: [] } },
  'store',
);

/** A tenant of its own for a test. */
export function makeTenant(store: Store, name: string): Promise<Tenant> {
  const id = `00000000-0000-4000-8000-${name.padStart(12, '0')}`;
  return store.createTenant({ id, displayName: name, domains: [`${name}.example`] });
}

async function makePlace(
  url: string | undefined,
  drop: () => Promise<void> = async () => {},
): Promise<StorePlace> {
  const dataDir = await mkdtemp(join(tmpdir(), 'kith-store-'));
  const onError = (error: Error) => {
    throw error;
  };
  return {
    url,
    dataDir,
    execute: (sql) => execute(url, dataDir, sql),
    open: async (model = libraryModel) =>
      rememberDatabase(await openStore({ url, dataDir, model, clock, onError }), url),
    async [Symbol.asyncDispose]() {
      await drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function execute(url: string | undefined, dataDir: string, sql: string): Promise<void> {
  if (url === undefined) {
    const database = new DatabaseSync(join(dataDir, 'kith.sqlite'));
    database.exec(sql);
    database.close();
    return;
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
