import type { EntityType } from '#model/model.ts';
import type { Address } from '#plan/store.ts';
import type { SqlValue, Statement } from '../database.ts';
import type { Dialect } from '../dialect.ts';
import { parseText, type StoredText } from '../stored-text.ts';
import type { KeptWords } from './kept-words.ts';
import {
  forgetKnown,
  forgetPart,
  hideKnown,
  isKnownBy,
  type KnownChange,
  keepPart,
  keepUser,
  writeKnown,
} from './write-known.ts';

/**
 * What one transaction changes of the words by which people are found. They are worked out when it
 * is committed, and only where words are kept.
 */
export class KnownWrites {
  private readonly tenant: number;
  private readonly changes: (() => KnownChange)[] = [];

  constructor(tenant: number) {
    this.tenant = tenant;
  }

  /** Of a user, by the text of the document. */
  keepUser(owner: number, text: StoredText, isNew: boolean): void {
    const at = this.at(owner);
    this.changes.push(() => keepUser(at, parseText(text), isNew));
  }

  /** Of what somebody contains, if people are found by it. */
  keepPart(
    { set, owner, path, key }: Address,
    type: EntityType,
    part: { readonly text: StoredText; readonly isNew: boolean },
  ): void {
    if (!isKnownBy(set, path)) return;
    const at = this.at(owner);
    const { text, isNew } = part;
    this.changes.push(() => {
      return keepPart(at, { path, key }, type, { members: parseText(text), isNew });
    });
  }

  forget(address: Address): void {
    const at = this.at(address.owner);
    const isWhole = address.path === '';
    this.changes.push(() => (isWhole ? { forgets: forgetKnown(at) } : forgetPart(at, address)));
  }

  hide(owner: number, isHidden: boolean): void {
    const at = this.at(owner);
    this.changes.push(() => ({ forgets: hideKnown(at, isHidden) }));
  }

  /** Where nobody has been searched yet, nothing but that this still is so. */
  statements(dialect: Dialect, words: KeptWords): Statement[] {
    if (this.changes.length === 0) return [];
    if (!words.areKept) return words.guard ? [words.guard] : [];
    return writeKnown(
      dialect,
      this.changes.map((make) => make()),
    );
  }

  private at(owner: SqlValue) {
    return { tenant: this.tenant, owner };
  }
}
