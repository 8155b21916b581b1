import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { findSeeded } from '../contract/seeded.ts';
import { type RunningKith, startKith } from '../running-kith.ts';
import { sendBatch } from './batch-requests.ts';

const { ingrid } = findSeeded();

interface ClientBatch {
  readonly client: string;
  readonly root: string;
  readonly requests: readonly object[];
  /** Ids of the requests that are answered with 200. */
  readonly fine: readonly string[];
}

/** Bodies as the clients send them; names of headers, slashes and ids are theirs. */
const batches: readonly ClientBatch[] = [
  {
    client: 'BatchRequestContent of graph-client, whose headers are in lower case',
    root: 'v1.0',
    requests: [
      { id: '1', url: '/me', method: 'GET', headers: {} },
      { id: '2', url: '/me/photo/$value', method: 'GET' },
      {
        id: '3',
        url: '/me',
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: { city: 'Bristol' },
        dependsOn: [],
      },
    ],
    fine: ['1', '3'],
  },
  {
    client: 'BatchRequestContent of graph-client, all on the first one',
    root: 'v1.0',
    requests: [
      { id: '1', url: '/me', method: 'GET' },
      { id: '2', url: '/me', method: 'GET', dependsOn: ['1'] },
      { id: '3', url: '/me', method: 'GET', dependsOn: ['1'] },
    ],
    fine: ['1', '2', '3'],
  },
  {
    client: 'PnPjs at v1.0, whose GET has a media type',
    root: 'v1.0',
    requests: [
      {
        id: '1',
        method: 'GET',
        url: '/me',
        headers: { 'Content-Type': 'application/json', 'X-PnPjs-RequestId': 'p', SdkVersion: 'x' },
      },
      {
        id: '2',
        method: 'GET',
        url: '/me?%24select=id%2CdisplayName',
        headers: { 'Content-Type': 'application/json' },
      },
    ],
    fine: ['1', '2'],
  },
  {
    client: 'PnPjs at beta, whose URLs have no slash',
    root: 'beta',
    requests: [
      { id: '1', method: 'GET', url: 'me', headers: { 'Content-Type': 'application/json' } },
      {
        id: '2',
        method: 'PATCH',
        url: 'me',
        headers: { 'Content-Type': 'application/json' },
        body: { city: 'Bristol' },
      },
    ],
    fine: ['1', '2'],
  },
  {
    client: 'mgt-person, which names properties twice',
    root: 'v1.0',
    requests: [
      {
        id: 'user',
        url: `/users/${ingrid}?$select=id,displayName,id,userType,displayName,jobTitle,department`,
        method: 'GET',
        headers: {},
      },
      { id: 'photo', url: `/users/${ingrid}/photo/$value`, method: 'GET', headers: {} },
    ],
    fine: ['user'],
  },
  {
    client: 'mgt-person-card, whose header is in lower case',
    root: 'v1.0',
    requests: [
      {
        id: 'user',
        url: `/users/${ingrid}?$select=id,displayName`,
        method: 'GET',
        headers: { consistencylevel: 'eventual' },
      },
      {
        id: 'messages',
        url: '/me/messages?$search="from:x@y.example"',
        method: 'GET',
        headers: {},
      },
      {
        id: 'insights',
        url: `/me/insights/shared?$filter=lastshared/sharedby/address eq 'x'`,
        method: 'GET',
        headers: {},
      },
    ],
    fine: ['user'],
  },
  {
    client: 'kiota, whose ids are guids',
    root: 'v1.0',
    requests: [
      {
        id: '6a9c4d3e-8a9e-4a0a-9a38-5b2f3b1d2c11',
        method: 'PATCH',
        url: '/me',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: { businessPhones: ['+1 555 0100'] },
      },
    ],
    fine: ['6a9c4d3e-8a9e-4a0a-9a38-5b2f3b1d2c11'],
  },
];

describe('batches of known clients', () => {
  let kith: RunningKith;
  before(async () => {
    kith = await startKith();
  });
  after(() => kith.close());

  for (const { client, root, requests, fine } of batches) {
    test(`${client} gets an answer to each request`, async () => {
      const answers = await sendBatch(kith, requests, { root });
      for (const [id, { status, headers, body }] of answers) {
        if (fine.includes(id)) assert.equal(status, 200, `${id}: ${JSON.stringify(body)}`);
        assert.ok(status < 500 || status === 501, `${id}: ${status}`);
        if (body !== undefined) assert.ok(headers['Content-Type'], 'spelled exactly like that');
        assert.equal('content-type' in headers, false);
      }
    });
  }
});
