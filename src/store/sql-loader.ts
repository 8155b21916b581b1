import type { Loader, ReadyEntity } from '#plan/load.ts';
import type { ReadyPart, ReadyRoot } from './ready-entities.ts';
import { SqlWriter, type WriterSource } from './sql-writer.ts';

/** One run of a transaction's work that loads data. */
export class SqlLoader extends SqlWriter implements Loader {
  constructor(source: WriterSource, tenant: number) {
    super(source, tenant, false);
  }

  addRoot(ready: ReadyEntity): Promise<number> {
    if (ready.path !== '') throw new Error('What is contained is made ready as such.');
    return this.insertRow(ready.set, (ready as ReadyRoot).row);
  }

  addPart(ready: ReadyEntity, owner: number, key: string): void {
    const { set, path } = ready;
    if (path === '') throw new Error('A root entity is made ready as one.');
    const type = this.writerSource.typeAt(set, path);
    this.insertPart({ set, owner, path, key }, type, (ready as ReadyPart).doc);
  }
}
