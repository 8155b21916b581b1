/** How many arguments a function takes. */
export interface Arity {
  /** The specification's spelling. */
  readonly name: string;
  readonly min: number;
  readonly max: number;
}

/** Canonical functions (OData URL Conventions 4.01, sections 5.1.1.5 to 5.1.1.12; aggregation). */
const arities: Readonly<Record<string, number | readonly [number, number]>> = {
  concat: 2,
  contains: 2,
  endswith: 2,
  indexof: 2,
  length: 1,
  matchesPattern: 2,
  startswith: 2,
  substring: [2, 3],
  tolower: 1,
  toupper: 1,
  trim: 1,
  hassubset: 2,
  hassubsequence: 2,
  date: 1,
  day: 1,
  fractionalseconds: 1,
  hour: 1,
  maxdatetime: 0,
  mindatetime: 0,
  minute: 1,
  month: 1,
  now: 0,
  second: 1,
  time: 1,
  totaloffsetminutes: 1,
  totalseconds: 1,
  year: 1,
  ceiling: 1,
  floor: 1,
  round: 1,
  'geo.distance': 2,
  'geo.intersects': 2,
  'geo.length': 1,
  isdefined: 1,
};

const functions = new Map<string, Arity>();
for (const [name, arity] of Object.entries(arities)) {
  const [min, max] = typeof arity === 'number' ? [arity, arity] : arity;
  functions.set(name, { name, min, max });
  functions.set(name.toLowerCase(), { name, min, max });
}

/** The canonical function of that name, in any case (OData Protocol 4.01, section 12.4.1). */
export function findFunction(written: string): Arity | undefined {
  return functions.get(written) ?? functions.get(written.toLowerCase());
}
