import { Refusal } from '#errors.ts';
import type { EntityType, Navigation } from '#model/model.ts';
import type { Document } from '#plan/document.ts';
import { keyTextOf } from '#plan/key-text.ts';
import { nothingAsked, type PageMark } from '#plan/query.ts';
import { boundSets } from '../queries/bound-resource.ts';
import { findByValues } from '../reading/find-by-key.ts';
import { relationOf, sourceOf } from '../reading/sources.ts';
import type { Draft, Held } from './draft.ts';
import { checkRelation, checkUnrelation } from './relation-rules.ts';

/** Members that are read at once. */
const PAGE = 500;
/** Relatives that are looked at to replace a whole collection. */
const LINKS_MAX = 1_000_000;

/**
 * Relates two entities along a navigation. What a single-valued end was related to before is let
 * go, and dependent properties take the values of their principal (OData CSDL 4.01, section 8.5).
 */
export async function connect(
  draft: Draft,
  from: Held,
  navigation: Navigation,
  to: Held,
): Promise<void> {
  if (!draft.options.model.isForeign) await checkRelation(draft, from, navigation, to);
  if (!navigation.collection) {
    const before = await relatedTo(draft, from, navigation);
    for (const each of before) {
      if (each.address.owner !== to.address.owner) await unlink(draft, from, navigation, each);
    }
  }
  const partner = partnerOf(navigation);
  if (partner && !partner.collection && partner.relation) {
    for (const each of await relatedTo(draft, to, partner)) {
      const isSame = each.address.owner === from.address.owner;
      if (!isSame) await unlink(draft, each, navigation, to);
    }
  }
  const [source, target] = ends(from, navigation, to);
  draft.tx.link(relationOf(navigation, from.address, from.inside), source, target);
  if (navigation.constraints.size > 0) depend(draft, from, navigation.constraints, to);
  if (partner && partner.constraints.size > 0) depend(draft, to, partner.constraints, from);
}

/** Ends the relation of two entities along a navigation, which the entity must be able to miss. */
export async function disconnect(
  draft: Draft,
  from: Held,
  navigation: Navigation,
  to: Held,
): Promise<void> {
  if (!navigation.collection && !navigation.nullable) throw needed(from, navigation.name);
  if (!draft.options.model.isForeign) await checkUnrelation(draft, from, navigation, to);
  await unlink(draft, from, navigation, to);
  clear(draft, from, navigation.constraints);
  const partner = partnerOf(navigation);
  if (partner) clear(draft, to, partner.constraints);
}

/** Everything that a navigation leads to from an entity. */
export async function relatedTo(
  draft: Draft,
  from: Held,
  navigation: Navigation,
): Promise<readonly Held[]> {
  // What is new has been related to nothing yet.
  if (from.isNew) return [];
  const { tx } = draft;
  const found: Held[] = [];
  if (!navigation.inverse) {
    // These show what earlier requests of the same group have linked.
    const relation = relationOf(navigation, from.address, from.inside);
    const limit = navigation.collection ? LINKS_MAX : 1;
    const owners = await tx.linked(relation, from.address.owner, limit);
    for (const set of owners.length > 0 ? navigation.target.sets : []) {
      for (const each of await tx.findMany(set, owners, 'doc')) found.push(draft.root(set, each));
    }
  } else {
    const source = sourceOf(navigation, { ...from.address, inside: from.inside ?? [] });
    const query = { ...nothingAsked, pageSize: PAGE };
    for (let after: PageMark | undefined; ; ) {
      const page = await tx.query(source, { ...query, after }, 'doc');
      for (const each of page.members) found.push(draft.root(each.set, { ...each, id: each.key }));
      if (!page.next) break;
      after = page.next;
    }
  }
  return found.filter((each) => !draft.isRemoved(each));
}

/** Whether a navigation leads from one entity to the other. */
export function isRelated(
  draft: Draft,
  from: Held,
  navigation: Navigation,
  to: Held,
): Promise<boolean> {
  const [source, target] = ends(from, navigation, to);
  return draft.tx.isLinked(relationOf(navigation, from.address, from.inside), source, target);
}

