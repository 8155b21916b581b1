import type { EntityType, Navigation } from '#model/model.ts';
import type { Change, RelatedChange, RelatedEntry } from '#plan/change.ts';
import type { Document, Value } from '#plan/document.ts';
import { keyTextOf } from '#plan/key-text.ts';
import type { Address } from '#plan/store.ts';
import {
  checkChange,
  checkGiven,
  checkOperation,
  checkOwned,
  checkSelf,
} from '../access/check-access.ts';
import { containedIn, keyOf } from '../contained.ts';
import { notFound, showKey } from '../place.ts';
import { followUser, isFollowed } from '../profile/follow-user.ts';
import { fillValues } from '../reading/fill-values.ts';
import { PROFILE } from '../reading/inline-facets.ts';
import { rulesOf } from '../rules.ts';
import { adoptDependents } from './adopt-dependents.ts';
import { applyChange, firstMembers, replaceMembers } from './apply-change.ts';
import { checkTag } from './check-conditions.ts';
import {
  type Destination,
  dependentMembers,
  inSet,
  insideOf,
  type RelatedFrom,
  setFor,
} from './destination.ts';
import type { Draft, Held } from './draft.ts';
import { letGoInside } from './let-go.ts';
import { addressIn, checkComplete, completeNew } from './new-members.ts';
import { connect, disconnect, followConstraints, relatedTo } from './relate.ts';
import { removeHeld } from './remove-held.ts';
import { findSecrets, withoutSecrets } from './secrets.ts';
import { beginMembers, settleHeld } from './settle.ts';
import { abstractType, exists, notBound, notNamed, standsAlone, tooMany } from './tree-refusals.ts';

/** Relations along one navigation that a request may make, as Graph's page Create group says. */
const BOUND_MAX = 20;

/** What a new entity gets beside what its body says. */
export interface Given {
  /** Members that follow from where it is made: its key in the URL, its principal's values. */
  readonly members?: Document;
  /** Whether what it must have may be missing: media are made of bytes alone. */
  readonly isLenient?: boolean;
}

/** Makes an entity with all that is nested in it, and relates it as its body says. */
export async function createIn(
  draft: Draft,
  destination: Destination,
  change: Change,
  given: Given = {},
): Promise<Held> {
  const type = change.type as EntityType;
  if (type.abstract) throw abstractType(type);
  checkGiven(draft.options.caller, change, draft.options.model);
  const { source } = destination;
  const principals = await resolvePrincipals(draft, destination, change);
  const written = {
    ...withoutGivenKey(type, firstMembers(change)),
    ...principals.members,
    ...given.members,
  };
  const completed = await completeNew(
    draft,
    { type, source, isSingle: destination.isSingle, isLenient: given.isLenient ?? false },
    written,
  );
  const { hashes } = draft.options;
  const begun = await beginMembers(draft, { change, owner: destination.owner }, completed);
  const key = destination.isSingle ? '' : keyTextOf(type, begun)!;
  const members = withoutSecrets(begun, findSecrets(change));
  const address = await insert(draft, destination, { key, members, type });
  for (const { name, value } of hashes.get(change) ?? []) {
    draft.tx.writeSecret(address.owner, name, value);
  }
  const held = draft.hold({
    address,
    type,
    ownerId: destination.ownerId ?? key,
    key,
    path: destination.isSingle ? destination.path : destination.path + showKey(type, key),
    shown: destination.path,
    version: 1,
    isNew: true,
    members,
    nested: new Map(),
  });
  for (const { navigation, principal, isNested } of principals.related) {
    await connect(draft, held, navigation, principal);
    if (isNested) held.nested.set(navigation.name, [principal]);
  }
  await changeRelated(draft, held, withoutPrincipals(change), destination.template);
  await changeRelatedInside(draft, held, change, destination.template);
  await rulesOf(type.name).relate?.(draft, held, change);
  const names = new Set(Object.keys(members));
  for (const { navigation } of principals.related) {
    for (const name of navigation.constraints.keys()) names.delete(name);
  }
  await followConstraints(draft, held, names);
  if (draft.options.model.isForeign) await adoptDependents(draft, held);
  return held;
}

