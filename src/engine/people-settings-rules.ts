import { Refusal } from '#errors.ts';
import type { TextKind } from '#model/profile/facet-limits.ts';
import { facetNames } from '#model/profile/facet-members.ts';
import type { Document } from '#plan/document.ts';
import { invalidValue, sameValue } from './directory/refuse-values.ts';
import { SETTINGS } from './profile/people-settings.ts';
import { textRules } from './profile/text-kinds.ts';
import { cardProperty } from './settings/rules.ts';
import type { SettleContext, TypeRules } from './type-rules.ts';

/** Every organization has its settings, whether somebody has changed them or not. */
function always(members: Document = {}): TypeRules {
  return { initial: ({ caller }) => ({ id: caller.tenant.id, ...members }) };
}

/** What administrators say of everybody's profiles, by the types that say it. */
export const peopleSettingsRules: readonly (readonly [string, TypeRules])[] = [
  ['peopleAdminSettings', always()],
  ['namePronunciationSettings', always({ isEnabledInOrganization: false })],
  ['photoUpdateSettings', always({ allowedRoles: [] })],
  ['pronounsSettings', always({ isEnabledInOrganization: false })],
  ['insightsSettings', always({ disabledForGroup: null, isEnabledInOrganization: true })],
  ['profileCardProperty', cardProperty],
  ['profilePropertySetting', { settle: settleProperty }],
  ['profileSource', { settle: settleSource }],
];

async function settleProperty(written: Document, context: SettleContext): Promise<Document> {
  const resource = 'profilePropertySetting';
  need(resource, 'name', written, context);
  const { name, allowedAudiences, prioritizedSourceUrls } = written;
  if (name !== undefined && !facetNames.includes(String(name))) {
    throw invalidValue(resource, 'name', `The names are ${facetNames.join(', ')}.`);
  }
  if (allowedAudiences === 'unknownFutureValue') {
    throw invalidValue(resource, 'allowedAudiences', 'It names no audience.');
  }
  for (const url of Array.isArray(prioritizedSourceUrls) ? prioritizedSourceUrls : []) {
    check(resource, 'prioritizedSourceUrls', 'url', url);
  }
  await checkFree('profilePropertySettings', 'name', written, context);
  return {};
}

async function settleSource(written: Document, context: SettleContext): Promise<Document> {
  const resource = 'profileSource';
  need(resource, 'sourceId', written, context);
  check(resource, 'webUrl', 'url', written.webUrl);
  for (const each of Array.isArray(written.localizations) ? written.localizations : []) {
    const { languageTag, webUrl } = (each ?? {}) as Document;
    check(resource, 'localizations/languageTag', 'language', languageTag);
    check(resource, 'localizations/webUrl', 'url', webUrl);
  }
  await checkFree('profileSources', 'sourceId', written, context);
  return {};
}

function need(resource: string, name: string, written: Document, { isNew }: SettleContext): void {
  if (!isNew && !(name in written)) return;
  if (typeof written[name] === 'string' && written[name].trim() !== '') return;
  throw invalidValue(resource, name, 'It is required and cannot be empty.');
}

function check(resource: string, path: string, kind: TextKind, value: unknown): void {
  if (typeof value !== 'string' || value === '') return;
  const { accepts, why } = textRules[kind];
  if (!accepts(value)) throw invalidValue(resource, path, why);
}

/** Refuses a value by which another one of them is told. */
async function checkFree(
  collection: string,
  name: string,
  written: Document,
  { reader, before }: SettleContext,
): Promise<void> {
  const value = written[name];
  if (value === undefined || value === before(name)) return;
  const all = await reader.list(SETTINGS.set, SETTINGS.owner, `${SETTINGS.path}/${collection}`);
  for (const { text } of all) {
    const members = JSON.parse(text) as Document;
    if (members[name] !== value) continue;
    const { message, details } = sameValue(name, String(value));
    throw new Refusal('alreadyExists', message, { target: name, details: details ?? [] });
  }
}
