import { Refusal } from '#errors.ts';
import { defaultMedia, type JsonMedia, type MetadataLevel } from './json-format.ts';
import { splitList } from './split-list.ts';

/** A media range of an `Accept` header (RFC 9110, section 12.5.1). */
interface MediaRange {
  /** `application/json`, in lower case. */
  readonly name: string;
  /** Names in lower case, without `odata.`. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly quality: number;
}

const levels: readonly string[] = ['none', 'minimal', 'full'];
const JSON_NAME = 'application/json';
const WILDCARDS = ['application/*', '*/*'];
const QUALITY = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/;

/**
 * The JSON that an `Accept` header asks for: what has the highest quality, and of equals what is
 * named before wildcards. Refuses with 406 where nothing of it can be sent; parameters that are not
 * known or have no such value cannot (OData Protocol 4.01, section 8.2.1).
 */
export function negotiateFormat(accept: string | undefined): JsonMedia {
  if (accept === undefined || accept.trim() === '') return defaultMedia;
  const ranges = splitList(accept, ',').flatMap((each) => parseRange(each) ?? []);
  const isJsonRefused = ranges.some(
    ({ name, parameters, quality }) => name === JSON_NAME && parameters.size === 0 && quality === 0,
  );
  const candidates = ranges
    .filter(({ quality }) => quality > 0)
    .map((range) => ({ range, media: mediaOf(range, isJsonRefused) }))
    .filter(({ media }) => media !== undefined)
    .sort((one, other) => rank(other.range) - rank(one.range));
  const best = candidates[0]?.media;
  if (best) return best;
  const message = `The requested format '${accept}' cannot be sent; ask for application/json.`;
  throw new Refusal('notAcceptable', message, { target: 'Accept' });
}

/**
 * The one of the offered media types that an `Accept` header rates highest, of equals the first;
 * a more precise range counts before a wildcard (RFC 9110, section 12.5.1). Undefined where it
 * takes none of them.
 */
export function negotiateType<Type extends string>(
  accept: string | undefined,
  offered: readonly Type[],
): Type | undefined {
  if (accept === undefined || accept.trim() === '') return offered[0];
  const ranges = splitList(accept, ',').flatMap((each) => parseRange(each) ?? []);
  const rated = offered.map((type) => ({ type, quality: qualityOf(type, ranges) }));
  const best = rated.reduce((one, other) => (other.quality > one.quality ? other : one));
  return best.quality > 0 ? best.type : undefined;
}

function qualityOf(type: string, ranges: readonly MediaRange[]): number {
  const precise = [type, `${type.split('/', 1)[0]}/*`, '*/*'];
  for (const wanted of precise) {
    const found = ranges.filter(({ name }) => name === wanted);
    if (found.length > 0) return Math.max(...found.map(({ quality }) => quality));
  }
  return 0;
}

/**
 * The JSON that `$format` asks for, which stands above `Accept` (section 11.2.12): `json` or a
 * media type. Refuses with 406 what cannot be sent, and with 400 a level of metadata that does not
 * exist (OData JSON 4.01, section 3.1).
 */
export function parseFormat(written: string): JsonMedia {
  if (written.toLowerCase() === 'json') return defaultMedia;
  const range = parseRange(written);
  const media = range?.name === JSON_NAME ? mediaOf(range, false) : undefined;
  if (media) return media;
  const level = range?.name === JSON_NAME ? range.parameters.get('metadata') : undefined;
  if (level !== undefined && !levels.includes(level)) {
    const message = `'${level}' is no level of metadata; none, minimal and full are.`;
    throw new Refusal('malformedRequest', message, { target: '$format' });
  }
  const message = `The format '${written}' can't be sent; ask for json.`;
  throw new Refusal('notAcceptable', message, { target: '$format' });
}

function rank({ name, quality, parameters }: MediaRange): number {
  const precision = name === JSON_NAME ? Math.min(2 + parameters.size, 9) : 2 - starsIn(name);
  return quality * 1000 + precision / 10;
}

function starsIn(name: string): number {
  return name.split('*').length - 1;
}

function mediaOf({ name, parameters }: MediaRange, isJsonRefused: boolean): JsonMedia | undefined {
  if (WILDCARDS.includes(name)) return isJsonRefused ? undefined : defaultMedia;
  if (name !== JSON_NAME) return undefined;
  let { metadata, isIeee754Compatible } = defaultMedia;
  for (const [parameter, value] of parameters) {
    if (parameter === 'metadata' && levels.includes(value)) metadata = value as MetadataLevel;
    else if (parameter === 'ieee754compatible' && isBoolean(value)) {
      isIeee754Compatible = value === 'true';
    } else if (!isIgnored(parameter, value)) return undefined;
  }
  return { metadata, isIeee754Compatible };
}

/** What holds however it is asked for: answers come whole, in UTF-8, numbers as JSON has them. */
function isIgnored(parameter: string, value: string): boolean {
  if (parameter === 'charset') return value === 'utf-8' || value === 'utf8';
  return (parameter === 'streaming' || parameter === 'exponentialdecimals') && isBoolean(value);
}

function isBoolean(value: string): boolean {
  return value === 'true' || value === 'false';
}

/** A range with its parameters; undefined where it is not well formed. */
function parseRange(text: string): MediaRange | undefined {
  const [head = '', ...rest] = splitList(text, ';').map((each) => each.trim());
  const name = head.toLowerCase();
  if (!/^[\w!#$&^.+*-]+\/[\w!#$&^.+*-]+$/.test(name)) return undefined;
  const parameters = new Map<string, string>();
  for (const each of rest) {
    const [written = '', value = ''] = each.split('=', 2).map((part) => part.trim());
    const parameter = written.toLowerCase().replace(/^odata\./, '');
    const plain = value.replace(/^"(.*)"$/, '$1').toLowerCase();
    // What stands behind the quality says nothing about the media type.
    if (parameter === 'q') {
      return QUALITY.test(plain) ? { name, parameters, quality: Number(plain) } : undefined;
    }
    if (parameter !== '') parameters.set(parameter, plain);
  }
  return { name, parameters, quality: 1 };
}
