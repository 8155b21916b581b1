import type { Answer, Expanded, ListAnswer, ShownEntity } from '#plan/answer.ts';
import { selectMembers, TYPE, writeTyped } from '#plan/document.ts';

/** What the JSON of an entity depends on beside the entity. */
export interface EncodeOptions {
  /** Root URL of the service: `https://localhost:8443/v1.0`. */
  readonly serviceRoot: string;
  /** Whether every typed object names its type, as the contract's pages show. */
  readonly annotated: boolean;
  /** The entity tag of a version, or undefined where entities of the type carry none. */
  etagOf(entity: ShownEntity): string | undefined;
}

/**
 * The JSON text of one entity (OData JSON 4.01, section 6). Stored text is sent as it is, with only
 * the control information spliced in front.
 */
export function encodeEntity(answer: Answer, options: EncodeOptions): string {
  return encodeMembers(answer, options, `${contextOf(answer.context, options)},`);
}

/** The JSON text of one page of a collection (OData JSON 4.01, section 13). */
export function encodeCollection(
  answer: ListAnswer,
  options: EncodeOptions,
  nextLink: string | undefined,
): string {
  const count = answer.count === undefined ? '' : `,"@odata.count":${answer.count}`;
  const next = nextLink === undefined ? '' : `,"@odata.nextLink":${JSON.stringify(nextLink)}`;
  const members = answer.members.map((member) => encodeMembers(member, options, ''));
  return `{${contextOf(answer.context, options)}${count}${next},"value":[${members.join(',')}]}`;
}

/** The JSON text of one property's value (OData JSON 4.01, section 11). */
export function encodeProperty(
  answer: { readonly context: string; readonly value: unknown },
  options: EncodeOptions,
): string {
  return `{${contextOf(answer.context, options)},"value":${JSON.stringify(answer.value)}}`;
}

/** The weak entity tag of a version. */
export function formatEtag(version: number): string {
  return `W/"${version}"`;
}

function contextOf(fragment: string, { serviceRoot }: EncodeOptions): string {
  return `"@odata.context":${JSON.stringify(`${serviceRoot}/$metadata#${fragment}`)}`;
}

/** An entity as an object; `head` is control information that stands first. */
function encodeMembers(entity: ShownEntity, options: EncodeOptions, head: string): string {
  const tag = options.etagOf(entity);
  const etag = tag === undefined ? '' : `"@odata.etag":${JSON.stringify(tag)},`;
  const text = chosenMembers(entity, options);
  const inline = entity.expanded.map((each) => encodeExpanded(each, options)).join('');
  const body = text.slice(1, -1);
  return `{${`${head}${etag}${body === '' ? '' : `${body},`}${inline}`.slice(0, -1)}}`;
}

function encodeExpanded({ navigation, value, count }: Expanded, options: EncodeOptions): string {
  const name = JSON.stringify(navigation.name);
  if (value === undefined) return `${name}:null,`;
  if (!Array.isArray(value)) {
    return `${name}:${encodeMembers(value as ShownEntity, options, '')},`;
  }
  const annotation = JSON.stringify(`${navigation.name}@odata.count`);
  const counted = count === undefined ? '' : `${annotation}:${count},`;
  const members = value.map((each: ShownEntity) => encodeMembers(each, options, ''));
  return `${counted}${name}:[${members.join(',')}],`;
}

/** What is shown of an entity, as a JSON object. */
function chosenMembers(
  { type, actualType, content }: ShownEntity,
  { annotated }: EncodeOptions,
): string {
  if (content.kind === 'text') return content.text;
  const { names } = content;
  if (annotated) {
    if (content.kind === 'members') return writeTyped(actualType, content.members, names);
    const picked = content.document.pick(names);
    return `{"${TYPE}":"#${actualType.name}"${picked === '' ? '' : `,${picked}`}}`;
  }
  const members = content.kind === 'members' ? content.members : content.document.parse();
  const plain = selectMembers(actualType, members, names);
  // What is of a derived type says so; clients read its members by that.
  const isDerived = type !== actualType;
  return JSON.stringify(isDerived ? { [TYPE]: `#${actualType.name}`, ...plain } : plain);
}
