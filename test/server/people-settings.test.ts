import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Reply, type RunningKith, startKith } from '../running-kith.ts';

const settings = '/beta/admin/people';
const ingrid = 'ingrid@fernhollow.example';

let kith: RunningKith;
let mira: string;
let other: string;
before(async () => {
  kith = await startKith();
  mira = await kith.token();
  other = await kith.token({ user: ingrid });
  // What a person has written themselves is no part of these.
  await ask('/beta/me/profile', 'DELETE');
});
after(() => kith?.close());

function ask(path: string, method = 'GET', body?: unknown, token = mira): Promise<Reply> {
  return kith.request(encodeURI(path), { token, method, ...(body === undefined ? {} : { body }) });
}

test('settings are there before anybody writes them', async () => {
  const { json } = await ask(settings);
  assert.equal(json['@odata.context'], `${kith.origin}/beta/$metadata#admin/people/$entity`);
  for (const name of ['pronouns', 'namePronunciation']) {
    const at = `${settings}/${name}`;
    assert.equal((await ask(at)).json.isEnabledInOrganization, false);
    const changed = await ask(at, 'PATCH', { isEnabledInOrganization: true });
    assert.deepEqual([changed.status, changed.json.isEnabledInOrganization], [200, true]);
    assert.equal((await ask(at)).json.isEnabledInOrganization, true);
    assert.equal((await ask(at, 'PATCH', { isEnabledInOrganization: 'yes' })).status, 400);
  }
  const photos = `${settings}/photoUpdateSettings`;
  const allowedRoles = ['fe930be7-5e62-47db-91af-98c3a49a38b1'];
  assert.deepEqual((await ask(photos, 'PATCH', { allowedRoles })).json.allowedRoles, allowedRoles);
  assert.equal((await ask(photos, 'DELETE')).status, 204);
  assert.deepEqual((await ask(photos)).json.allowedRoles, []);
  const expanded = await ask(`${settings}?$expand=pronouns`);
  assert.equal(expanded.json.pronouns.isEnabledInOrganization, true);
});

test('properties of cards are named by that of the directory, at every root', async () => {
  const at = '/v1.0/admin/people/profileCardProperties';
  const annotations = [{ displayName: 'Shelf', localizations: [] }];
  const body = { directoryPropertyName: 'customAttribute7', annotations };
  assert.equal((await ask(at, 'POST', body)).json.id, 'customAttribute7');
  assert.equal((await ask(at, 'POST', body)).status, 409);
  const one = `${settings}/profileCardProperties/customAttribute7`;
  assert.deepEqual((await ask(one)).json.annotations, annotations);
  assert.deepEqual((await ask(one, 'PATCH', { annotations: [] })).json.annotations, []);
  assert.equal((await ask(one, 'DELETE')).status, 204);
  assert.deepEqual((await ask(at)).json.value, []);
  assert.equal((await ask('/v1.0/admin/people/itemInsights')).json.isEnabledInOrganization, true);
});

test('sources of profiles are made, read by their sourceId, changed and deleted', async () => {
  const at = `${settings}/profileSources`;
  const body = {
    sourceId: 'hr-1',
    displayName: 'The HR system',
    webUrl: 'https://hr.example',
    localizations: [{ displayName: 'HR', languageTag: 'nb-NO', webUrl: 'https://hr.example/nb' }],
  };
  const made = await ask(at, 'POST', body);
  assert.equal(made.status, 201, made.text);
  assert.equal((await ask(at, 'POST', body)).status, 409);
  const one = `${at}(sourceId='hr-1')`;
  assert.equal((await ask(one)).json.id, made.json.id);
  assert.equal((await ask(one, 'PATCH', { kind: 'HRIS' })).json.kind, 'HRIS');
  for (const [bad, target] of [
    [{ displayName: 'x' }, 'sourceId'],
    [{ sourceId: 'x', webUrl: 'javascript:1' }, 'webUrl'],
    [{ sourceId: 'x', localizations: [{ languageTag: '?' }] }, 'localizations/languageTag'],
  ] as const) {
    const refused = await ask(at, 'POST', bad);
    assert.deepEqual([refused.status, refused.json.error.target], [400, target]);
  }
  assert.equal((await ask(`${at}/${made.json.id}`, 'DELETE')).status, 204);
  assert.deepEqual((await ask(at)).json.value, []);
});

test('administrators limit whom facets reach, and let people say otherwise', async () => {
  const own = '/beta/me/profile/awards';
  const seen = async (token: string) => {
    const path = '/beta/users/mira@fernhollow.example/profile/awards?$select=displayName';
    const { json } = await ask(path, 'GET', undefined, token);
    return json.value.map((each: { displayName: string }) => each.displayName);
  };
  await ask(own, 'POST', { displayName: 'Loud', allowedAudiences: 'everyone' });
  const at = `${settings}/profilePropertySettings`;
  const limit = { name: 'awards', allowedAudiences: 'me', isUserOverrideForAudienceEnabled: false };
  const made = await ask(at, 'POST', limit);
  assert.equal(made.status, 201, made.text);
  assert.equal((await ask(at, 'POST', limit)).status, 409);
  assert.equal((await ask(at, 'POST', { name: 'hobbies' })).json.error.target, 'name');
  assert.deepEqual([await seen(other), await seen(mira)], [[], ['Loud']]);
  const whole = await ask('/beta/users/mira@fernhollow.example/profile', 'GET', undefined, other);
  assert.deepEqual(whole.json.awards, []);
  const begun = await ask(own, 'POST', { displayName: 'Quiet' });
  assert.equal(begun.json.allowedAudiences, 'me');
  await ask(`${at}/${made.json.id}`, 'PATCH', { isUserOverrideForAudienceEnabled: true });
  assert.deepEqual([await seen(other), (await seen(mira)).length], [['Loud'], 2]);
  await ask(`${at}/${made.json.id}`, 'DELETE');
  assert.deepEqual(await seen(other), ['Loud']);
});

test('facets of the sources that administrators prefer come first', async () => {
  const own = '/beta/me/profile/patents';
  const sources = [{ sourceId: 'office', isDefaultSource: true, properties: ['displayName'] }];
  await ask(own, 'POST', { displayName: 'Mine' });
  await ask(own, 'POST', { displayName: 'From the office', sources });
  const told = async () =>
    (await ask(own)).json.value.map((each: { displayName: string }) => each.displayName);
  assert.deepEqual(await told(), ['Mine', 'From the office']);
  await ask(`${settings}/profilePropertySettings`, 'POST', {
    name: 'patents',
    prioritizedSourceUrls: [`${kith.origin}/beta/admin/people/profileSources(sourceId='office')`],
  });
  assert.deepEqual(await told(), ['From the office', 'Mine']);
});

test('settings are for those who have permission', async () => {
  const reading = await kith.token({ user: ingrid, scopes: ['PeopleSettings.Read.All'] });
  assert.equal((await ask(settings, 'GET', undefined, reading)).status, 200);
  const change = { isEnabledInOrganization: false };
  assert.equal((await ask(`${settings}/pronouns`, 'PATCH', change, reading)).status, 403);
  const none = await kith.token({ user: ingrid, scopes: ['User.ReadWrite.All'] });
  assert.equal((await ask(`${settings}/profileSources`, 'GET', undefined, none)).status, 403);
});
