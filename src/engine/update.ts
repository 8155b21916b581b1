import { Refusal } from '#errors.ts';
import type { EntityType } from '#model/model.ts';
import type { Answer } from '#plan/answer.ts';
import type { Caller } from '#plan/caller.ts';
import type { Change } from '#plan/change.ts';
import { type Document, TYPE, type Value } from '#plan/document.ts';
import { DocumentText } from '#plan/document-text.ts';
import { isIncomplete } from '#plan/find-missing.ts';
import type { MaybePromise } from '#plan/maybe-promise.ts';
import type { UpdatePlan } from '#plan/request.ts';
import type { Writer } from '#plan/store.ts';
import type { Target } from '#plan/target.ts';
import { type Access, checkAccess, checkUpdate } from './access/check-access.ts';
import { isCallers, maskMembers, viewOf } from './access/view.ts';
import { restoreEntity } from './directory/restore.ts';
import { notFound, type Place } from './place.ts';
import { readerFor } from './profile/facet-reader.ts';
import { followUser, isFollowed } from './profile/follow-user.ts';
import { capabilitiesAt } from './queries/capabilities-at.ts';
import { locate } from './reading/locate.ts';
import { contextOf, ownStream, pathOf } from './reading/show.ts';
import { changesItself, rulesOf } from './rules.ts';
import type { TypeRules } from './type-rules.ts';
import { type Applied, applyChange } from './writing/apply-change.ts';
import { checkConditions } from './writing/check-conditions.ts';
import type { WriteParts, Written } from './writing/create.ts';
import { Draft, type Held } from './writing/draft.ts';
import { holdOrMiss, holdTarget, notHeld, openMissing } from './writing/hold-target.ts';
import { findSecrets, hashSecrets, type Secret, withoutSecrets } from './writing/secrets.ts';
import { writeFidelity } from './writing/settle.ts';
import { checkShown, showWritten } from './writing/show-written.ts';
import { createIn, updateHeld, withoutKey } from './writing/write-tree.ts';

/**
 * Changes one entity, or replaces it, and gives it as the caller sees it then, once that is
 * durable. In models of other services an entity that is missing is made under the key that the
 * target names (OData Protocol 4.01, section 11.4.4), unless the server makes the keys or a PATCH
 * does not say all that it needs; that is 404, as it always is in Kith's own and in Graph. Refuses
 * with 403 what the caller may not write, 412 a version that is not the stored one, and 400 what
 * the type's rules do not allow; a refusal changes nothing.
 */
export async function updateEntity(
  plan: UpdatePlan,
  caller: Caller,
  parts: WriteParts,
): Promise<Written> {
  const { model, target, change } = plan;
  const access = plan.isWhole
    ? checkAccess(caller, 'PUT', target, model)
    : checkUpdate(caller, target, change, model);
  if (target.resource.isApart) return restoreEntity(plan, caller, parts, access);
  refuseNested(target, change);
  const isDeclared = change.undeclared.size === 0 && !target.type.abstract;
  const isOwn = !model.isForeign && change.related.size === 0 && !plan.isWhole;
  if (!isOwn || !isDeclared) return updateTree(plan, caller, parts, access);
  const secrets = findSecrets(change);
  const hashed = secrets.length > 0 ? await hashSecrets(change, parts.hashSecret) : undefined;
  const hashes = hashed?.get(change) ?? [];
  const rules = rulesOf(target.type.name);
  const opening = { caller, access, parts, secrets };
  const written = await parts.store.transact(caller.tenant, async (tx) => {
    const place = await locatePlace(plan, { ...opening, tx });
    const located = { ...opening, tx, place };
    const isPlain = place.found !== undefined && !changesItself(rules);
    const result = isPlain
      ? await changeText(plan, rules, located)
      : await changeWhole(plan, rules, located);
    if (!result.isChanged) return result;
    for (const { name, value } of hashes) tx.writeSecret(place.address.owner, name, value);
    return { ...result, version: result.version + 1 };
  });
  return { answer: await show(plan, caller, parts, written), isNew: false };
}

/** What an entity leads to that is worked out is changed where it stands, if at all. */
function refuseNested({ type }: Target, { related }: Change): void {
  const [name] = type.isDerived ? [...related.keys()] : [];
  if (name === undefined) return;
  const message = `'${name}' is changed where it stands, by a request of its own.`;
  throw new Refusal('badRequest', message, { target: name });
}

/** Any change of a model that has no rules of its own, and what is related with it. */
async function updateTree(
  plan: UpdatePlan,
  caller: Caller,
  parts: WriteParts,
  access: Access,
): Promise<Written> {
  const { model, target, change, languages, selection } = plan;
  const hashes = await hashSecrets(change, parts.hashSecret);
  const now = parts.clock.now();
  const held = await parts.store.transact(caller.tenant, async (tx) => {
    const fidelity = writeFidelity(model, parts);
    const draft = new Draft({ tx, model, caller, access, now, hashes, fidelity });
    const written = await updateOrMake(draft, plan);
    checkShown(written, { model, type: target.type, selection }, caller);
    draft.write();
    return draft.result(written);
  });
  const reader = readerFor(parts.store, model, caller);
  const viewer = { model, caller, reader, languages, now };
  const answer = await showWritten(held, { model, type: target.type, selection, viewer });
  return { answer, isNew: held.isNew };
}

