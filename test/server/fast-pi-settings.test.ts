import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertError } from '../contract/expectations.ts';
import { type Reply, type RequestOptions, type RunningKith, startKith } from '../running-kith.ts';

const FAST_PI = 'Microsoft.Fast.PI.ViewGenerator.V2.Profile.Models';
const CARDS = 'organization/settings/profileCardProperties';

let kith: RunningKith;
let token: string;
before(async () => {
  kith = await startKith();
  token = await kith.token();
});
after(() => kith?.close());

function ask(path: string, options: RequestOptions = {}): Promise<Reply> {
  return kith.request(`/beta/${path.replaceAll(' ', '%20')}`, { token, ...options });
}

describe('the settings of a user in the Fast.PI dialect', () => {
  test('are there before anybody writes them, and are the own of everybody', async () => {
    const unwritten = await ask('userSettings/regionalAndLanguageSettings');
    assert.equal(unwritten.status, 200, unwritten.text);
    assert.deepEqual(unwritten.json.authoringLanguages, []);
    const language = { defaultDisplayLanguage: { locale: 'cy-GB' } };
    const changed = await ask('userSettings/regionalAndLanguageSettings', { body: language });
    assert.equal(changed.json.defaultDisplayLanguage.locale, 'cy-GB');
    assert.equal(changed.json['@odata.type'], `#${FAST_PI}.regionalAndLanguageSettings`);
    const more = { defaultDisplayLanguage: { displayName: 'Welsh' } };
    await ask('userSettings/regionalAndLanguageSettings', { body: more });
    const whole = await ask('userSettings?$expand=regionalAndLanguageSettings');
    const { defaultDisplayLanguage } = whole.json.regionalAndLanguageSettings;
    assert.deepEqual(defaultDisplayLanguage, { locale: 'cy-GB', displayName: 'Welsh' });
    const people = (await ask('users?$top=5&$select=userPrincipalName')).json.value;
    const [someone] = people.filter((each: { userPrincipalName: string }) => {
      return !each.userPrincipalName.startsWith('mira');
    });
    const theirs = await kith.token({ user: someone.userPrincipalName });
    const read = await ask('userSettings/regionalAndLanguageSettings', { token: theirs });
    assert.equal(read.json.defaultDisplayLanguage, null);
    const gone = await ask('userSettings/regionalAndLanguageSettings', { method: 'DELETE' });
    assert.equal(gone.status, 204);
    const again = await ask('userSettings/regionalAndLanguageSettings');
    assert.equal(again.json.defaultDisplayLanguage, null);
  });

  test('refuse what does not fit, and what generators made up', async () => {
    const path = 'userSettings/regionalAndLanguageSettings';
    assertError(await ask(path, { body: { nonsense: 1 } }), 400);
    const preferences = { translationPreferences: { translationBehavior: 'Never' } };
    assertError(await ask(path, { body: preferences }), 400);
    assertError(await ask(path, { method: 'POST', body: {} }), 405);
    assertError(await ask('userSettings', { method: 'DELETE' }), 405);
    const daemon = { app: 'kith-bench', roles: ['User.ReadWrite.All'] };
    const app = await kith.token(daemon);
    assertError(await ask('userSettings', { token: app }), 403);
  });
});

describe('the settings of an organization', () => {
  test('have properties of profile cards, by the names of the properties', async () => {
    const annotations = [
      { displayName: 'Cost centre', localizations: [{ languageTag: 'cy', displayName: 'Cost' }] },
    ];
    const body = { directoryPropertyName: 'customAttribute1', annotations };
    const made = await ask(CARDS, { method: 'POST', body });
    assert.equal(made.status, 201, made.text);
    assert.match(String(made.headers.location), /organization\/settings\/profileCardProperties/);
    assert.equal((await ask(`${CARDS}/customAttribute1`)).json.annotations.length, 1);
    assertError(await ask(CARDS, { method: 'POST', body }), 409);
    const changed = await ask(`${CARDS}/customAttribute1`, { body: { annotations: [] } });
    assert.deepEqual(changed.json.annotations, []);
    const named = { directoryPropertyName: 'other' };
    assertError(await ask(`${CARDS}/customAttribute1`, { body: named }), 400);
    const listed = await ask(
      `${CARDS}?$filter=startswith(directoryPropertyName,'custom')&$count=true`,
    );
    assert.equal(listed.json['@odata.count'], 1);
    const whole = await ask('organization/settings?$expand=profileCardProperties');
    assert.equal(whole.json.profileCardProperties.length, 1);
    assert.equal((await ask(`${CARDS}/customAttribute1`, { method: 'DELETE' })).status, 204);
    assertError(await ask(`${CARDS}/customAttribute1`), 404);
    for (const name of [undefined, '', 'a/b', 7]) {
      const wrong = { directoryPropertyName: name };
      assertError(await ask(CARDS, { method: 'POST', body: wrong }), 400);
    }
  });

  test('stand beside the organizations of Graph', async () => {
    const [organization] = (await ask('organization')).json.value;
    assert.equal((await ask(`organization/${organization.id}`)).status, 200);
    const insights = 'organization/settings/itemInsights';
    const body = { isEnabledInOrganization: false };
    assert.equal((await ask(insights, { body })).json.isEnabledInOrganization, false);
    assert.equal((await ask(insights)).json.isEnabledInOrganization, false);
    assert.equal((await ask('organization/settings/peopleInsights')).status, 200);
    assertError(await ask('organization/settings', { method: 'DELETE' }), 405);
    assertError(await ask('organization/settings', { method: 'POST', body: {} }), 405);
    assertError(await ask('organizationSettings'), 400);
    const scopes = ['User.ReadWrite.All'];
    const other = await kith.token({ user: 'mira@fernhollow.example', scopes });
    assertError(await ask('organization/settings', { token: other }), 403);
    assertError(await ask(CARDS, { token: other, method: 'POST', body: {} }), 403);
  });
});