/** What only the server sets of a key is not taken from a body. */
function withoutGivenKey(type: EntityType, members: Document): Document {
  const names = type.key.filter((name) => type.properties.get(name)?.computed);
  if (names.length === 0) return members;
  return Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)));
}

/** Changes an entity and what is related to it; gives it as it is then. */
export async function updateHeld(
  draft: Draft,
  held: Held,
  change: Change,
  manner: { readonly isWhole: boolean; readonly template: string },
): Promise<Held> {
  const { type } = held;
  if (change.tag !== undefined) checkTag(change.tag, held);
  const own = withoutKey(change, type);
  const applied = manner.isWhole
    ? replaceMembers(type, held.members, own)
    : applyChange(held.members, own);
  const { members: written, changed } = await settleHeld(draft, held, own, applied);
  const { model } = draft.options;
  const { isForeign, types } = model;
  if (isForeign || manner.isWhole) checkComplete(model, type, written, new Set(changed));
  const members = isForeign ? fillValues(types, type, written) : written;
  const kept = withoutSecrets(members, findSecrets(change));
  for (const { name, value } of draft.options.hashes.get(change) ?? []) {
    draft.tx.writeSecret(held.address.owner, name, value);
  }
  if (changed.length > 0) draft.change(held, kept, changed);
  const { owner, path, set } = held.address;
  if (!isForeign && set === 'users' && path === '' && isFollowed(changed)) {
    const before = (name: string) => held.members[name];
    await followUser(draft.tx, { owner, id: held.ownerId, before, written: kept });
  }
  if (isForeign) await letGoInside(draft, held, change, { members, changed });
  await followConstraints(draft, held, new Set(changed));
  await changeRelated(draft, held, change, manner.template);
  await changeRelatedInside(draft, held, change, manner.template);
  return draft.hold(held);
}

/** The change without the entity's key, which stays what it is (Protocol 4.01, section 11.4.3). */
export function withoutKey(change: Change, { keyParts }: EntityType): Change {
  const names = keyParts.flatMap(({ path }) => (path.length === 1 ? path : []));
  if (!names.some((name) => change.members.has(name))) return change;
  const members = new Map(change.members);
  for (const name of names) members.delete(name);
  return { ...change, members };
}

/** Entities that a new one depends on are there before it, and give it their values. */
async function resolvePrincipals(draft: Draft, { template, source }: Destination, change: Change) {
  const at = { set: source.set, path: source.kind === 'set' ? '' : source.path };
  const related: { navigation: Navigation; principal: Held; isNested: boolean }[] = [];
  const members: Document = {};
  for (const { navigation, entries } of change.related.values()) {
    const { constraints, contains, collection } = navigation;
    const [entry] = entries;
    if (constraints.size === 0 || contains || collection || !entry) continue;
    const way = `${template}/${navigation.name}`;
    const principal = await bring(draft, entry, { navigation, way, at, owner: undefined });
    related.push({ navigation, principal, isNested: entry.kind === 'entity' });
    for (const [here, there] of constraints) members[here] = principal.members[there] ?? null;
  }
  return { related, members };
}

function withoutPrincipals(change: Change): Change {
  const others = [...change.related].filter(([, { navigation, entries }]) => {
    const { constraints, contains, collection } = navigation;
    return constraints.size === 0 || contains || collection || entries.length === 0;
  });
  return { ...change, related: new Map(others) };
}

async function insert(
  draft: Draft,
  { source, path }: Destination,
  made: { key: string; members: Document; type: EntityType },
): Promise<Address> {
  const { key, members, type } = made;
  const address = addressIn(source, key);
  if (await draft.exists(address, key)) throw exists(path, type, key);
  if (address.path === '') {
    return { ...address, owner: await draft.tx.insert(address.set, members) };
  }
  draft.tx.write(address, members, undefined, []);
  return address;
}

