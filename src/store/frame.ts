import type { Dialect } from './dialect.ts';
import { WORD_INDEX } from './known/word-index.ts';

/**
 * The frame: tables that every store has, whatever its model. A migration, once released, is never
 * changed; a new one is added below it. Each gives the statements of one step.
 */
export const frameMigrations: readonly ((dialect: Dialect) => readonly string[])[] = [
  ({ integer, text, keyText, numbered, changeColumns }) => [
    `CREATE TABLE kith_sequence (name ${text} PRIMARY KEY, next ${integer} NOT NULL)`,
    `INSERT INTO kith_sequence (name, next) VALUES ('owner', 1)`,
    `CREATE TABLE kith_tenant (
      num ${integer} PRIMARY KEY, id ${keyText} NOT NULL UNIQUE,
      display_name ${text} NOT NULL, domains ${text} NOT NULL)`,
    // The layout of a set's table as the store last brought it up to date.
    `CREATE TABLE kith_layout (set_name ${keyText} PRIMARY KEY, fingerprint ${text} NOT NULL)`,
    `CREATE TABLE kith_counter (
      tenant ${integer} NOT NULL, set_name ${keyText} NOT NULL, total ${integer} NOT NULL,
      PRIMARY KEY (tenant, set_name))`,
    // What root entities contain: one person's rows lie together.
    `CREATE TABLE kith_part (
      tenant ${integer} NOT NULL, owner ${integer} NOT NULL, path ${keyText} NOT NULL,
      key ${keyText} NOT NULL, version ${integer} NOT NULL, doc ${text} NOT NULL,
      PRIMARY KEY (tenant, owner, path, key))`,
    `CREATE TABLE kith_secret (
      tenant ${integer} NOT NULL, owner ${integer} NOT NULL, name ${keyText} NOT NULL,
      value ${text} NOT NULL, PRIMARY KEY (tenant, owner, name))`,
    // What every process of a store shares beside data, such as the signing key.
    `CREATE TABLE kith_kept (name ${keyText} PRIMARY KEY, value ${text} NOT NULL)`,
    `CREATE TABLE kith_link (
      tenant ${integer} NOT NULL, relation ${keyText} NOT NULL,
      source ${integer} NOT NULL, target ${integer} NOT NULL,
      PRIMARY KEY (tenant, relation, source, target))`,
    `CREATE INDEX kith_link_back ON kith_link (tenant, relation, target, source)`,
    `CREATE TABLE kith_change (
      num ${numbered}, ${changeColumns} tenant ${integer} NOT NULL, set_name ${keyText} NOT NULL,
      owner ${integer} NOT NULL, path ${keyText} NOT NULL, key ${keyText} NOT NULL,
      kind ${text} NOT NULL, names ${text} NOT NULL, at ${integer} NOT NULL)`,
    `CREATE INDEX kith_change_tenant ON kith_change (tenant, num)`,
  ],
  // What compiled queries call.
  ({ functions }) => functions,
  // Media streams, whose bytes are kept as blobs.
  ({ integer, text, keyText }) => [
    `CREATE TABLE kith_media (
      tenant ${integer} NOT NULL, owner ${integer} NOT NULL, path ${keyText} NOT NULL,
      key ${keyText} NOT NULL, name ${keyText} NOT NULL, blob ${text} NOT NULL,
      content_type ${text} NOT NULL, length ${integer} NOT NULL,
      PRIMARY KEY (tenant, owner, path, key, name))`,
  ],
  // What the authority keeps until a time.
  ({ integer, text, keyText }) => [
    `CREATE TABLE kith_grant (
      kind ${keyText} NOT NULL, key ${keyText} NOT NULL, subject ${keyText} NOT NULL,
      family ${keyText} NOT NULL, value ${text} NOT NULL, expires_at ${integer} NOT NULL,
      version ${integer} NOT NULL, PRIMARY KEY (kind, key))`,
    `CREATE INDEX kith_grant_subject ON kith_grant (subject, kind)`,
    `CREATE INDEX kith_grant_family ON kith_grant (family)`,
    `CREATE INDEX kith_grant_expires ON kith_grant (expires_at)`,
  ],
  // Change events in the order in which they are read.
  ({ changeOrder }) => [
    'DROP INDEX kith_change_tenant',
    `CREATE INDEX kith_change_order ON kith_change (tenant, ${changeOrder.join(', ')})`,
  ],
  // What queries for places call.
  ({ placeFunctions }) => placeFunctions,
  // Which blobs are used, and of which entities something is still to be made.
  ({ integer, text, keyText }) => [
    'CREATE INDEX kith_media_blob ON kith_media (blob)',
    `CREATE TABLE kith_task (
      tenant ${integer} NOT NULL, owner ${integer} NOT NULL, path ${keyText} NOT NULL,
      key ${keyText} NOT NULL, set_name ${text} NOT NULL,
      PRIMARY KEY (tenant, owner, path, key))`,
  ],
  // With whom each person is connected, in one row: graph/packed-neighbours.ts.
  ({ integer, bytes }) => [
    `CREATE TABLE kith_connected (
      tenant ${integer} NOT NULL, owner ${integer} NOT NULL, packed ${bytes} NOT NULL,
      PRIMARY KEY (tenant, owner))`,
  ],
  // Before this format the store packs what earlier ones kept as links: graph/pack-links.ts.
  () => [],
  // The words by which people are found, best first, and words that are nearly the same.
  ({ integer, keyText, keyedTable }) => [
    `CREATE TABLE kith_known (
      tenant ${integer} NOT NULL, owner ${integer} NOT NULL, part ${integer} NOT NULL,
      word ${keyText} NOT NULL, rank ${integer} NOT NULL, audience ${integer} NOT NULL,
      home ${keyText}, PRIMARY KEY (tenant, owner, part, word))${keyedTable}`,
    WORD_INDEX,
    `CREATE TABLE kith_near (
      tenant ${integer} NOT NULL, variant ${keyText} NOT NULL, token ${keyText} NOT NULL,
      PRIMARY KEY (tenant, variant, token))${keyedTable}`,
  ],
  // Change events in one tree, where the database can.
  ({ changeTable }) => changeTable,
];
