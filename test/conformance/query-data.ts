import type { Tenant } from '#plan/caller.ts';
import type { Document, Value } from '#plan/document.ts';
import type { LoadingStore } from '#plan/load.ts';

/** Values that appear in rows and in expressions, so that they often meet. */
export const pools = {
  text: [
    ...[
      '',
      'a',
      'A',
      'ab',
      'Ab c',
      'Straße',
      'STRASSE',
      'strasse',
      'Ångström',
      'zz',
      'ZZ',
      'Zebra',
    ],
    ...[
      'A\u030angstro\u0308m',
      'naïve',
      'ΟΔΥΣΣΕΥΣ',
      'οδυσσευς',
      'ﬁn',
      'FIN',
      '😀x',
      'x😀',
      '\u{1f600}',
    ],
    ...[
      ' pad ',
      '\u00a0pad\u2003',
      "it's",
      'a"b',
      'a\\b',
      'nul\u0000l',
      '\\u0000',
      '\\\u0000\u0000',
    ],
    ...[
      'İstanbul',
      'ǅ',
      'Ǆ',
      'null',
      '%_',
      '50%',
      'line\nbreak',
      '\ud7ff',
      '\ue000',
      '{"a":1}',
      `Long ${'x'.repeat(500)}`,
      '\u{1f600}'.repeat(250),
    ],
    ...['12', '-3.50', '2020-02-29', 'true', 'red', '\uffff', 'aa-11', 'x1y2', 'e\u0301'],
  ],
  int: [-3, -1, 0, 1, 2, 3, 5, 7, 12, 100, 2_147_483_647, -2_147_483_648],
  big: [0, 5, -7, '9007199254740993', '-9223372036854775808', '9223372036854775807', 12],
  decimal: [
    ...[0, 1.5, -2.25, '12345678901234567890.123456789', '0.1', 0.1, 3, '-0.000000000000000000001'],
    ...['1e21', 1e21, '2.50', 2.5, -2.5, 0.5, '99999999999999999999', 12],
  ],
  double: [
    0.1,
    0,
    1e308,
    5e-324,
    'INF',
    '-INF',
    'NaN',
    2.5,
    -2.5,
    3,
    0.30000000000000004,
    -7.25,
    1e21,
  ],
  instant: [
    ...['2020-02-29T12:00:00Z', '2020-02-29T13:30:00+01:30', '2020-02-29T12:00:00.0000001Z'],
    ...['0001-01-01T00:00:00Z', '9999-12-31T23:59:59.9999999Z', '2019-12-31T23:59:59.5-08:00'],
    ...['2000-01-01T00:00+14:00', '2020-03-01T00:00:00.123456789Z', '1969-07-20T20:17:40Z'],
  ],
  date: ['2020-02-29', '2020-03-01', '0001-01-01', '9999-12-31', '1999-12-31', '-0044-03-15'],
  time: ['00:00', '12:30:15', '23:59:59.9999999', '12:30:15.5', '07:05:00.123456789'],
  duration: ['PT0S', 'P1D', '-P1DT2H', 'PT1H30M', 'PT0.0000001S', 'P400D', 'PT90M', '-PT1.5S'],
  guid: ['0a1b2c3d-0000-4000-8000-00000000000a', '0A1B2C3D-0000-4000-8000-00000000000B'],
  colour: ['red', 'green', 'blue'],
  access: ['read', 'write', 'read,write', 'write,read', 'read,write,share', 'share'],
  binary: ['AAEC', 'AA==', 'AA', '_-8=', '_-8'],
} as const satisfies Readonly<Record<string, readonly Value[]>>;

/** A contained entity of the test data, its place below its owner. */
export interface Part {
  readonly path: string;
  readonly key: string;
  readonly members: Document;
}

/** An entity of the test data, and what it contains. */
export interface Row {
  readonly set: 'items' | 'makers';
  readonly members: Document;
  readonly parts: readonly Part[];
}

/** The test data: rows, and links between them by their places in the list. */
export interface World {
  readonly rows: readonly Row[];
  readonly links: readonly (readonly [relation: string, source: number, target: number])[];
}

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** As many items as asked for, a tenth as many makers, and links between them. */
export function makeWorld(items: number): World {
  const maker = new RowMaker();
  const makers = Math.ceil(items / 10);
  const rows = [
    ...Array.from({ length: items }, (_, number) => maker.item(number)),
    ...Array.from({ length: makers }, (_, number) => maker.maker(number)),
  ];
  const links = new Map<string, readonly [string, number, number]>();
  for (let source = 0; source < items; source++) {
    // A maker, or another item.
    if (maker.happens(0.7)) {
      const target = maker.happens(0.7) ? items + maker.below(makers) : maker.below(items);
      links.set(`maker ${source}`, ['maker', source, target]);
    }
    for (let friends = maker.below(3); friends > 0; friends--) {
      const target = maker.below(items);
      links.set(`friends ${source} ${target}`, ['friends', source, target]);
    }
  }
  return { rows, links: [...links.values()] };
}