/** Related entities as a body wants them (OData Protocol 4.01, sections 11.4.2.2, 11.4.3.1). */
async function changeRelated(
  draft: Draft,
  held: Held,
  { related }: Change,
  template: string,
): Promise<void> {
  for (const each of related.values()) {
    const { navigation } = each;
    const nested = navigation.contains
      ? await changeContained(draft, held, each, template)
      : await changeLinks(draft, held, each, template);
    if (nested.length > 0) held.nested.set(navigation.name, nested);
  }
}

/** What a body says of navigations that complex values have. */
async function changeRelatedInside(
  draft: Draft,
  held: Held,
  { members }: Change,
  template: string,
): Promise<void> {
  for (const [name, member] of members) {
    const way = [...(held.inside ?? []), name];
    const within = `${template}/${name}`;
    if (member.kind === 'merge') {
      await changeBehind(draft, { ...held, inside: way }, member.change, within);
      continue;
    }
    const first = member.kind === 'append' ? countAt(held.members, way) : 0;
    for (const { index, change } of member.inside ?? []) {
      const inside = [...way, String(first + index)];
      await changeBehind(draft, { ...held, inside }, change, within);
    }
  }
}

/** What a body says of the navigations of one complex value, and of those inside it. */
async function changeBehind(
  draft: Draft,
  inside: Held,
  change: Change,
  template: string,
): Promise<void> {
  for (const related of change.related.values()) {
    const changeAll = related.navigation.contains ? changeContained : changeLinks;
    await changeAll(draft, inside, related, template);
  }
  await changeRelatedInside(draft, inside, change, template);
}

/** How many values a collection holds inside an entity. */
function countAt(members: Document, way: readonly string[]): number {
  let value: Value | undefined = members;
  for (const name of way) value = (value as Document | null | undefined)?.[name];
  return Array.isArray(value) ? value.length : 0;
}

async function changeContained(
  draft: Draft,
  held: Held,
  { navigation, isWhole, entries }: RelatedChange,
  template: string,
): Promise<Held[]> {
  const { caller, model } = draft.options;
  if (!model.isForeign && navigation.target.name === PROFILE) throw standsAlone(navigation.name);
  const destination = insideOf(held, navigation, template);
  const check = (operation: string) => checkOwned(draft.options, operation, held.ownerId);
  const existing = await containedIn(draft, held, destination);
  const nested: Held[] = [];
  const left = new Set(existing.keys());
  for (const entry of entries) {
    if (entry.kind === 'reference') throw notBound(navigation.name);
    const change = entry.kind === 'entity' ? entry.change : entry.of;
    const key = 'members' in change ? keyOf(change, destination) : undefined;
    const known = key === undefined ? undefined : existing.get(key);
    if (key !== undefined) left.delete(key);
    if (entry.kind === 'removed') {
      check(`DELETE ${destination.template}`);
      if (known) await removeHeld(draft, known);
    } else if (known) {
      const access = checkChange(caller, `PATCH ${destination.template}`, entry.change, model);
      checkSelf(caller, access, held.ownerId);
      const manner = { isWhole: false, template: destination.template };
      nested.push(await updateHeld(draft, known, entry.change, manner));
    } else {
      check(`POST ${template}/${navigation.name}`);
      nested.push(await createIn(draft, destination, entry.change));
    }
  }
  for (const key of isWhole ? left : []) {
    check(`DELETE ${destination.template}`);
    await removeHeld(draft, existing.get(key)!);
  }
  return nested;
}

