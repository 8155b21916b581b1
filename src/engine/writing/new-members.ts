import { newId } from '#ids.ts';
import type { EntityType, KeyPart, Model, Property } from '#model/model.ts';
import type { Document, Value } from '#plan/document.ts';
import { findMissing, type Missing, refuseIncomplete } from '#plan/find-missing.ts';
import { canonicalKeyValue, joinKeys, valueAt } from '#plan/key-text.ts';
import type { CollectionQuery, KeptSource } from '#plan/query.ts';
import type { Address } from '#plan/store.ts';
import { fillValues } from '../reading/fill-values.ts';
import { oneMember } from '../reading/find-by-key.ts';
import { rulesOf } from '../rules.ts';
import { readOnly } from './apply-change.ts';
import type { Draft } from './draft.ts';
import { isLeftToServer, makeComputed } from './make-computed.ts';

/**
 * The members of a new entity with its key and with what holds where nobody has said anything.
 * Guids, and the numbers and texts that are left to the server, are made here; in Kith's own model
 * every id is. Refuses with 400 an entity without what it must have, naming each.
 */
export async function completeNew(
  draft: Draft,
  wanted: { type: EntityType; source: KeptSource; isSingle: boolean; isLenient: boolean },
  written: Document,
): Promise<Document> {
  const { type, source, isSingle, isLenient } = wanted;
  const { isForeign, types } = draft.options.model;
  const defaults = withDefaults(type, written);
  const members = isForeign ? makeComputed(type, defaults, draft.options.now) : defaults;
  const missing: Missing[] = [];
  for (const part of type.keyParts) {
    const { property, owner } = findKey(type, members, part);
    const name = part.path.at(-1)!;
    const written = owner?.[name] ?? null;
    const rules = isForeign ? undefined : rulesOf(type.name);
    const said = rules?.identify?.(members);
    const isKept = isForeign || written === said || rules?.completesKey;
    if (written !== null && !isKept) throw readOnly(name, type);
    const made =
      property && written === null && said === undefined
        ? await makeKey(draft, { property, part, isOwn: !isForeign }, source)
        : (said ?? written);
    if (owner && property && made !== null) owner[name] = canonicalKeyValue(property.type, made);
    // What stands alone is found without its key.
    else if (!isSingle) missing.push({ path: part.path.join('/'), isKey: true });
  }
  if (isForeign && !isLenient) missing.push(...findMissing(types, type, members));
  if (missing.length > 0) throw refuseIncomplete(type, missing);
  return isForeign ? fillValues(types, type, members) : members;
}

/**
 * Refuses with 400 an entity that lacks what it must have in the properties that a change touches,
 * naming each.
 */
export function checkComplete(
  { types }: Model,
  type: EntityType,
  members: Document,
  changed: ReadonlySet<string>,
): void {
  const missing = findMissing(types, type, members).filter(({ path }) => {
    return changed.has(path.split('/')[0]!);
  });
  if (missing.length > 0) throw refuseIncomplete(type, missing);
}

/** Defaults stand in the document, so that they are found by filters as what is written is. */
function withDefaults(type: EntityType, written: Document): Document {
  const members = { ...written };
  for (const [name, { initial }] of type.properties) {
    if (initial !== undefined && members[name] === undefined) members[name] = initial;
  }
  return members;
}

/** A key's property, and the value in which it stands, if that is there. */
function findKey(
  type: EntityType,
  members: Document,
  { path }: KeyPart,
): { property: Property | undefined; owner: Document | undefined } {
  let property: Property | undefined = type.properties.get(path[0]!);
  let owner: Document | undefined = members;
  for (const [index, name] of path.slice(1).entries()) {
    const before: Value | undefined = owner?.[path[index]!];
    owner = typeof before === 'object' && before !== null ? (before as Document) : undefined;
    property = property?.type.kind === 'complex' ? property.type.properties.get(name) : undefined;
  }
  return { property, owner };
}

async function makeKey(
  draft: Draft,
  key: { property: Property; part: KeyPart; isOwn: boolean },
  source: KeptSource,
): Promise<Value> {
  const { property, part, isOwn } = key;
  if (property.initial !== undefined) return property.initial;
  if (property.type.kind !== 'primitive') return null;
  const { name } = property.type;
  if (name === 'Edm.Guid') return newId();
  if (name === 'Edm.String') return isOwn || isLeftToServer(property) ? newId() : null;
  const isNumber = /^Edm\.(Byte|SByte|Int\d\d|Decimal)$/.test(name);
  return isNumber && isLeftToServer(property) ? nextNumber(draft, property, part, source) : null;
}

/** One more than the greatest number in the collection. */
async function nextNumber(
  draft: Draft,
  property: Property,
  { path }: KeyPart,
  source: KeptSource,
): Promise<number> {
  const result = { type: property.type, collection: false };
  const steps = path.map((name, index) => ({
    kind: 'property' as const,
    property: index === path.length - 1 ? property : source.type.properties.get(name)!,
  }));
  const query: CollectionQuery = {
    ...oneMember,
    orderBy: [{ expression: { kind: 'path', result, variable: '$it', steps }, descending: true }],
  };
  const page = await draft.tx.query(source, query, 'doc');
  const last = JSON.parse(page.members[0]?.text ?? '{}') as Document;
  for (let number = Number(valueAt(last, path) ?? 0); ; ) {
    number = draft.nextNumber(nameOf(source), number);
    // Queries do not see what the same group of a batch has made.
    if (!(await draft.exists(addressIn(source, String(number)), String(number)))) return number;
  }
}

/** The address of what has a key in a collection; the owner of a new root entity comes later. */
export function addressIn(source: KeptSource, key: string): Address {
  if (source.kind === 'set') return { set: source.set, owner: 0, path: '', key: '' };
  const { set, owner, path, keys } = source;
  return { set, owner, path, key: joinKeys(key === '' ? keys : [...keys, key]) };
}

function nameOf(source: KeptSource): string {
  return source.kind === 'set' ? source.set : JSON.stringify([source.path, source.keys]);
}
