import type { PrimitiveName } from '#model/model-primitives.ts';

/** The kinds of values that expressions are made of. */
export const kinds = [
  ...['text', 'int', 'big', 'decimal', 'double', 'boolean', 'instant', 'date', 'time'],
  ...['duration', 'guid', 'colour', 'access', 'binary'],
] as const;
/** One of them. */
export type Kind =
  | 'text'
  | 'int'
  | 'big'
  | 'decimal'
  | 'double'
  | 'boolean'
  | 'instant'
  | 'date'
  | 'time'
  | 'duration'
  | 'guid'
  | 'colour'
  | 'access'
  | 'binary';

/** The type of a kind's values. */
export const typeNames: Readonly<Record<Kind, PrimitiveName | `test.${string}`>> = {
  text: 'Edm.String',
  int: 'Edm.Int32',
  big: 'Edm.Int64',
  decimal: 'Edm.Decimal',
  double: 'Edm.Double',
  boolean: 'Edm.Boolean',
  instant: 'Edm.DateTimeOffset',
  date: 'Edm.Date',
  time: 'Edm.TimeOfDay',
  duration: 'Edm.Duration',
  guid: 'Edm.Guid',
  colour: 'test.colour',
  access: 'test.access',
  binary: 'Edm.Binary',
};

/** What a variable leads to: its type, and the paths that give one value of each kind. */
export interface Shape {
  readonly start: string;
  readonly paths: Readonly<Partial<Record<Kind, readonly string[]>>>;
  readonly collections: Readonly<Record<string, string>>;
}

/** What variables may stand for. */
export const shapes: Readonly<Record<string, Shape>> = {
  item: {
    start: 'test.item',
    paths: {
      text: [
        ...['displayName', 'code', 'title', 'description', 'place/city', 'place/inner/note', 'id'],
        ...['box/label', 'maker/title', 'maker/test.maker/country', 'maker/test.item/displayName'],
        ...["parts/'p1'/label"],
      ],
      int: [
        ...['count', 'small', 'place/inner/depth', 'place/test.farPlace/distance', 'extra/size'],
        ...['box/weight', 'maker/test.maker/rank'],
      ],
      big: ['big'],
      decimal: ['price', 'box/heavy'],
      double: ['rate', 'place/lat'],
      boolean: ['flag', 'done'],
      instant: ['made', 'seen', 'place/since'],
      date: ['day'],
      time: ['clock'],
      duration: ['span'],
      guid: ['guid'],
      colour: ['colour'],
      access: ['access'],
      binary: ['blob'],
    },
    collections: {
      tags: 'text',
      scores: 'int',
      prices: 'decimal',
      'place/marks': 'text',
      places: 'place',
      parts: 'part',
      friends: 'item',
      fans: 'item',
      'maker/test.item/friends': 'item',
      "parts/'p1'/labels": 'label',
    },
  },
  place: {
    start: 'test.place',
    paths: {
      text: ['city', 'inner/note'],
      int: ['inner/depth', 'test.farPlace/distance'],
      double: ['lat'],
      instant: ['since'],
    },
    collections: { marks: 'text' },
  },
  part: {
    start: 'test.part',
    paths: { text: ['label', 'id'], int: ['weight'], decimal: ['heavy'] },
    collections: { labels: 'label' },
  },
  label: { start: 'test.label', paths: { text: ['text'] }, collections: {} },
  text: { start: 'Edm.String', paths: { text: [''] }, collections: {} },
  int: { start: 'Edm.Int32', paths: { int: [''] }, collections: {} },
  decimal: { start: 'Edm.Decimal', paths: { decimal: [''] }, collections: {} },
};