async function changeLinks(
  draft: Draft,
  held: Held,
  { navigation, isWhole, entries }: RelatedChange,
  template: string,
): Promise<Held[]> {
  const { fidelity = 'odata' } = draft.options;
  const way = `${template}/${navigation.name}`;
  const check = (operation: string, ownerId: string) =>
    checkOwned(draft.options, operation, ownerId);
  if (fidelity !== 'odata' && entries.length > BOUND_MAX) throw tooMany(navigation.name, BOUND_MAX);
  const before = isWhole ? await relatedTo(draft, held, navigation) : [];
  if (before.length > 0) check(`DELETE ${way}/$ref`, held.ownerId);
  const now = new Set<number>();
  const nested: Held[] = [];
  for (const entry of entries) {
    check(`${navigation.collection ? 'POST' : 'PUT'} ${way}/$ref`, held.ownerId);
    if (entry.kind === 'removed') {
      const { of } = entry;
      const other =
        'members' in of
          ? await findByMembers(draft, of, { navigation, way, at: placeOf(held), owner: held })
          : await draft.findNamed(of, navigation.target);
      if (entry.isDeleted) {
        check(`DELETE /${other.address.set}/{id}`, other.ownerId);
        await removeHeld(draft, other);
      } else await disconnect(draft, held, navigation, other);
      continue;
    }
    const at = placeOf(held);
    const other = await bring(draft, entry, { navigation, way, at, owner: held });
    if (entry.kind === 'entity') nested.push(other);
    now.add(other.address.owner);
    await connect(draft, held, navigation, other);
  }
  for (const each of before) {
    if (now.has(each.address.owner)) continue;
    // A single-valued end has let it go when it took the new one.
    if (navigation.collection || entries.length === 0) {
      await disconnect(draft, held, navigation, each);
    }
  }
  return nested;
}

function placeOf({ address: { set, path }, inside }: Held): RelatedFrom {
  return { set, path, inside };
}

/** A navigation that entities are brought along. */
interface Along {
  readonly navigation: Navigation;
  /** The name under which permissions for it are declared. */
  readonly way: string;
  /** Where the entity is that has it. */
  readonly at: RelatedFrom;
  /** That entity, unless it depends on what is brought. */
  readonly owner: Held | undefined;
}

/** The related entity that is named by its key members. */
async function findByMembers(draft: Draft, change: Change, along: Along): Promise<Held> {
  const { navigation, at } = along;
  const set = setFor(draft.options.model, change.type as EntityType, navigation, at);
  const key = keyOf(change, inSet(draft.options.model, set));
  if (key === undefined) throw notNamed(navigation.name);
  const found = await draft.tx.find(set, 'id', key, 'doc');
  if (!found) throw notFound(key);
  return draft.root(set, found);
}

/** The entity that an entry names, changed or made as it says. */
async function bring(draft: Draft, entry: RelatedEntry, along: Along): Promise<Held> {
  const { model, caller } = draft.options;
  const { navigation, way, at, owner } = along;
  if (entry.kind === 'removed') throw notNamed(navigation.name);
  if (entry.kind === 'reference') return draft.findNamed(entry.reference, navigation.target);
  const { change } = entry;
  const destination = inSet(model, setFor(model, change.type as EntityType, navigation, at));
  const { set } = destination.source;
  const { template } = destination;
  if (entry.reference) {
    const access = checkChange(caller, `PATCH ${template}`, change, model);
    const named = await draft.findNamed(entry.reference, navigation.target);
    checkSelf(caller, access, named.ownerId);
    return updateHeld(draft, named, change, { isWhole: false, template });
  }
  const key = keyOf(change, destination);
  const found = key === undefined ? undefined : await draft.tx.find(set, 'id', key, 'doc');
  if (found) {
    checkSelf(caller, checkChange(caller, `PATCH ${template}`, change, model), found.id);
    return updateHeld(draft, draft.root(set, found), change, { isWhole: false, template });
  }
  checkOperation(caller, `POST /${set}`, model);
  checkOperation(caller, `POST ${way}`, model);
  return createIn(draft, destination, change, { members: dependentMembers(navigation, owner) });
}