async function updateOrMake(draft: Draft, plan: UpdatePlan): Promise<Held> {
  const { model, target, change, isWhole, key } = plan;
  const held = model.isForeign ? await holdOrMiss(draft, target) : await holdTarget(draft, target);
  if (held) {
    checkConditions(plan, held.version, false);
    checkType(change, held);
    if (!model.isForeign) checkId(change, held.members.id);
    return updateHeld(draft, held, change, { isWhole, template: target.template });
  }
  const { insertable } = capabilitiesAt(model, target.resource, target.steps);
  const destination =
    model.isForeign && !plan.isStrict && insertable && target.ending.kind === 'entities'
      ? await openMissing(draft, target)
      : undefined;
  if (!destination) throw notHeld(target);
  const made = await createIn(draft, destination, withoutKey(change, target.type), {
    members: key ?? {},
  }).catch((error) => {
    throw isWhole ? error : missesToo(error, target);
  });
  // What would be refused without conditions is refused just so (RFC 9110, section 13.2.1).
  checkConditions(plan, undefined, false);
  return made;
}

/** What does not make up an entity was meant for one that is there. */
function missesToo(error: unknown, target: Target): unknown {
  if (!isIncomplete(error)) return error;
  const { message, refusal } = notHeld(target);
  return new Refusal(refusal, message, { details: error.details ?? [], cause: error });
}

/** An entity stays of its type. */
function checkType({ type }: Change, held: Held): void {
  if ((type as EntityType).kinds.has(held.type.name)) return;
  const message = `'${held.path}' is a ${held.type.name} and does not become a ${type.name}.`;
  throw new Refusal('badRequest', message, { target: TYPE });
}

/** What a transaction has made of the entity. */
interface Changed {
  readonly place: Place;
  /** As the caller is shown it: with the secrets that came with the change. */
  readonly members: Document | DocumentText;
  /** The version before the change. */
  readonly version: number;
  readonly isChanged: boolean;
}

/** A root entity without rules of its own is changed where its members stand in the text. */
async function changeText(plan: UpdatePlan, rules: TypeRules, located: Located): Promise<Changed> {
  const { tx, place, secrets } = located;
  const found = place.found!;
  const { version } = found;
  checkConditions(plan, version, true);
  checkId(plan.change, found.id);
  const change = withoutId(plan.change);
  const document = tx.document(place.address.set, found.text);
  if (change.members.size === 0) return { place, members: document, version, isChanged: false };
  const before: Document = {};
  for (const [name, { kind, property }] of change.members) {
    if (kind !== 'value' || property.immutable) before[name] = document.read(name);
  }
  const applied = applyChange(before, change);
  const more = await settleChange(plan, rules, {
    ...located,
    change,
    written: applied,
    before: (name) => document.read(name),
  });
  const members = { ...applied.members, ...more };
  const changed = [...new Set([...applied.changed, ...Object.keys(more)])];
  const shown = document.replace(members);
  const kept = secrets.length > 0 ? document.replace(withoutSecrets(members, secrets)) : shown;
  tx.write(place.address, kept, found, changed);
  if (place.address.set === 'users' && isFollowed(changed)) {
    const { owner } = place.address;
    const before = (name: string) => document.read(name);
    await followUser(tx, { owner, id: found.id, before, written: members });
  }
  return { place, members: shown, version, isChanged: true };
}

/** What else changes with a change, by the rules of the type. */
function settleChange(
  { model }: UpdatePlan,
  rules: TypeRules,
  located: Located & {
    readonly change: Change;
    readonly written: Applied;
    /** The value of a property before the change. */
    before(name: string): Value | undefined;
  },
): MaybePromise<Document> {
  if (!rules.admit && !rules.settle) return {};
  const { parts, caller, tx, place, change, written, before } = located;
  const fidelity = writeFidelity(model, parts);
  const context = { model, caller, reader: tx, now: parts.clock.now(), fidelity };
  rules.admit?.(change, context);
  const names = written.changed.filter((name) => name in written.members);
  const changed = Object.fromEntries(names.map((name) => [name, written.members[name]]));
  const { owner } = place.address;
  return rules.settle?.(changed, { ...context, isNew: false, owner, before }) ?? {};
}

