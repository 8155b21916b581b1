import { photoStates } from '#engine/photos/missing-photo.ts';
import { Refusal } from '#errors.ts';
import type { Model } from '#model/model.ts';
import { decodeLoaded } from '#odata/decode-change.ts';
import { splitKeys } from '#plan/key-text.ts';
import { type Destination, findDestination } from './find-destination.ts';
import { SeedError, type SeedLine } from './read-seed.ts';
import { SEED_SECRETS, type SeedSecret } from './seed-application.ts';
import { type SeedEntity, unfoldEntity } from './unfold-entity.ts';

/**
 * Checks one line that describes an entity, and gives it with the entities that are nested in it,
 * owners first. Throws a SeedError that names the line.
 */
export function decodeLine(model: Model, line: SeedLine): SeedEntity[] {
  try {
    return decode(model, line);
  } catch (error) {
    if (error instanceof Refusal) throw new SeedError(`${line.where}: ${reasonOf(error)}`);
    throw error;
  }
}

function decode(model: Model, { value, where, folder }: SeedLine): SeedEntity[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SeedError(`${where} is not a JSON object.`);
  }
  const line = value as Record<string, unknown>;
  const destination = findDestination(model, line, where);
  // What begins with `@` is an annotation to the decoder, and ignored.
  const change = decodeLoaded(model, destination.type, line);
  const hash = line['@passwordHash'];
  const [entity, ...nested] = unfoldEntity(model, change, destination, where);
  const passwordHash = typeof hash === 'string' ? hash : undefined;
  const streams = readStreams(line);
  const given = (line[SEED_SECRETS] ?? []) as readonly SeedSecret[];
  const secrets = [...(entity!.secrets ?? []), ...given];
  const states = unfoldPhotoState(model, line, destination, entity!);
  return [{ ...entity!, passwordHash, streams, folder, secrets }, ...nested, ...states];
}

/** `@photoState` says how Graph would refuse the photo of somebody who has none. */
function unfoldPhotoState(
  model: Model,
  line: Record<string, unknown>,
  { type, resource, steps, set, path }: Destination,
  { ownerId, key, where }: SeedEntity,
): SeedEntity[] {
  const state = line['@photoState'];
  if (state === undefined) return [];
  const photo = type.navigation.get('photo');
  if (photo?.storedAs !== 'photo' || !photoStates.some((each) => each === state)) {
    const known = photoStates.join(', ');
    throw new SeedError(`${where}: '@photoState' of somebody with a photo is one of ${known}.`);
  }
  if (state === 'none') return [];
  const change = decodeLoaded(model, photo.target, { state });
  const keys = key === '' ? [] : splitKeys(key);
  const at = { resource, steps, set, ownerId, keys, path: [...path, 'photo'], takesKey: false };
  return unfoldEntity(model, change, { ...at, type: photo.target }, where);
}

/** `@media` holds the entity's own stream, `Photo@media` that of a stream property. */
function readStreams(line: Record<string, unknown>): Map<string, unknown> {
  const streams = new Map<string, unknown>();
  for (const name of Object.keys(line)) {
    if (name.endsWith('@media')) streams.set(name.slice(0, -'@media'.length), line[name]);
  }
  return streams;
}

/** What is wrong, with what exactly where the refusal says it. */
function reasonOf({ message, details }: Refusal): string {
  const [detail] = details ?? [];
  return detail && detail.message !== message ? `${message} ${detail.message}` : message;
}
