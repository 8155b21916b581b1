import type { Model } from '#model/model.ts';
import type { Document } from '#plan/document.ts';
import type { MakeReady, ReadyEntity } from '#plan/load.ts';
import type { Dialect } from './dialect.ts';
import { layOut, type SetLayout } from './layout.ts';
import { PackedTexts } from './packed-texts.ts';
import { renderRow, renderText, type WrittenRow } from './render-row.ts';
import type { StoredText } from './stored-text.ts';
import { typeAt } from './stored-type.ts';

/** A root entity of which nothing but what is written is held. */
export interface ReadyRoot extends ReadyEntity {
  readonly row: WrittenRow;
}

/** What a root entity contains, likewise. */
export interface ReadyPart extends ReadyEntity {
  readonly doc: StoredText;
}

/** Makes entities ready for a store whose sets are laid out so. */
export function readyMaker(
  source: {
    readonly model: Model;
    readonly dialect: Dialect;
    readonly layouts: ReadonlyMap<string, SetLayout>;
  },
  packed = new PackedTexts(),
): MakeReady {
  return (set, path, members: Document): ReadyRoot | ReadyPart => {
    if (path !== '') {
      const { text } = renderText(typeAt(source.model, set, path), source.model, members);
      return { set, path, doc: packed.add(text) };
    }
    const row = renderRow(source, source.layouts.get(set)!, members);
    return { set, path, row: { ...row, doc: packed.add(row.doc) } };
  };
}

/** Makes entities ready on a thread that has no store. */
export interface ThreadMaker {
  readonly makeReady: MakeReady;
  /** What holds the texts of the entities since the last call: it moves to another thread with them. */
  takePacks(): ArrayBuffer[];
}

/** The same on a thread that has no store: for one that keeps the model in the database named. */
export async function openReadyMaker(model: Model, name: Dialect['name']): Promise<ThreadMaker> {
  const dialect =
    name === 'sqlite'
      ? (await import('./sqlite-dialect.ts')).sqliteDialect
      : (await import('./postgres-dialect.ts')).postgresDialect;
  const packs: ArrayBuffer[] = [];
  const packed = new PackedTexts((pack) => packs.push(pack));
  const makeReady = readyMaker({ model, dialect, layouts: layOut(model) }, packed);
  const takePacks = () => {
    packed.leave();
    return packs.splice(0);
  };
  return { makeReady, takePacks };
}
