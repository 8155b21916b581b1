import type { EntityType, EnumType, PrimitiveName, PropertyType } from '#model/model.ts';
import type { Fragment } from './fragment.ts';

/**
 * How SQL carries a value: folded or plain text, a 64-bit integer, an exact decimal (NUMERIC on
 * PostgreSQL, sortable text on SQLite), or a binary float.
 */
export type Carrier = 'text' | 'integer' | 'exact' | 'float';

/** What a value is, where that decides how it compares and calculates. */
export type Kind =
  | 'null'
  | 'text'
  | 'boolean'
  | 'integer'
  | 'exact'
  | 'float'
  | 'instant'
  | 'date'
  | 'time'
  | 'duration'
  | 'enum'
  | 'binary'
  | 'structure'
  | 'untyped';

/** An index column, or a constant as one would keep it: a long text is cut and hashed. */
export interface IndexForm {
  readonly key: Fragment;
  /** A constant that is cut: good to be compared for equality, not for order. */
  readonly isCut: boolean;
}

/** A compiled expression that gives one value, or SQL's NULL for null. */
export interface Operand {
  readonly kind: Kind;
  readonly carrier: Carrier;
  /** The form in which the value is compared. */
  readonly key: Fragment;
  /** The form in which an index column keeps the value, where that is not the key itself. */
  readonly indexed: IndexForm | undefined;
  /**
   * The text that JSON carries; undefined where the value is not read but calculated. It is made
   * when it is asked for, since a row's document is only read where something needs it.
   */
  readonly text: (() => Fragment) | undefined;
  readonly enumeration: EnumType | undefined;
  /** Never null: comparing with it needs no care. */
  readonly isConstant: boolean;
  /** Reads a value of an unknown type as if it were of that kind; null where it is not. */
  readonly as: ((kind: Kind) => Operand) | undefined;
}

const primitiveKinds: Readonly<Partial<Record<PrimitiveName, Kind>>> = {
  'Edm.Binary': 'binary',
  'Edm.Boolean': 'boolean',
  'Edm.Byte': 'integer',
  'Edm.Date': 'date',
  'Edm.DateTimeOffset': 'instant',
  'Edm.Decimal': 'exact',
  'Edm.Double': 'float',
  'Edm.Duration': 'duration',
  'Edm.Guid': 'text',
  'Edm.Int16': 'integer',
  'Edm.Int32': 'integer',
  'Edm.Int64': 'integer',
  'Edm.SByte': 'integer',
  'Edm.Single': 'float',
  'Edm.String': 'text',
  'Edm.TimeOfDay': 'time',
  'Edm.PrimitiveType': 'untyped',
  'Edm.Untyped': 'untyped',
};

const carriers: Readonly<Record<Kind, Carrier>> = {
  null: 'text',
  text: 'text',
  boolean: 'integer',
  integer: 'integer',
  exact: 'exact',
  float: 'float',
  instant: 'integer',
  date: 'integer',
  time: 'integer',
  duration: 'exact',
  enum: 'text',
  binary: 'text',
  structure: 'text',
  untyped: 'text',
};

/** The kind of a type's values; `structure` for what has members and for places. */
export function kindOf(type: PropertyType | EntityType | undefined): Kind {
  if (type === undefined) return 'untyped';
  if (type.kind === 'enum') return 'enum';
  if (type.kind !== 'primitive') return 'structure';
  return primitiveKinds[type.name] ?? 'structure';
}

/** How values of a kind are carried when they are read. */
export function carrierOf(kind: Kind): Carrier {
  return carriers[kind];
}

/** A calculated value, which may be null. */
export function calculated(kind: Kind, key: Fragment, carrier: Carrier = carriers[kind]): Operand {
  return {
    kind,
    carrier,
    key,
    indexed: undefined,
    text: undefined,
    enumeration: undefined,
    isConstant: false,
    as: undefined,
  };
}
