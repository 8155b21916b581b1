import type { EntityType } from '#model/model.ts';
import type {
  ChangedMember,
  DeltaAnswer,
  LinkChanges,
  LinkForm,
  LinkTarget,
  RemovedMember,
} from '#plan/delta.ts';
import type { Value } from '#plan/document.ts';
import { splitKeyText } from '#plan/key-text.ts';
import { type EncodeOptions, encodeMember, encodePage } from './encode-entity.ts';
import { urlOf } from './encode-links.ts';
import type { JsonObject } from './encode-members.ts';
import { controlPrefix, type JsonFormat } from './json-format.ts';

/** The links of a page in a round of changes: to the next page, or to the next round. */
export type RoundLinks =
  | { readonly nextLink: string; readonly deltaLink?: undefined }
  | { readonly nextLink?: undefined; readonly deltaLink: string };

/** How a page of changes is written. */
export interface DeltaNotation extends EncodeOptions {
  readonly linkForm: LinkForm;
  /** The version that the answer is of, however its control information is spelled. */
  readonly protocol: JsonFormat['version'];
}

/**
 * The JSON text of one page of a round of changes (OData JSON 4.01, section 15). What is removed is
 * an object of its own kind in 4.0, and annotated in 4.01, with its key beside its id; in Graph's
 * form its key alone says which.
 */
export function encodeDelta(
  answer: DeltaAnswer,
  notation: DeltaNotation,
  links: RoundLinks,
): string {
  const members = answer.members.flatMap((member) =>
    member.kind === 'removed'
      ? [encodeRemoved(member, answer, notation)]
      : encodeChanged(member, answer, notation),
  );
  const texts = members.map((member) => JSON.stringify(member));
  return encodePage(answer, texts, { ...notation, ...links });
}

function encodeChanged(
  { entity, links, path }: ChangedMember,
  answer: DeltaAnswer,
  notation: DeltaNotation,
): JsonObject[] {
  const object = entity && encodeMember(entity, notation);
  const shown = object ? [object] : [];
  if (notation.linkForm !== 'annotated') {
    return [...shown, ...links.flatMap((each) => encodeLinks(path, each, answer, notation))];
  }
  for (const { navigation, targets } of links) {
    object![`${navigation.name}@delta`] = targets.map((target) => encodeEnd(target, notation));
  }
  return shown;
}

function encodeRemoved(
  { path, type, key, reason }: RemovedMember,
  answer: DeltaAnswer,
  notation: DeltaNotation,
): JsonObject {
  const { linkForm, format, protocol } = notation;
  if (linkForm === 'annotated') {
    return { [type.keyParts[0]!.name]: key, '@removed': { reason } };
  }
  const id = urlOf(path, notation);
  if (protocol === '4.0') return { ...contextOf('$deletedEntity', answer, notation), id, reason };
  const prefix = controlPrefix(format);
  return { [`${prefix}removed`]: { reason }, [`${prefix}id`]: id, ...keyMembers(type, key) };
}

/** The properties of a key, where each stands in the entity itself. */
function keyMembers(type: EntityType, key: string): JsonObject {
  const values = splitKeyText(type, key);
  if (type.keyParts.some(({ path }) => path.length > 1)) return {};
  const members = type.keyParts.map(({ path }, index): [string, Value] => {
    const [name] = path;
    const { name: kind } = type.properties.get(name!)!.type;
    const isNumber = NUMBERS.has(kind);
    return [name!, isNumber ? Number(values[index]) : values[index]!];
  });
  return Object.fromEntries(members);
}

/** Types of keys that JSON has as numbers whatever a client asks for. */
const NUMBERS: ReadonlySet<string> = new Set(['Edm.Byte', 'Edm.SByte', 'Edm.Int16', 'Edm.Int32']);

/** Links told apart from their entities (OData JSON 4.01, sections 15.5 and 15.6). */
function encodeLinks(
  source: string,
  { navigation, targets }: LinkChanges,
  answer: DeltaAnswer,
  notation: DeltaNotation,
): JsonObject[] {
  return targets.map(({ path, isRemoved }) => ({
    ...contextOf(isRemoved ? '$deletedLink' : '$link', answer, notation),
    source: urlOf(source, notation),
    relationship: navigation.name,
    target: urlOf(path, notation),
  }));
}

function contextOf(
  kind: '$deletedEntity' | '$link' | '$deletedLink',
  { context }: DeltaAnswer,
  { serviceRoot, format }: DeltaNotation,
): JsonObject {
  const set = context.replace(/\/\$delta$/, '').replace(/\(.*$/s, '');
  return { [`${controlPrefix(format)}context`]: `${serviceRoot}/$metadata#${set}/${kind}` };
}

/** One end of a link as Graph annotates it. */
function encodeEnd({ type, key, isRemoved }: LinkTarget, { format }: DeltaNotation): JsonObject {
  const [part] = type.keyParts;
  return {
    [`${controlPrefix(format)}type`]: `#${type.name}`,
    ...(part && key !== '' ? { [part.name]: key } : {}),
    ...(isRemoved ? { '@removed': { reason: 'deleted' } } : {}),
  };
}
