import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ClientSecretCredential, UsernamePasswordCredential } from '@azure/identity';
import { AzureIdentityAuthenticationProvider } from '@microsoft/kiota-authentication-azure';
import { Client } from '@microsoft/microsoft-graph-client';
import { createGraphServiceClient, GraphRequestAdapter } from '@microsoft/msgraph-sdk';
import '@microsoft/msgraph-sdk-users';
import { graphfi } from '@pnp/graph';
import '@pnp/graph/contacts/index.js';
import '@pnp/graph/groups/index.js';
import '@pnp/graph/invitations/index.js';
import '@pnp/graph/members/index.js';
import '@pnp/graph/photos/index.js';
import '@pnp/graph/search/index.js';
import '@pnp/graph/subscriptions/index.js';
import '@pnp/graph/users/index.js';
import { GraphDefault } from '@pnp/nodejs';
import { type RunningContoso, startContoso } from './contoso.ts';
import { contoso } from './contoso-seed.ts';
import { graphClientGroups } from './steps/graph-client-groups.ts';
import { graphClientPeople } from './steps/graph-client-people.ts';
import { kiotaSteps } from './steps/kiota-steps.ts';
import { pnpSteps } from './steps/pnp-steps.ts';
import type { World } from './steps/step.ts';

const { ada, tenant, workbench } = contoso;
const scopes = [
  ...['User.ReadWrite.All', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'],
  ...['ProfilePhoto.ReadWrite.All', 'Contacts.ReadWrite', 'People.Read.All'],
  'MailboxSettings.ReadWrite',
];

type Credential = ClientSecretCredential | UsernamePasswordCredential;

let running: RunningContoso;
let world: World;
before(async () => {
  running = await startContoso({ flags: ['--fidelity', 'graph'] });
  world = openWorld(running.kith.httpsOrigin);
});
after(() => running?.[Symbol.asyncDispose]());

function openWorld(origin: string): World {
  const options = { authorityHost: origin, disableInstanceDiscovery: true };
  const { id, secret } = workbench;
  const person = new UsernamePasswordCredential(tenant, id, ada.name, ada.password, options);
  const program = new ClientSecretCredential(tenant, id, secret, options);
  const hosts = new Set(['localhost']);
  const client = (credential: Credential, wanted: string[], defaultVersion = 'v1.0') => {
    const getAccessToken = async () => (await credential.getToken(wanted))!.token;
    const authProvider = { getAccessToken };
    const at = { baseUrl: origin, customHosts: hosts, defaultVersion };
    return Client.initWithMiddleware({ ...at, authProvider });
  };
  const provider = new AzureIdentityAuthenticationProvider(person, scopes, undefined, hosts);
  const adapter = new GraphRequestAdapter(provider);
  adapter.baseUrl = `${origin}/v1.0`;
  const pnp = graphfi().using(GraphDefault({ baseUrl: `${origin}/v1.0` }), (instance) => {
    instance.on.auth(async (url: URL, init: RequestInit) => {
      const { token } = (await person.getToken(scopes))!;
      return [url, { ...init, headers: { ...init.headers, Authorization: `Bearer ${token}` } }];
    });
    return instance;
  });
  return {
    ...{ origin, pnp, kept: new Map() },
    graph: client(person, scopes),
    beta: client(person, scopes, 'beta'),
    app: client(program, ['https://graph.microsoft.com/.default']),
    kiota: createGraphServiceClient(adapter),
  };
}

const clients = {
  'microsoft-graph-client, people': graphClientPeople,
  'microsoft-graph-client, all else': graphClientGroups,
  'msgraph-sdk': kiotaSteps,
  'PnP graph': pnpSteps,
};

for (const [client, steps] of Object.entries(clients)) {
  describe(`what an application does by ${client}`, () => {
    for (const [name, run, ...expected] of steps) {
      test(name, async () => {
        const result = await run(world);
        if (expected.length > 0) assert.deepEqual(result, expected[0]);
      });
    }
  });
}
