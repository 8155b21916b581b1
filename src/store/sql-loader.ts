import type { EntityType } from '#model/model.ts';
import type { Loader, ReadyEntity } from '#plan/load.ts';
import type { WrittenRow } from './render-row.ts';
import { SqlWriter, type WriterSource } from './sql-writer.ts';
import type { StoredText } from './stored-text.ts';

/** A root entity of which nothing but what is written is held. */
export class ReadyRoot implements ReadyEntity {
  readonly path = '';
  readonly set: string;
  readonly row: WrittenRow;

  constructor(set: string, row: WrittenRow) {
    this.set = set;
    this.row = row;
  }
}

/** What a root entity contains, likewise. */
export class ReadyPart implements ReadyEntity {
  readonly set: string;
  readonly path: string;
  readonly type: EntityType;
  readonly doc: StoredText;

  constructor(place: { set: string; path: string }, type: EntityType, doc: StoredText) {
    this.set = place.set;
    this.path = place.path;
    this.type = type;
    this.doc = doc;
  }
}

/** One run of a transaction's work that loads data. */
export class SqlLoader extends SqlWriter implements Loader {
  constructor(source: WriterSource, tenant: number) {
    super(source, tenant, false);
  }

  addRoot(ready: ReadyEntity): Promise<number> {
    if (!(ready instanceof ReadyRoot)) throw new Error('A root entity is made ready as one.');
    return this.insertRow(ready.set, ready.row);
  }

  addPart(ready: ReadyEntity, owner: number, key: string): void {
    if (!(ready instanceof ReadyPart)) throw new Error('What is contained is made ready as such.');
    const { set, path, type, doc } = ready;
    this.insertPart({ set, owner, path, key }, type, doc);
  }
}
