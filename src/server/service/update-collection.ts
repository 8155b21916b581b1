import { updateEntity } from '#engine/update.ts';
import {
  changeMembers,
  removeEach,
  replaceMembers,
  updateEach,
} from '#engine/writing/change-members.ts';
import { Refusal } from '#errors.ts';
import { decodeChange } from '#odata/decode-change.ts';
import { decodeDelta, decodeMembers } from '#odata/decode-delta.ts';
import { encodeCollection } from '#odata/encode-entity.ts';
import { segmentNotServed } from '#odata/paths/refuse-segment.ts';
import type { Change, DeltaEntry, RelatedChange } from '#plan/change.ts';
import type { NavigationStep, Target } from '#plan/target.ts';
import { readJson } from '../read-json.ts';
import { encodingOf, jsonHeaders } from '../requests/answer.ts';
import type { Asked } from '../requests/asked.ts';
import { bindEntityOptions, parseOptions } from '../requests/bind-request.ts';
import { preferencesOf } from '../requests/format.ts';
import { checkRestricted } from '../requests/write-request.ts';
import { headerOf, type ServiceAnswer } from '../service-request.ts';
import { capabilitiesOf } from './allowed-methods.ts';

const everything = { properties: undefined, expand: [], compute: [] };

/**
 * Answers a PATCH or DELETE of every member of a collection with 204, or with the members as they
 * are then where that is asked for (OData Protocol 4.01, sections 11.4.15 and 11.4.16).
 */
export async function answerEach(asked: Asked): Promise<ServiceAnswer> {
  const { request, parts, caller, model, target } = asked;
  // The sets of Graph have no such segment.
  if (!model.isForeign) throw segmentNotServed('$each');
  const languages = headerOf(request, 'accept-language');
  const selection = bindEntityOptions(model, target, parseOptions(request));
  const plan = { model, target, languages, selection };
  if (request.method === 'DELETE') {
    await removeEach(plan, caller, parts);
    return { status: 204, headers: {}, body: undefined };
  }
  const change = decodeChange(model, target.type, readJson(request));
  checkRestricted(change, capabilitiesOf(model, target).nonUpdatable);
  const answer = await updateEach({ ...plan, change }, caller, parts);
  const { return: wanted } = preferencesOf(request);
  if (wanted !== 'representation')
    return { status: 204, headers: appliedOf(wanted), body: undefined };
  const encoding = encodingOf(request, parts, false);
  const headers = jsonHeaders(encoding.format, 'return=representation');
  return { status: 200, headers, body: encodeCollection(answer, encoding, undefined) };
}

/**
 * Answers a PATCH of a collection by a delta payload with 204 (OData Protocol 4.01, section
 * 11.4.13). What a navigation leads to is changed with the entity that has it.
 */
export async function answerCollectionUpdate(asked: Asked): Promise<ServiceAnswer> {
  const { request, parts, caller, model, target } = asked;
  const entries = decodeDelta(model, target.type, readJson(request));
  checkEntries(asked, entries);
  if (target.steps.length === 0) {
    await changeMembers({ model, target, entries }, caller, parts);
    return written(asked);
  }
  const links = entries.filter((each) => each.kind === 'link');
  const related = entries.filter((each) => each.kind !== 'link');
  await parts.store.join(async (store) => {
    const joined = { ...parts, store };
    await changeRelated(asked, joined, { entries: related, isWhole: false });
    if (links.length > 0) await changeMembers({ model, target, entries: links }, caller, joined);
  });
  return written(asked);
}

/**
 * Answers a PUT of a collection, which has then what the body names and nothing else, with 204
 * (OData Protocol 4.01, section 11.4.14).
 */
export async function answerCollectionReplace(asked: Asked): Promise<ServiceAnswer> {
  const { request, parts, caller, model, target } = asked;
  const entries = decodeMembers(model, target.type, readJson(request));
  checkEntries(asked, entries);
  if (target.steps.length === 0) await replaceMembers({ model, target, entries }, caller, parts);
  else await changeRelated(asked, parts, { entries, isWhole: true });
  return written(asked);
}

function checkEntries({ model, target }: Asked, entries: readonly DeltaEntry[]): void {
  const { nonUpdatable, nonInsertable } = capabilitiesOf(model, target);
  for (const entry of entries) {
    if (entry.kind !== 'entity') continue;
    checkRestricted(entry.change, nonUpdatable);
    checkRestricted(entry.change, nonInsertable);
  }
}

function written({ request }: Asked): ServiceAnswer {
  const { return: wanted } = preferencesOf(request);
  return { status: 204, headers: wanted === 'minimal' ? appliedOf(wanted) : {}, body: undefined };
}

/** Changes what a navigation leads to, through the entity that has it. */
async function changeRelated(
  { request, caller, model, target }: Asked,
  parts: Asked['parts'],
  related: Pick<RelatedChange, 'entries' | 'isWhole'>,
): Promise<void> {
  const { owner, change } = throughOwner(target, related);
  const languages = headerOf(request, 'accept-language');
  const plan = { model, target: owner, change, languages, selection: everything };
  const conditions = { ifMatch: undefined, ifNoneMatch: undefined };
  const rest = { isWhole: false, key: undefined, isStrict: true, ...conditions };
  await updateEntity({ ...plan, ...rest }, caller, parts);
}

/** The change of the entity before a navigation that changes what this leads to. */
function throughOwner(
  target: Target,
  { entries, isWhole }: Pick<RelatedChange, 'entries' | 'isWhole'>,
): { owner: Target; change: Change } {
  const { navigation } = target.steps.at(-1) as NavigationStep;
  const before = target.steps.slice(0, -1);
  if (before.at(-1)?.kind === 'property') {
    const message = 'What a complex value leads to is changed through its entity.';
    throw new Refusal('notImplemented', message, { target: navigation.name });
  }
  const declared = before.findLast((each) => each.kind === 'navigation' || each.kind === 'cast');
  const type =
    declared?.kind === 'navigation'
      ? declared.navigation.target
      : declared?.kind === 'cast'
        ? declared.type
        : target.resource.type;
  const template = target.template.replace(/\/[^/]*$/, '');
  const owner: Target = { ...target, steps: before, type, collection: false, template };
  const related = new Map([[navigation.name, { navigation, isWhole, entries }]]);
  const change = { type, isTyped: false, members: new Map(), undeclared: new Map(), related };
  return { owner, change };
}

function appliedOf(wanted: 'minimal' | 'representation' | undefined): Record<string, string> {
  return wanted === 'minimal' ? { 'Preference-Applied': 'return=minimal' } : {};
}
