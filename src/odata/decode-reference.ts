import { Refusal } from '#errors.ts';
import type { EntityType, Model } from '#model/model.ts';
import { GRAPH } from '#model/schema.ts';
import type { Reference } from '#plan/change.ts';
import type { Target } from '#plan/target.ts';
import { bindPath } from './bind-path.ts';
import { parseResourcePath } from './language/parse-resource-path.ts';

/** Sets that Graph names and no root has: a key in them is one in any set of the type. */
const sharedSets: ReadonlyMap<string, string> = new Map([
  ['directoryObjects', `${GRAPH}.directoryObject`],
]);

/** Characters of a reference. */
const URL_MAX = 4096;

/**
 * The entity that a URL names, in a body or in `$id` (OData JSON 4.01, section 4.6.8). The URL is
 * absolute or relative, whatever its host and root: what counts is the part that begins with the
 * first segment naming a resource of the model from which the path leads to one entity. Clients
 * write `https://graph.microsoft.com/v1.0/users/{id}` to every server. Refuses what names none.
 */
export function decodeReference(model: Model, url: unknown, where: string): Reference {
  if (typeof url !== 'string' || url === '') {
    throw refuse(`'${where}' must be the URL of an entity.`, where);
  }
  if (url.length > URL_MAX) throw refuse(`'${where}' is longer than ${URL_MAX} characters.`, where);
  const path = url.replace(/^[a-z][\w+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
  let problem: unknown;
  for (let at = path.startsWith('/') ? 1 : 0; at < path.length; at = nextSegment(path, at)) {
    const rest = path.slice(at);
    const name = /^[^/(]*/.exec(rest)![0];
    const shared = sharedEntity(model, name, rest);
    if (shared) return { ...shared, written: url };
    if (!model.resources.has(name)) continue;
    try {
      const target = bindPath(model, parseResourcePath(rest));
      if (isEntity(target)) return { kind: 'target', target, written: url };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      problem ??= error;
    }
  }
  if (problem instanceof Refusal) throw refuse(problem.message, where);
  throw refuse(`'${url}' names no entity of this service.`, where);
}

function nextSegment(path: string, at: number): number {
  const slash = path.indexOf('/', at);
  return slash < 0 ? path.length : slash + 1;
}

/** A key in a set that only names a type: `directoryObjects/{id}`, `directoryObjects('{id}')`. */
function sharedEntity(
  model: Model,
  name: string,
  path: string,
): { kind: 'key'; type: EntityType; key: string } | undefined {
  const type = model.types.get(sharedSets.get(name) ?? '');
  if (type?.kind !== 'entity' || model.resources.has(name)) return undefined;
  const key = /^[^/(]*(?:\/([^/]+)|\('((?:[^']|'')+)'\))\/?$/.exec(path);
  const written = key?.[1] ?? key?.[2]?.replaceAll("''", "'");
  if (written === undefined) return undefined;
  try {
    return { kind: 'key', type, key: decodeURIComponent(written) };
  } catch {
    return undefined;
  }
}

function isEntity({ collection, ending }: Target): boolean {
  return !collection && ending.kind === 'entities';
}

function refuse(message: string, target: string): Refusal {
  return new Refusal('malformedRequest', message, { target });
}