/** The navigation that leads back along the same relation. */
export function partnerOf(navigation: Navigation): Navigation | undefined {
  const { relation, inverse, partner, target } = navigation;
  const named = partner === undefined ? undefined : target.navigation.get(partner);
  if (named) return named;
  if (relation === undefined) return undefined;
  return [...target.navigation.values()].find(
    (each) => each.relation === relation && each.inverse !== inverse,
  );
}

/**
 * Relates an entity along the navigations whose dependent properties have changed: to the entity
 * that has these values, or to none.
 */
export async function followConstraints(
  draft: Draft,
  held: Held,
  changed: ReadonlySet<string>,
): Promise<void> {
  for (const navigation of held.type.navigation.values()) {
    const { constraints, contains, collection } = navigation;
    if (contains || collection || !navigation.relation) continue;
    if (![...constraints.keys()].some((name) => changed.has(name))) continue;
    const principal = await principalOf(draft, draft.hold(held), navigation);
    for (const each of await relatedTo(draft, held, navigation)) {
      if (each.address.owner !== principal?.address.owner) {
        await unlink(draft, held, navigation, each);
      }
    }
    if (!principal) continue;
    const [source, target] = ends(held, navigation, principal);
    draft.tx.link(relationOf(navigation, held.address), source, target);
  }
}

async function principalOf(
  draft: Draft,
  { members, address }: Held,
  navigation: Navigation,
): Promise<Held | undefined> {
  const { constraints, target } = navigation;
  const values = [...constraints].map(([here, there]) => ({
    name: there,
    path: there.split('/'),
    value: members[here] ?? null,
  }));
  if (values.some(({ value }) => value === null)) return undefined;
  const byName = new Map(values.map(({ name, value }) => [name, value]));
  const isKey = target.key.every((name) => byName.has(name)) && byName.size === target.key.length;
  const key = isKey ? keyTextOf(target, Object.fromEntries(byName)) : undefined;
  for (const set of boundSets(draft.options.model, address, navigation)) {
    const found =
      key === undefined
        ? await findByValues(draft.tx, { kind: 'set', set, type: target }, { values }, 'doc')
        : await draft.tx.find(set, 'id', key, 'doc');
    if (found) return draft.root(set, found);
  }
  return undefined;
}

async function unlink(draft: Draft, from: Held, navigation: Navigation, to: Held): Promise<void> {
  const [source, target] = ends(from, navigation, to);
  draft.tx.unlink(relationOf(navigation, from.address, from.inside), source, target);
}

/** Source and target of a link: an inverse navigation follows it backwards. */
function ends(from: Held, { inverse }: Navigation, to: Held): readonly [number, number] {
  const [one, other] = [from.address.owner, to.address.owner];
  return inverse ? [other, one] : [one, other];
}

/** Gives dependent properties the values of the principal. */
function depend(
  draft: Draft,
  dependent: Held,
  constraints: ReadonlyMap<string, string>,
  principal: Held,
): void {
  const { members } = draft.hold(dependent);
  const values: Document = {};
  for (const [here, there] of constraints) {
    const value = principal.members[there] ?? null;
    if (JSON.stringify(members[here] ?? null) !== JSON.stringify(value)) values[here] = value;
  }
  const names = Object.keys(values);
  if (names.length === 0) return;
  checkFree(dependent.type, names);
  draft.change(dependent, { ...members, ...values }, names);
}

function clear(draft: Draft, dependent: Held, constraints: ReadonlyMap<string, string>): void {
  if (constraints.size === 0) return;
  const { members, type } = draft.hold(dependent);
  const names = [...constraints.keys()].filter((name) => (members[name] ?? null) !== null);
  if (names.length === 0) return;
  checkFree(type, names);
  for (const name of names) {
    if (type.properties.get(name)?.nullable === false) throw needed(dependent, name);
  }
  const values = Object.fromEntries(names.map((name) => [name, null]));
  draft.change(dependent, { ...members, ...values }, names);
}

/** A key does not change, not even when it depends on another entity. */
function checkFree(type: EntityType, names: readonly string[]): void {
  const name = names.find((each) => type.key.includes(each));
  if (name === undefined) return;
  const message = `The key property '${name}' depends on the related entity and cannot be changed.`;
  throw new Refusal('badRequest', message, { target: name });
}

function needed({ type }: Held, name: string): Refusal {
  const message = `'${name}' of '${type.name}' cannot be null; relate the entity to another one.`;
  return new Refusal('badRequest', message, { target: name });
}
