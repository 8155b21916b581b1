import { hash } from 'node:crypto';
import type { EntityType, Property, StructuredType } from '#model/model.ts';
import { type FacetHome, facetHomes } from '#model/profile/facet-homes.ts';
import { foldText } from '#plan/compare.ts';
import type { Document, Value } from '#plan/document.ts';
import { derivedId, isDerivedId } from '#plan/facet-id.ts';
import { partsIn, wordsIn } from '#plan/search-words.ts';
import { wordOf } from '../search-words.ts';

/** A word by which a person is found, and where it stands. */
export interface KnownWord {
  /** The facet, or the address of somebody in their contacts. */
  readonly part: number;
  readonly word: string;
  /** The token alone; undefined of what is no text. */
  readonly token: string | undefined;
  /** What is found first is lower. */
  readonly rank: number;
  /** Whom it reaches: a sum of the members of `allowedAudiences`. */
  readonly audience: number;
  /**
   * The property of the user that it comes from, for what starts there; of a contact `/` and its
   * keys; of what a facet says about others `/=` and which it is; null of all else.
   */
  readonly home: string | null;
}

/** Audience of what nobody finds, whoever may read it. */
export const UNSEARCHED = 128;
/** `organization`, which a facet without an audience has. */
const ORGANIZATION = 8;
/** `organization`, `federatedOrganizations` and `everyone`: all who may ask. */
export const ALL = 56;
/** Words of one facet. */
const WORDS_MAX = 200;
/** Ranks of a text that says what a facet is; any other is behind them. */
const BODY = 32;
const LENGTHS = 4;
const LEVELS = 8;
const MIDDLE = 4;

/** Members of a facet that say nothing of what somebody knows. */
const silent: ReadonlySet<string> = new Set([
  'id',
  'createdBy',
  'lastModifiedBy',
  'source',
  'sources',
  'tag',
  'languageTag',
  'contentType',
  'allowedAudiences',
  'locale',
]);
/** Members that say what a facet is. */
const telling: ReadonlySet<string> = new Set([
  'displayName',
  'jobTitle',
  'department',
  'first',
  'last',
  'nickname',
  'address',
  'number',
  'city',
  'userPrincipalName',
]);

/** The words of a stored facet; none of one that is not to be found. */
export function wordsOfFacet(
  facet: string,
  type: EntityType,
  { key, members }: { readonly key: string; readonly members: Document },
): KnownWord[] {
  const part = partOf(facet, key);
  const isAdded = isDerivedId(key) && homesOf(facet, false).length > 0;
  const isSearched = members.isSearchable !== false;
  const audience = audienceOf(type, members.allowedAudiences);
  const of = { facet, part, audience, home: null };
  // What is added to a facet from the user says whom that reaches, and not what the user says.
  const marks = isAdded ? [{ ...mark(part), audience: isSearched ? audience : UNSEARCHED }] : [];
  if (!isSearched) return [...marks, ...untold(facet, { key, members, audience })];
  const left = isAdded ? homesOf(facet, false).flatMap((each) => each.members) : [];
  const texts = textsIn(type, members, { way: '', without: new Set(left.map((m) => m.member)) });
  return [...marks, ...rankWords(of, texts, levelOf(type, members))];
}

/** The words of the facets that start from a user. */
export function wordsOfUser(members: Document): KnownWord[] {
  return facetHomes.flatMap((home) => wordsOfHome(home, members));
}

/** The properties of a user whose words are found. */
export const homeProperties: ReadonlySet<string> = new Set(
  facetHomes.flatMap(({ members }) => members.map(({ property }) => topOf(property))),
);

/** The mark by which somebody is found in the contacts of others. */
export function contactWord(address: string): string {
  return wordOf('contact', foldText(address));
}

/** The addresses of a contact. */
export function wordsOfContact(path: string, key: string, members: Document): KnownWord[] {
  const { emailAddresses } = members;
  if (!Array.isArray(emailAddresses)) return [];
  const part = partOf(path, key);
  const addresses = emailAddresses.flatMap((each) => {
    const address = (each as Document | null)?.address;
    return typeof address === 'string' && address !== '' ? [contactWord(address)] : [];
  });
  return [...new Set(addresses)].map((word) => ({ ...mark(part), word, home: `/${key}` }));
}

/** The number of a part of what somebody has: of 48 bits, so that two are never the same. */
export function partOf(path: string, key: string): number {
  return Number.parseInt(hash('sha256', `${path}\n${key}`).slice(0, 12), 16);
}

function mark(part: number): KnownWord {
  return { part, word: '', token: undefined, rank: 0, audience: 0, home: null };
}

function homesOf(facet: string, isEach: boolean): readonly FacetHome[] {
  return facetHomes.filter((home) => home.facet === facet && home.isEach === isEach);
}

/**
 * A value of the user's that a facet tells the organization, too, is that facet: where nobody finds
 * the one, nobody finds the other.
 */
