import type { Clock } from '#clock.ts';
import { Refusal } from '#errors.ts';
import type { Answer } from '#plan/answer.ts';
import type { Caller } from '#plan/caller.ts';
import type { Change } from '#plan/change.ts';
import type { Document, Value } from '#plan/document.ts';
import { DocumentText } from '#plan/document-text.ts';
import type { UpdatePlan } from '#plan/request.ts';
import type { Store, Writer } from '#plan/store.ts';
import { applyChange } from './apply-change.ts';
import { type Access, checkAccess } from './check-access.ts';
import { locate } from './locate.ts';
import { notFound, type Place } from './place.ts';
import { plainRules, rulesOf } from './rules.ts';
import { findSecrets, type HashSecret, type Secret, withoutSecrets } from './secrets.ts';
import { contextOf } from './show.ts';
import type { TypeRules } from './type-rules.ts';

/** What updating needs of the running server. */
export interface UpdateParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly hashSecret: HashSecret;
}

/**
 * Changes one entity and gives it as the caller sees it then, once that is durable. Refuses with
 * 403 what the caller may not write, 404 what is not there, 412 a version that is not the stored
 * one, and 400 what the type's rules do not allow; a refusal changes nothing.
 */
export async function updateEntity(
  plan: UpdatePlan,
  caller: Caller,
  parts: UpdateParts,
): Promise<Answer> {
  const access = checkAccess(caller, 'PATCH', plan.target);
  const secrets = findSecrets(plan.change);
  const hashes = await Promise.all(
    secrets.map(async ({ name, value }) => ({ name, value: await parts.hashSecret(value) })),
  );
  const rules = rulesOf(plan.target.type.name);
  const opening = { caller, access, parts, secrets };
  const written = await parts.store.transact(caller.tenant, async (tx) => {
    const place = await locatePlace(plan, { ...opening, tx });
    const change = { ...opening, tx, place };
    const isPlain = place.found !== undefined && rules === plainRules;
    const result = isPlain ? changeText(plan, change) : await changeWhole(plan, rules, change);
    if (!result.isChanged) return result;
    for (const { name, value } of hashes) tx.writeSecret(place.address.owner, name, value);
    return { ...result, version: result.version + 1 };
  });
  return show(plan, caller, parts, written);
}

/** What a transaction has made of the entity. */
interface Written {
  readonly place: Place;
  /** As the caller is shown it: with the secrets that came with the change. */
  readonly members: Document | DocumentText;
  /** The version before the change. */
  readonly version: number;
  readonly isChanged: boolean;
}

/** A root entity without rules of its own is changed where its members stand in the text. */
function changeText(plan: UpdatePlan, { tx, place, secrets }: Located): Written {
  const found = place.found!;
  const { version } = found;
  checkVersion(plan.ifMatch, version, true);
  checkId(plan.change, found.id);
  const change = withoutId(plan.change);
  const document = tx.document(place.address.set, found.text);
  if (change.members.size === 0) return { place, members: document, version, isChanged: false };
  const before: Document = {};
  for (const [name, { kind }] of change.members) {
    if (kind === 'merge') before[name] = document.read(name);
  }
  const { members, changed } = applyChange(before, change);
  const shown = document.replace(members);
  const kept = secrets.length > 0 ? document.replace(withoutSecrets(members, secrets)) : shown;
  tx.write(place.address, kept, found, changed);
  return { place, members: shown, version, isChanged: true };
}

/** Any other entity is read whole, and its type's rules have their say. */
async function changeWhole(plan: UpdatePlan, rules: TypeRules, located: Located): Promise<Written> {
  const { tx, place, secrets } = located;
  const { record, stored, before, context } = await open(plan, rules, located);
  checkVersion(plan.ifMatch, record?.version, rules.missing === undefined);
  checkId(plan.change, before.id);
  const applied = applyChange(before, withoutId(plan.change));
  const members = rules.complete?.(applied.members, context) ?? applied.members;
  const { changed } = applied;
  const version = record?.version ?? 0;
  if (changed.length === 0) return { place, members, version, isChanged: false };
  const kept = rules.keep?.(members, stored, context) ?? members;
  tx.write(place.address, withoutSecrets(kept, secrets), record, changed);
  return { place, members, version, isChanged: true };
}

/** The entity as it is now, all its properties, with what is computed for this caller. */
async function show(
  { target, languages, selection }: UpdatePlan,
  caller: Caller,
  { store, clock }: UpdateParts,
  { place, members, version }: Written,
): Promise<Answer> {
  const { type } = target;
  const context = contextOf(place, selection);
  // The pages show all properties of what was changed, not the default ones alone.
  const names =
    selection.properties?.map(({ property }) => property.name) ?? type.properties.keys();
  const answer = { type, actualType: type, version, path: place.shown, context, expanded: [] };
  if (members instanceof DocumentText) {
    return { ...answer, content: { kind: 'document', document: members, names } };
  }
  const reader = store.reader(caller.tenant);
  const rule = { place, caller, reader, languages, now: clock.now() };
  const shown = (await rulesOf(type.name).decorate?.(members, rule)) ?? members;
  return { ...answer, content: { kind: 'members', members: shown, names } };
}

interface Opening {
  readonly caller: Caller;
  readonly access: Access;
  readonly parts: UpdateParts;
  readonly secrets: readonly Secret[];
  readonly tx: Writer;
}

interface Located extends Opening {
  readonly place: Place;
}

function locatePlace({ target }: UpdatePlan, { caller, access, tx }: Opening): Promise<Place> {
  return locate({ target, caller, access, reader: tx, wanted: 'doc' });
}

/** Reads what is to be changed, as the transaction finds it. */
async function open(plan: UpdatePlan, rules: TypeRules, { caller, parts, tx, place }: Located) {
  const { languages } = plan;
  const record = place.found ?? (await tx.read(place.address));
  const context = { place, caller, reader: tx, languages, now: parts.clock.now() };
  const stored = record ? (JSON.parse(record.text) as Document) : await rules.initial?.(context);
  if (!stored) throw rules.missing?.(context) ?? notFound(place.key ?? place.ownerId);
  const before = rules.resolve?.(stored, context) ?? stored;
  return { record, stored, before, context };
}

/**
 * RFC 9110, section 13.1.1; entity tags here are weak by form and compared by their value. What
 * nobody has written yet has version 0; whether `*` meets it depends on whether a read shows it.
 */
function checkVersion(
  ifMatch: UpdatePlan['ifMatch'],
  version: number | undefined,
  isShownUnwritten: boolean,
): void {
  if (ifMatch === undefined) return;
  const current = `"${version ?? 0}"`;
  const exists = version !== undefined || isShownUnwritten;
  const matches =
    exists && (ifMatch === '*' || ifMatch.some((tag) => tag.replace(/^W\//, '') === current));
  if (matches) return;
  const message = 'The entity has changed since the version that If-Match names.';
  throw new Refusal('preconditionFailed', message, { target: 'If-Match' });
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