/** Makes rows of values from the pools, a fifth of them null. */
class RowMaker {
  private readonly random = makeRandom(7);

  below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  happens(share: number): boolean {
    return this.random() < share;
  }

  item(number: number): Row {
    const descriptions = ['hello World', 'HelloWorld again', 'x1y2', 'room-5 zz', 'Straße'];
    const places = [this.place(), this.place()].filter((each) => each !== null);
    const members = {
      id: `item${String(number).padStart(4, '0')}`,
      title: this.maybe(pools.text),
      displayName: this.maybe(pools.text),
      description: this.maybe(descriptions),
      code: this.maybe(pools.text),
      flag: this.maybe([true, false]),
      done: this.maybe([true, false]),
      ...this.numbers(),
      ...this.moments(),
      guid: this.maybe(pools.guid),
      colour: this.maybe(pools.colour),
      access: this.maybe(pools.access),
      blob: this.maybe(pools.binary),
      tags: this.some(pools.text),
      scores: this.some(pools.int),
      prices: this.some(pools.decimal),
      place: this.place(),
      places,
      extra: this.happens(0.2) ? null : this.extra(),
    };
    return { set: 'items', members, parts: this.parts() };
  }

  maker(number: number): Row {
    const members = {
      id: `maker${String(number).padStart(4, '0')}`,
      title: this.maybe(pools.text),
      rank: this.maybe(pools.int),
      country: this.maybe(pools.text),
    };
    return { set: 'makers', members, parts: [] };
  }

  private pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  private maybe<T>(list: readonly T[]): T | null {
    return this.happens(0.2) ? null : this.pick(list);
  }

  private some<T>(list: readonly T[]): T[] {
    return Array.from({ length: this.below(4) }, () => this.pick(list));
  }

  private numbers(): Document {
    return {
      count: this.maybe(pools.int),
      small: this.maybe([1, 2, 3, -5]),
      big: this.maybe(pools.big),
      price: this.maybe(pools.decimal),
      rate: this.maybe(pools.double),
    };
  }

  private moments(): Document {
    return {
      made: this.maybe(pools.instant),
      seen: this.maybe(pools.instant),
      day: this.maybe(pools.date),
      clock: this.maybe(pools.time),
      span: this.maybe(pools.duration),
    };
  }

  private place(): Document | null {
    if (this.happens(0.2)) return null;
    const [depth, note] = [this.maybe(pools.int), this.maybe(pools.text)];
    const inner = { '@odata.type': 'test.inner', depth, note };
    const members = {
      city: this.maybe(pools.text),
      lat: this.maybe(pools.double),
      since: this.maybe(pools.instant),
      marks: this.some(pools.text),
      inner: this.happens(0.3) ? null : inner,
    };
    if (this.happens(0.6)) return { '@odata.type': 'test.place', ...members };
    return { '@odata.type': 'test.farPlace', ...members, distance: this.maybe(pools.int) };
  }

  private extra(): Document {
    const loose = this.pick<Value>([null, 'a', 'A', 5, 2.5, true, false, 'zz']);
    return { '@odata.type': 'test.bag', size: this.maybe(pools.int), loose };
  }

  private parts(): Part[] {
    const parts: Part[] = [];
    if (this.happens(0.6)) parts.push({ path: 'box', key: '', members: this.part('box') });
    for (let number = this.below(4); number > 0; number--) {
      const key = `p${number}`;
      parts.push({ path: 'parts', key, members: this.part(key) });
      for (let label = this.below(3); label > 0; label--) {
        const members = { id: `l${label}`, text: this.maybe(pools.text) };
        parts.push({ path: 'parts/labels', key: `${key}/l${label}`, members });
      }
    }
    return parts;
  }

  private part(id: string): Document {
    const [label, weight] = [this.maybe(pools.text), this.maybe(pools.int)];
    return { id, label, weight, heavy: this.maybe(pools.decimal) };
  }
}

/** Writes the data into a tenant; gives the rows' surrogates, in their order. */
export function writeWorld(store: LoadingStore, tenant: Tenant, world: World): Promise<number[]> {
  return store.import(tenant, async (tx) => {
    const owners: number[] = [];
    for (const { set, members, parts } of world.rows) {
      const owner = await tx.insert(set, members);
      owners.push(owner);
      for (const { path, key, members: inside } of parts) {
        tx.write({ set, owner, path, key }, inside, undefined, []);
      }
    }
    for (const [relation, source, target] of world.links) {
      tx.link(relation, owners[source]!, owners[target]!);
    }
    return owners;
  });
}
