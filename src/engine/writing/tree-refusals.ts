import { Refusal } from '#errors.ts';
import type { EntityType } from '#model/model.ts';
import { showKey } from '../place.ts';

/* Refusals of what a body nests in an entity. */

/** A profile has rules of its own. */
export function standsAlone(name: string): Refusal {
  const message = `'${name}' is changed where it stands, by a request of its own.`;
  return new Refusal('badRequest', message, { target: name });
}

/** Of more bindings along one navigation than a request may have. */
export function tooMany(name: string, most: number): Refusal {
  const message = `A request binds at most ${most} entities to '${name}'.`;
  return new Refusal('badRequest', message, { target: name });
}

/** Of an entity of a type that no entity is of. */
export function abstractType({ name }: EntityType): Refusal {
  const message = `The type '${name}' is abstract: name a derived one in '@odata.type'.`;
  return new Refusal('badRequest', message, { target: '@odata.type' });
}

/** Of a new entity with the key of one that is there. */
export function exists(path: string, type: EntityType, key: string): Refusal {
  const where = key === '' ? path : path + showKey(type, key);
  return new Refusal('alreadyExists', `There is '${where}' already.`, { target: type.key[0]! });
}

/** Of a reference where entities are contained. */
export function notBound(name: string): Refusal {
  const message = `'${name}' contains its entities: they are nested in the body, and not bound.`;
  return new Refusal('badRequest', message, { target: name });
}

/** Of an entry that says not which entity is removed. */
export function notNamed(name: string): Refusal {
  const message = `What is removed from '${name}' is named by its key or its '@odata.id'.`;
  return new Refusal('badRequest', message, { target: name });
}
