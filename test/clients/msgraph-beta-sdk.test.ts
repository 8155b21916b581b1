import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { UsernamePasswordCredential } from '@azure/identity';
import {
  HttpMethod,
  type Parsable,
  type ParsableFactory,
  RequestInformation,
} from '@microsoft/kiota-abstractions';
import { AzureIdentityAuthenticationProvider } from '@microsoft/kiota-authentication-azure';
import { GraphBetaRequestAdapter } from '@microsoft/msgraph-beta-sdk';
import {
  createProfileFromDiscriminatorValue,
  createUserFromDiscriminatorValue,
  type Profile,
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

test('a refusal in the beta is an error with its code', async () => {
  await assert.rejects(get('/users/nobody', createUserFromDiscriminatorValue), {
    responseStatusCode: 404,
  });
});
