import { isKindOf, localName, type Model, type Operation } from '#model/model.ts';
import type { ShownEntity } from '#plan/answer.ts';
import type { StreamNote } from '#plan/blobs.ts';
import type { JsonObject, Notation } from './encode-members.ts';
import { controlPrefix } from './json-format.ts';

/** What links begin with, and how they are spelled. */
export interface LinkNotation extends Notation {
  readonly serviceRoot: string;
}

/**
 * The links of an entity (OData JSON 4.01, sections 4.6.8 to 4.6.14): with full metadata all of
 * them, with minimal metadata those of navigations that are selected by name.
 */
export function encodeLinks(entity: ShownEntity, notation: LinkNotation): JsonObject {
  const { format } = notation;
  if (format.metadata === 'none') return {};
  const isFull = format.metadata === 'full';
  const { links = isFull ? [...entity.actualType.navigation.values()] : [] } = entity;
  if (!isFull && links.length === 0) return {};
  const prefix = controlPrefix(format);
  const url = urlOf(entity.path, notation);
  const result: JsonObject = {};
  for (const { name } of links) {
    const target = `${url}/${encodeURI(name)}`;
    result[`${name}${prefix}associationLink`] = `${target}/$ref`;
    result[`${name}${prefix}navigationLink`] = target;
  }
  return isFull ? { ...result, ...encodeOperations(entity, url, notation) } : result;
}

/** The control information of its own media and of the stream properties it shows (4.6.14). */
export function encodeMedia(entity: ShownEntity, notation: LinkNotation): JsonObject {
  const { format } = notation;
  const { actualType, media } = entity;
  if (format.metadata === 'none') return {};
  const names = [...actualType.properties.values()]
    .filter(({ type, name }) => type.name === 'Edm.Stream' && isShown(entity, name))
    .map(({ name }) => name);
  if (!actualType.hasStream && names.length === 0) return {};
  const url = format.metadata === 'full' ? urlOf(entity.path, notation) : undefined;
  const prefix = controlPrefix(format);
  const all = actualType.hasStream ? ['', ...names] : names;
  return Object.assign(
    {},
    ...all.map((name) => {
      const link = url && `${url}/${name === '' ? '$value' : encodeURI(name)}`;
      return encodeStream(`${name}${prefix}`, link, media?.get(name));
    }),
  ) as JsonObject;
}

/** Whether nothing is selected, or the property is. */
function isShown({ links, content }: ShownEntity, name: string): boolean {
  if (links === undefined || !('names' in content)) return true;
  return [...content.names].includes(name);
}

/** The absolute URL of what stands at a path. */
export function urlOf(path: string, { serviceRoot }: Pick<LinkNotation, 'serviceRoot'>): string {
  return `${serviceRoot}/${path.replace(PARTS, encodePart)}`;
}

/** A quoted key, in which `/` is a character as any other, or what stands between such keys. */
const PARTS = /'(?:[^']|'')*'|[^']+/g;

function encodePart(part: string): string {
  return part.startsWith("'") ? encodeURIComponent(part) : encodeURI(part);
}

/** The strong entity tag of a media stream: it names the bytes. */
export function formatMediaEtag({ blob }: StreamNote): string {
  return `"${blob}"`;
}

function encodeStream(
  prefix: string,
  link: string | undefined,
  media: StreamNote | undefined,
): JsonObject {
  return {
    ...(link ? { [`${prefix}mediaEditLink`]: link, [`${prefix}mediaReadLink`]: link } : {}),
    ...(media
      ? {
          [`${prefix}mediaContentType`]: media.contentType,
          [`${prefix}mediaEtag`]: formatMediaEtag(media),
        }
      : {}),
  };
}

/** The actions and functions that are bound to the entity (4.6.16). */
function encodeOperations(
  { actualType, links }: ShownEntity,
  url: string,
  { model }: LinkNotation,
): JsonObject {
  // A selection shows operations only where it names them, which answers do not tell.
  if (links !== undefined) return {};
  const result: JsonObject = {};
  for (const operation of boundOperations(model)) {
    const bound = operation.parameters[0]!;
    if (bound.collection || bound.type.kind !== 'entity') continue;
    if (!isKindOf(actualType, bound.type)) continue;
    const { name } = operation;
    result[`#${name}`] = { title: localName(name), target: `${url}/${encodeURI(name)}` };
  }
  return result;
}

function boundOperations(model: Model): readonly Operation[] {
  return [...model.operations.values()].flat().filter(({ bound }) => bound);
}
