import type { Statement } from '../database.ts';
import { type Moment, recordLinked } from '../record-change.ts';
import { packChanges } from './packed-neighbours.ts';

/** The set of those who may be connected. */
export const PEOPLE = 'users';
/** The relation that events of connections name; no navigation leads along it. */
export const CONNECTION = 'kith.connection';

/** What a commit changes in the graph of a tenant: people are named by their surrogates. */
export type GraphChange =
  | {
      readonly kind: 'edge';
      readonly one: number;
      readonly other: number;
      readonly isConnected: boolean;
    }
  /** Somebody is in the directory no more, or again. */
  | { readonly kind: 'presence'; readonly person: number }
  /** All that was is gone. */
  | { readonly kind: 'cleared' };

/** How the writes of one transaction are recorded. */
export interface WriteNotes extends Moment {
  /** Whether an event says each change. */
  readonly records: boolean;
  /** Whether other processes follow the store. */
  readonly isShared: boolean;
}

/** What one transaction changes among connections. */
export class ConnectionWrites {
  readonly changes: GraphChange[] = [];
  /** By person, of each other whether they are connected. */
  private readonly people = new Map<number, Map<number, boolean>>();

  set(one: number, other: number, isConnected: boolean): void {
    if (one === other) throw new Error('Nobody is connected with themselves.');
    this.changes.push({ kind: 'edge', one, other, isConnected });
    this.of(one).set(other, isConnected);
    this.of(other).set(one, isConnected);
  }

  note(change: GraphChange): void {
    this.changes.push(change);
  }

  /** Statements that append to the row of each person, in an order that is everybody's. */
  statements(notes: WriteNotes): Statement[] {
    const { tenant, dialect } = notes;
    const ascending = [...this.people].sort(([one], [other]) => one - other);
    const appended = dialect.appendBytes('kith_connected.packed', 'excluded.packed');
    const rows = ascending.map(([person, changes]): Statement => {
      return {
        sql: `INSERT INTO kith_connected (tenant, owner, packed) VALUES (?, ?, ?)
          ON CONFLICT (tenant, owner) DO UPDATE SET packed = ${appended}`,
        params: [tenant, person, packChanges(changes)],
        expects: 'one',
      };
    });
    return [...this.events(notes), ...rows];
  }

  /** An event for each edge; what is imported into a store of many processes has one for all. */
  private events({ records, isShared, ...moment }: WriteNotes): Statement[] {
    const edges = this.changes.filter((each) => each.kind === 'edge');
    if (edges.length === 0 || !(records || isShared)) return [];
    const relation = CONNECTION;
    if (!records) return [recordLinked(moment, { relation, source: 0, target: 0 }, true)];
    return edges.map(({ one, other, isConnected }) =>
      recordLinked(moment, { relation, source: one, target: other }, isConnected),
    );
  }

  private of(person: number): Map<number, boolean> {
    const known = this.people.get(person) ?? new Map<number, boolean>();
    this.people.set(person, known);
    return known;
  }
}