function untold(
  facet: string,
  { key, members, audience }: { key: string; members: Document; audience: number },
): KnownWord[] {
  if ((audience & ALL) === 0) return [];
  return homesOf(facet, true).flatMap((home) => {
    const value = valueAt(members, home.members[0]!.member);
    if (typeof value !== 'string') return [];
    const told = mark(partOf(facet, valueKey(value)));
    return [{ ...told, audience: UNSEARCHED, home: homeOfFacet(facet, key) }];
  });
}

/** As which a facet says something about others. */
export function homeOfFacet(facet: string, key: string): string {
  return `/=${facet}/${key}`;
}

/** The key of what starts from one value of a collection of the user. */
function valueKey(value: string): string {
  return `=${value}`;
}

function wordsOfHome(home: FacetHome, user: Document): KnownWord[] {
  const { facet, isEach } = home;
  let whole: number | undefined;
  return home.members.flatMap(({ property, member, form }) => {
    const name = member.slice(member.lastIndexOf('/') + 1);
    // Days are no texts.
    if (!isSearchedMember(name) || form === 'day') return [];
    const isTelling = telling.has(name);
    const texts = [valueAt(user, property)].flat().filter((each) => typeof each === 'string');
    return texts.flatMap((text) => {
      whole ??= isEach ? undefined : partOf(facet, derivedId(String(user.id), home));
      const part = whole ?? partOf(facet, valueKey(text));
      const where = { facet, part, audience: ORGANIZATION, home: topOf(property) };
      return rankWords(where, [{ text, isTelling }], MIDDLE);
    });
  });
}

function isSearchedMember(name: string): boolean {
  return !silent.has(name) && !name.endsWith('Url');
}

function topOf(property: string): string {
  return property.split('/', 1)[0]!;
}

/** A text, and whether it says what a facet is. */
interface Text {
  readonly text: string;
  readonly isTelling: boolean;
}

/** Where texts are looked for: the path of a value, and members that are left out. */
interface Looking {
  readonly way: string;
  readonly without: ReadonlySet<string>;
}

/** The texts of a value: all that is written freely. */
function textsIn(type: StructuredType, members: Document, at: Looking): Text[] {
  return [...type.properties.values()].flatMap((property) => {
    const { name } = property;
    if (!isSearchedMember(name) || at.without.has(at.way + name)) return [];
    return [members[name] ?? null].flat().flatMap((value) => textsOf(property, value, at));
  });
}

function textsOf({ name, type }: Property, value: Value | undefined, at: Looking): Text[] {
  if (type.kind === 'complex') {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
    return textsIn(type, value, { ...at, way: `${at.way}${name}/` });
  }
  const isText = type.kind === 'primitive' && type.name === 'Edm.String';
  if (!isText || typeof value !== 'string') return [];
  return [{ text: value, isTelling: telling.has(name) }];
}

/** How far somebody has come, from 0 on; in the middle where nothing says it. */
function levelOf(type: EntityType, members: Document): number {
  const proficiency = type.properties.get('proficiency')?.type;
  if (proficiency?.kind !== 'enum') return MIDDLE;
  const known = [...proficiency.members.keys()].filter((each) => each !== 'unknownFutureValue');
  const at = known.indexOf(String(members.proficiency));
  return at < 0 ? MIDDLE : Math.min(known.length - 1 - at, LEVELS - 1);
}

type Where = Pick<KnownWord, 'part' | 'audience' | 'home'> & { readonly facet: string };

function rankWords({ facet, ...where }: Where, texts: readonly Text[], level: number): KnownWord[] {
  const best = new Map<string, number>();
  for (const { text, isTelling } of texts) {
    const words = wordsIn(text);
    const length = Math.min(words.length - 1, LENGTHS - 1);
    const rank = (isTelling ? 0 : BODY) + length * LEVELS + level;
    for (const word of words) note(best, word, rank);
    // Graph's tokens: JavaScript is found by Script, too, behind what is called so.
    for (const part of partsIn(text)) note(best, part, rank + BODY);
  }
  return [...best].slice(0, WORDS_MAX).map(([token, rank]) => {
    return { ...where, word: wordOf(facet, token), token, rank };
  });
}

function note(best: Map<string, number>, word: string, rank: number): void {
  best.set(word, Math.min(best.get(word) ?? rank, rank));
}

function audienceOf(type: EntityType, written: Value | undefined): number {
  const audiences = type.properties.get('allowedAudiences')?.type;
  if (audiences?.kind !== 'enum' || typeof written !== 'string') return ORGANIZATION;
  const names = written.split(',').map((name) => name.trim());
  return names.reduce((sum, name) => sum | (known(audiences.members.get(name)) ?? 0), 0);
}

/** An audience that nobody knows reaches nobody. */
function known(audience: number | undefined): number | undefined {
  return audience === undefined || audience > 32 ? undefined : audience;
}

function valueAt(members: Document, path: string): Value {
  let value: Value | undefined = members;
  for (const name of path.split('/')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    value = value[name];
  }
  return value ?? null;
}
