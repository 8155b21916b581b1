import { Random } from './random.ts';
import type { Culture, SpelledName } from './vocabulary/culture.ts';
import { cultureOf, cultures } from './vocabulary/cultures.ts';
import { memorablePeople } from './vocabulary/memorable-people.ts';
import type { Place } from './vocabulary/places.ts';

/** How a person is called: as displayed, in Latin letters, and what an address begins with. */
export interface PersonName {
  readonly culture: Culture;
  readonly display: string;
  readonly given: string;
  readonly family: string;
  readonly latinGiven: string;
  readonly latinFamily: string;
  /** ASCII and not yet unique: `given.family`, for memorable people `given`. */
  readonly addressBase: string;
}

/** Seven in ten people whose language has its own script are displayed in it. */
const ownScriptPercent = 70;

/** Three in four people have the culture of the place where they work. */
const localPercent = 75;

/** Names the person with this index, who works at the place. */
export function nameOf(seed: number, index: number, place: Place): PersonName {
  const memorable = memorablePeople[index];
  if (memorable !== undefined) {
    const culture = cultureOf(memorable.culture);
    const { given, family } = memorable;
    const isNative = memorable.kind !== 'guest';
    return compose(culture, { given, family, isNative, addressBase: given.ascii });
  }
  const random = new Random(seed, 'name', index);
  const culture = random.percent(localPercent) ? cultureOf(place.culture) : random.pick(cultures);
  const isWoman = random.percent(50);
  const given = random.pick(isWoman ? culture.women : culture.men);
  const families = (isWoman && culture.familiesOfWomen) || culture.families;
  const first = random.pick(families);
  const family = random.percent(12) ? joinFamilies(culture, first, random.pick(families)) : first;
  const isNative = random.percent(ownScriptPercent);
  const addressBase = `${given.ascii}.${family.ascii}`;
  return compose(culture, { given, family, isNative, addressBase });
}

function joinFamilies(culture: Culture, first: SpelledName, second: SpelledName): SpelledName {
  if (culture.doubleName === undefined || first === second) return first;
  const native = first.native + culture.doubleName + second.native;
  return { native, latin: native, ascii: `${first.ascii}-${second.ascii}` };
}

interface NameParts {
  readonly given: SpelledName;
  readonly family: SpelledName;
  readonly isNative: boolean;
  readonly addressBase: string;
}

function compose(culture: Culture, parts: NameParts): PersonName {
  const isNative = parts.isNative || !culture.hasOwnScript;
  const script = isNative ? 'native' : 'latin';
  const given = parts.given[script];
  const family = parts.family[script];
  const leadsFamily = isNative && culture.order === 'family first';
  const display = leadsFamily ? family + culture.joiner + given : `${given} ${family}`;
  const latinGiven = parts.given.latin;
  const latinFamily = parts.family.latin;
  const { addressBase } = parts;
  return { culture, display, given, family, latinGiven, latinFamily, addressBase };
}

/**
 * Numbers the people whose addresses begin alike, in order: 0 for the first, then 2, 3, ...
 * Addresses end with the number, and no name has digits, so every address is unique.
 */
export function numberNames(
  seed: number,
  people: number,
  placeOf: (index: number) => Place,
): Uint32Array {
  const numbers = new Uint32Array(people);
  const seen = new Map<string, number>();
  for (let index = 0; index < people; index++) {
    const { addressBase } = nameOf(seed, index, placeOf(index));
    const count = (seen.get(addressBase) ?? 0) + 1;
    seen.set(addressBase, count);
    numbers[index] = count === 1 ? 0 : count;
  }
  return numbers;
}