/** Any other entity is read whole, and its type's rules have their say. */
async function changeWhole(plan: UpdatePlan, rules: TypeRules, located: Located): Promise<Changed> {
  const { tx, place, secrets } = located;
  const { record, stored, before, context } = await open(plan, rules, located);
  checkConditions(plan, record?.version, rules.missing === undefined);
  checkId(plan.change, before.id);
  const change = withoutId(plan.change);
  const written = applyChange(before, change);
  const read = (name: string) => before[name];
  const more =
    written.changed.length > 0
      ? await settleChange(plan, rules, { ...located, change, written, before: read })
      : {};
  const settled = { ...written.members, ...more };
  const spread = await spreadChange(plan, rules, { located, settled });
  const applied = { ...settled, ...spread };
  const members = rules.complete?.(applied, context) ?? applied;
  const others = [...Object.keys(more), ...Object.keys(spread)];
  const changed = [...new Set([...written.changed, ...others])];
  const version = record?.version ?? 0;
  if (changed.length === 0) return { place, members, version, isChanged: false };
  const kept = rules.keep?.(members, stored, context) ?? members;
  tx.write(place.address, withoutSecrets(kept, secrets), record, changed);
  return { place, members, version, isChanged: true };
}

/** What a change writes elsewhere, by the rules of the type. */
async function spreadChange(
  plan: UpdatePlan,
  rules: TypeRules,
  change: {
    readonly located: Located;
    readonly settled: Document;
  },
): Promise<Document> {
  const { model, languages } = plan;
  const { located, settled } = change;
  const { tx, place, caller, parts } = located;
  if (!rules.spread) return {};
  // What is as it was in the document may be otherwise elsewhere.
  const names = [...plan.change.members.keys()].filter((name) => name in settled);
  const values = Object.fromEntries(names.map((name) => [name, settled[name]!]));
  const context = { model, tx, reader: tx, caller, place, languages, now: parts.clock.now() };
  const fidelity = writeFidelity(model, parts);
  return rules.spread(values, { ...context, fidelity, members: settled });
}

/** The entity as it is now, all its properties, with what is computed for this caller. */
async function show(
  { model, target, languages, selection }: UpdatePlan,
  caller: Caller,
  { store, clock }: WriteParts,
  { place, members, version }: Changed,
): Promise<Answer> {
  const { type } = target;
  const context = contextOf(place, selection);
  // The pages show all properties of what was changed, not the default ones alone.
  const names =
    selection.properties?.map(({ property }) => property.name) ?? type.properties.keys();
  const answer = {
    type,
    actualType: type,
    version,
    path: pathOf(place, type),
    context,
    expanded: [],
  };
  const view = viewOf(model, caller, type, isCallers(caller, place.address.set, place.ownerId));
  if (members instanceof DocumentText && view.isWhole) {
    return { ...answer, content: { kind: 'document', document: members, names } };
  }
  const all = members instanceof DocumentText ? members.parse() : members;
  const reader = readerFor(store, model, caller);
  const rule = { model, place, caller, reader, languages, now: clock.now() };
  const shown = (await rulesOf(type.name).decorate?.(all, rule)) ?? all;
  const media = ownStream(type, shown);
  const content = { kind: 'members', members: maskMembers(view, shown), names } as const;
  return { ...answer, content, ...(media ? { media } : {}) };
}

interface Opening {
  readonly caller: Caller;
  readonly access: Access;
  readonly parts: WriteParts;
  readonly secrets: readonly Secret[];
  readonly tx: Writer;
}

interface Located extends Opening {
  readonly place: Place;
}

function locatePlace(
  { model, target }: UpdatePlan,
  { caller, access, tx }: Opening,
): MaybePromise<Place> {
  return locate({ target, caller, access, reader: tx, wanted: 'doc', model });
}

/** Reads what is to be changed, as the transaction finds it. */
async function open(plan: UpdatePlan, rules: TypeRules, { caller, parts, tx, place }: Located) {
  const { languages } = plan;
  const record = place.found ?? (await tx.read(place.address));
  const now = parts.clock.now();
  const context = { model: plan.model, place, caller, reader: tx, languages, now };
  const stored = record ? (JSON.parse(record.text) as Document) : await rules.initial?.(context);
  if (!stored) throw rules.missing?.() ?? notFound(place.key ?? place.ownerId);
  const before = rules.resolve?.(stored, context) ?? stored;
  return { record, stored, before, context };
}

/** What is sent back of an id is not written: it may be in another case. */
function withoutId(change: Change): Change {
  if (!change.members.has('id')) return change;
  const members = new Map(change.members);
  members.delete('id');
  return { ...change, members };
}

/** An id may be sent back as it is; it can't be changed. */
function checkId(change: Change, id: Value | undefined): void {
  const member = change.members.get('id');
  if (member?.kind !== 'value') return;
  const isSame =
    String(member.value)
      .toLowerCase()
      .replace(/^urn:li:member:/, '') === String(id).toLowerCase();
  if (!isSame) {
    const message = "The property 'id' is read-only and cannot be changed.";
    throw new Refusal('badRequest', message, { target: 'id' });
  }
}
