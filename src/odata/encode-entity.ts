import type {
  Answer,
  Expanded,
  ListAnswer,
  NextOfExpanded,
  ShownEntity,
  ShownReference,
} from '#plan/answer.ts';
import { type Document, TYPE } from '#plan/document.ts';
import type { MemberStart } from '#plan/query.ts';
import { encodeLinks, encodeMedia, type LinkNotation, urlOf } from './encode-links.ts';
import { encodeMembers, type JsonObject } from './encode-members.ts';
import { controlPrefix, defaultFormat, type JsonFormat } from './json-format.ts';

const SIMPLE = /^[ !#-[\]-~]*$/;

/** What the JSON of an entity depends on beside the entity. */
export interface EncodeOptions extends LinkNotation {
  /** Root URL of the service: `https://localhost:8443/v1.0`. */
  readonly serviceRoot: string;
  /** Whether entities name their ids with minimal metadata too. */
  readonly showsIds?: boolean;
  /** The entity tag of a version, or undefined where entities of the type carry none. */
  etagOf(entity: ShownEntity): string | undefined;
  /** The link to what follows of an expanded collection. */
  linkTo(next: NextOfExpanded): string;
}

/**
 * The JSON text of one entity (OData JSON 4.01, section 6). Stored text is sent as it is, with only
 * the control information spliced in front.
 */
export function encodeEntity(answer: Answer, options: EncodeOptions): string | Buffer {
  const context = encodeContext(answer.context, options);
  const { content } = answer;
  if (content.kind !== 'bytes' || options.format !== defaultFormat) {
    return encodeOne(answer, options, context);
  }
  return spliceBytes(`${context}${etagMember(answer, options)}`, content.bytes);
}

/** The JSON text of one page of a collection (OData JSON 4.01, section 13). */
export function encodeCollection(
  answer: ListAnswer,
  options: EncodeOptions,
  nextLink: string | undefined,
): string | Buffer {
  if (answer.text) {
    return putAround(pageHead(answer, { ...options, nextLink }), answer.text, ']}');
  }
  // A context URL that names no set tells clients nothing about where its members are.
  const showsIds = answer.context.startsWith('Collection(');
  const inside = showsIds ? { ...options, showsIds } : options;
  const members = answer.members.map((member) => encodeOne(member, inside, ''));
  return encodePage(answer, members, { ...options, nextLink });
}

/** The JSON text of one reference (OData JSON 4.01, section 14). */
export function encodeReference(
  answer: { readonly context: string } & ShownReference,
  options: EncodeOptions,
): string {
  const { format } = options;
  const head = encodeContext(answer.context, options);
  const id = JSON.stringify(urlOf(answer.path, options));
  return `{${head}"${controlPrefix(format)}id":${id}}`;
}

/** The JSON text of one page of references. */
export function encodeReferences(
  answer: { readonly context: string; readonly count: number | undefined } & {
    readonly members: readonly ShownReference[];
  },
  options: EncodeOptions,
  nextLink: string | undefined,
): string {
  const members = answer.members.map((member) => JSON.stringify(referenceObject(member, options)));
  return encodePage(answer, members, { ...options, nextLink });
}

/** The weak entity tag of a version. */
export function formatEtag(version: number): string {
  return `W/"${version}"`;
}

/**
 * How the members of a page begin that may be sent as they are stored, with their entity tags;
 * undefined in a format in which they may not.
 */
export function memberStart(format: JsonFormat, isTagged: boolean): MemberStart | undefined {
  if (format !== defaultFormat) return undefined;
  return isTagged ? taggedStart : 'bare';
}

const taggedStart: MemberStart = { before: '{"@odata.etag":"W/\\"', behind: '\\"",' };

/** The context URL as an object's first member, with the comma behind it; nothing without metadata. */
export function encodeContext(
  fragment: string,
  { serviceRoot, format }: Pick<EncodeOptions, 'serviceRoot' | 'format'>,
): string {
  if (format.metadata === 'none') return '';
  const url = `${serviceRoot}/$metadata#${fragment}`;
  return `"${controlPrefix(format)}context":${quote(url)},`;
}

/** The text as JSON writes it: quoted, and mostly as it is. */
function quote(text: string): string {
  return SIMPLE.test(text) ? `"${text}"` : JSON.stringify(text);
}

/** What is said of the whole of a page, and how that is written. */
interface PageHead {
  readonly context: string;
  readonly count?: number | undefined;
}
type PageNotation = Pick<EncodeOptions, 'serviceRoot' | 'format'> & {
  readonly nextLink?: string | undefined;
  readonly deltaLink?: string | undefined;
};

/** A collection of encoded members, with what is said of the whole of it. */
export function encodePage(
  answer: PageHead,
  members: readonly string[],
  options: PageNotation,
): string {
  // Text that only grows is made flat once, at the end; joining does it for each member too.
  let value = '';
  for (const member of members) value += value === '' ? member : `,${member}`;
  return `${pageHead(answer, options)}${value}]}`;
}

/** The text of a page up to its first member. */
function pageHead(answer: PageHead, options: PageNotation): string {
  const { format, nextLink, deltaLink } = options;
  const prefix = controlPrefix(format);
  const total = answer.count === undefined ? undefined : encodeCount(answer.count, format);
  const count = total === undefined ? '' : `"${prefix}count":${JSON.stringify(total)},`;
  const next = nextLink === undefined ? '' : `"${prefix}nextLink":${JSON.stringify(nextLink)},`;
  const delta = deltaLink === undefined ? '' : `"${prefix}deltaLink":${JSON.stringify(deltaLink)},`;
  return `{${encodeContext(answer.context, options)}${count}${next}${delta}"value":[`;
}

/** A count is an Int64, and so a string where those are (OData JSON 4.01, section 3.2). */
function encodeCount(count: number, { isIeee754Compatible }: JsonFormat): number | string {
  return isIeee754Compatible ? String(count) : count;
}

/** An entity as an object; `context` is the control information that stands first. */
function encodeOne(entity: ShownEntity, options: EncodeOptions, context: string): string {
  const { content } = entity;
  const isAsKept = options.format === defaultFormat && entity.expanded.length === 0;
  if (isAsKept && content.kind === 'text') {
    return splice(`${context}${etagMember(entity, options)}`, content.text);
  }
  if (isAsKept && content.kind === 'document' && options.annotated) {
    const picked = content.document.pick(content.names);
    const text = `{"${TYPE}":"#${entity.actualType.name}"${picked === '' ? '' : `,${picked}`}}`;
    return splice(`${context}${etagMember(entity, options)}`, text);
  }
  return splice(context, JSON.stringify(encodeMember(entity, options)));
}

/** Puts members, each with a comma behind it, in front of those of an object. */
function splice(head: string, object: string): string {
  if (object !== '{}') return `{${head}${object.slice(1)}`;
  return `{${head.slice(0, -1)}}`;
}

/** The same in UTF-8; stored texts are never empty objects. */
function spliceBytes(head: string, object: Uint8Array): Buffer {
  return putAround(`{${head}`, object.subarray(1), '');
}

function putAround(head: string, bytes: Uint8Array, tail: string): Buffer {
  // A context URL with a name from the request may be of any characters.
  const start = Buffer.byteLength(head);
  const end = start + bytes.length;
  const whole = Buffer.allocUnsafe(end + tail.length);
  whole.write(head);
  whole.set(bytes, start);
  whole.write(tail, end);
  return whole;
}

function etagMember(entity: ShownEntity, options: EncodeOptions): string {
  const tag = options.etagOf(entity);
  return tag === undefined ? '' : `"@odata.etag":${JSON.stringify(tag)},`;
}

/** One member of a collection, before it is written as text. */
export function encodeMember(entity: ShownEntity, options: EncodeOptions): JsonObject {
  const { members, names, computed } = membersOf(entity);
  const shown = { type: entity.actualType, members, names, computed };
  const object: JsonObject = {
    ...controlOf(entity, options),
    ...encodeMembers(shown, options),
    ...encodeLinks(entity, options),
  };
  for (const each of entity.expanded) addExpanded(object, each, options);
  return object;
}

interface Members {
  readonly members: Document;
  readonly names: Iterable<string>;
  readonly computed?: Extract<ShownEntity['content'], { kind: 'members' }>['computed'];
}

function membersOf({ content }: ShownEntity): Members {
  if (content.kind === 'members') return content;
  if (content.kind === 'document') {
    return { members: content.document.parse(), names: content.names };
  }
  const text = content.kind === 'text' ? content.text : Buffer.from(content.bytes).toString();
  const members = JSON.parse(text) as Document;
  return { members, names: namesIn(members) };
}

function namesIn(members: Document): string[] {
  return Object.keys(members).filter((name) => name !== TYPE);
}

/** What is said of an entity before its members (OData JSON 4.01, section 4.6). */
function controlOf(entity: ShownEntity, options: EncodeOptions): JsonObject {
  const { format, annotated } = options;
  if (format.metadata === 'none') return {};
  const { type, actualType } = entity;
  const prefix = controlPrefix(format);
  const isFull = format.metadata === 'full';
  const control: JsonObject = {};
  const tag = options.etagOf(entity);
  if (tag !== undefined) control[`${prefix}etag`] = tag;
  // What is of a derived type says so; clients read its members by that.
  const isNamed = annotated || isFull || type !== actualType;
  if (isNamed) control[`${prefix}type`] = `#${actualType.name}`;
  const url = isFull || options.showsIds ? urlOf(entity.path, options) : undefined;
  if (url !== undefined) control[`${prefix}id`] = url;
  if (isFull) control[`${prefix}editLink`] = url!;
  return Object.assign(control, encodeMedia(entity, options));
}

/** Adds what is shown inline to its entity, or to the complex value in which it stands. */
export function addExpanded(entity: JsonObject, expanded: Expanded, options: EncodeOptions): void {
  let object: JsonObject | null = entity;
  for (const name of expanded.within ?? []) {
    object = (object?.[name] ?? null) as JsonObject | null;
  }
  if (!object) return;
  const { navigation, count, next } = expanded;
  const { name } = navigation;
  const prefix = controlPrefix(options.format);
  if (count !== undefined) object[`${name}${prefix}count`] = encodeCount(count, options.format);
  if (next) object[`${name}${prefix}nextLink`] = options.linkTo(next);
  if (expanded.kind === 'count') return;
  if (expanded.kind === 'references') {
    object[name] = each(expanded.value, (one) => referenceObject(one, options));
  } else if (expanded.value !== undefined || !options.format.omits) {
    object[name] = each(expanded.value, (one) => encodeMember(one, options));
  }
}

function each<Shown>(
  value: Shown | undefined | readonly Shown[],
  encode: (shown: Shown) => JsonObject,
): JsonObject | readonly JsonObject[] | null {
  if (value === undefined) return null;
  return Array.isArray(value) ? value.map(encode) : encode(value as Shown);
}

function referenceObject({ path }: ShownReference, options: EncodeOptions): JsonObject {
  return { [`${controlPrefix(options.format)}id`]: urlOf(path, options) };
}
