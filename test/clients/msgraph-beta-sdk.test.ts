import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { UsernamePasswordCredential } from '@azure/identity';
import {
  DateOnly,
  HttpMethod,
  type Parsable,
  type ParsableFactory,
  RequestInformation,
} from '@microsoft/kiota-abstractions';
import { AzureIdentityAuthenticationProvider } from '@microsoft/kiota-authentication-azure';
import { GraphBetaRequestAdapter } from '@microsoft/msgraph-beta-sdk';
import {
  createPersonAnnualEventFromDiscriminatorValue,
  createProfileFromDiscriminatorValue,
  createSkillProficiencyFromDiscriminatorValue,
  createUserFromDiscriminatorValue,
  type PersonAnnualEvent,
  type Profile,
  type SkillProficiency,
  serializePersonAnnualEvent,
  serializeProfile,
  serializeSkillProficiency,
  serializeUser,
  type User,
} from '@microsoft/msgraph-beta-sdk/models/index.js';
import { type RunningContoso, startContoso } from './contoso.ts';
import { contoso } from './contoso-seed.ts';

const { ada, tenant, workbench } = contoso;

let running: RunningContoso;
let adapter: GraphBetaRequestAdapter;
before(async () => {
  running = await startContoso();
  const { httpsOrigin } = running.kith;
  const options = { authorityHost: httpsOrigin, disableInstanceDiscovery: true };
  const { id } = workbench;
  const credential = new UsernamePasswordCredential(tenant, id, ada.name, ada.password, options);
  const hosts = new Set(['localhost']);
  const provider = new AzureIdentityAuthenticationProvider(credential, undefined, undefined, hosts);
  adapter = new GraphBetaRequestAdapter(provider);
  adapter.baseUrl = `${httpsOrigin}/beta`;
});
after(() => running?.[Symbol.asyncDispose]());

function ask(method: HttpMethod, path: string, query: Record<string, string> = {}) {
  const names = Object.keys(query);
  const template = `{+baseurl}${path}{?${names.map((name) => `%24${name}`).join(',')}}`;
  const request = new RequestInformation(
    method,
    names.length > 0 ? template : `{+baseurl}${path}`,
    {
      baseurl: adapter.baseUrl,
    },
  );
  for (const name of names) request.queryParameters[`%24${name}`] = query[name]!;
  request.headers.add('Accept', 'application/json');
  return request;
}

async function get<Read extends Parsable>(
  path: string,
  factory: ParsableFactory<Read>,
  query?: Record<string, string>,
) {
  return (await adapter.send(ask(HttpMethod.GET, path, query), factory, undefined))!;
}

test('a person is read and changed by the models of the beta', async () => {
  const me = await get<User>('/me', createUserFromDiscriminatorValue);
  assert.equal(me.userPrincipalName, ada.name);
  assert.equal(me.department, 'Engines');
  const change = ask(HttpMethod.PATCH, `/users/${ada.id}`);
  const body: User = { jobTitle: 'Countess', aboutMe: 'Notes' };
  change.setContentFromParsable(adapter, 'application/json', body, serializeUser);
  await adapter.send(change, createUserFromDiscriminatorValue, undefined);
  const read = await get<User>('/me', createUserFromDiscriminatorValue, {
    select: 'jobTitle,aboutMe',
  });
  assert.deepEqual([read.jobTitle, read.aboutMe], ['Countess', 'Notes']);
});

test('the facets of a profile are read into their models, with their types', async () => {
  const { skills, positions, languages, id } = await get<Profile>(
    '/me/profile',
    createProfileFromDiscriminatorValue,
    { expand: 'skills,positions,languages' },
  );
  assert.equal(id, ada.id);
  assert.equal(skills?.[0]?.displayName, 'Analytical engines');
  assert.equal(skills?.[0]?.proficiency, 'expert');
  assert.deepEqual(skills?.[0]?.source?.type, ['User']);
  const detail = positions?.[0]?.detail;
  assert.equal(detail?.company?.displayName, 'Contoso');
  assert.equal(String(detail?.startMonthYear), '1842-01-01');
  assert.equal(languages?.[0]?.spoken, 'fullProfessional');
  assert.ok(skills?.[0]?.lastModifiedDateTime instanceof Date);
});

test('a profile is read whole, with the facets that start from the directory', async () => {
  const whole = await get<Profile>('/me/profile', createProfileFromDiscriminatorValue);
  const [name] = whole.names ?? [];
  assert.equal(name?.first, 'Ada');
  assert.deepEqual(name?.source?.type, ['AAD']);
  assert.equal(whole.account?.[0]?.userPrincipalName, ada.name);
  assert.ok(whole.skills?.every((each) => each.id && each.isSearchable));
  assert.deepEqual(whole.awards, []);
});

test('facets are made, changed and deleted by the models of the beta', async () => {
  const send = <Sent extends Parsable>(
    method: HttpMethod,
    path: string,
    body: Sent,
    serialize: Parameters<RequestInformation['setContentFromParsable']>[3],
  ) => {
    const request = ask(method, path);
    request.setContentFromParsable(adapter, 'application/json', body, serialize);
    return request;
  };
  const skill: SkillProficiency = {
    displayName: 'Weaving',
    proficiency: 'expert',
    categories: ['professional'],
    allowedAudiences: ['me'],
  };
  const at = '/me/profile/skills';
  const read = createSkillProficiencyFromDiscriminatorValue;
  const post = send(HttpMethod.POST, at, skill, serializeSkillProficiency);
  const made = await adapter.send<SkillProficiency>(post, read, undefined);
  assert.equal(made?.displayName, 'Weaving');
  assert.equal(made?.createdBy?.user?.id, ada.id);
  assert.ok(made?.createdDateTime instanceof Date);
  const one = `${at}/${made!.id}`;
  const patch = send(
    HttpMethod.PATCH,
    one,
    { proficiency: 'elementary' },
    serializeSkillProficiency,
  );
  const changed = await adapter.send<SkillProficiency>(patch, read, undefined);
  assert.deepEqual([changed?.displayName, changed?.proficiency], ['Weaving', 'elementary']);
  const birthday: PersonAnnualEvent = {
    type: 'wedding',
    date: new DateOnly({ year: 1835, month: 7, day: 8 }),
  };
  const day = send(
    HttpMethod.POST,
    '/me/profile/anniversaries',
    birthday,
    serializePersonAnnualEvent,
  );
  const readDay = createPersonAnnualEventFromDiscriminatorValue;
  const event = await adapter.send<PersonAnnualEvent>(day, readDay, undefined);
  assert.equal(String(event?.date), '1835-07-08');
  const deep: Profile = { notes: [{ detail: { contentType: 'text', content: 'On weaving.' } }] };
  const whole = send(HttpMethod.PATCH, '/me/profile', deep, serializeProfile);
  const readWhole = createProfileFromDiscriminatorValue;
  const profile = await adapter.send<Profile>(whole, readWhole, undefined);
  assert.ok(profile?.notes?.some(({ detail }) => detail?.content === 'On weaving.'));
  await adapter.sendNoResponseContent(ask(HttpMethod.DELETE, one), undefined);
  await assert.rejects(get(one, read), { responseStatusCode: 404 });
});

test('a refusal in the beta is an error with its code', async () => {
  await assert.rejects(get('/users/nobody', createUserFromDiscriminatorValue), {
    responseStatusCode: 404,
  });
});
