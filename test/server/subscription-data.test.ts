import assert from 'node:assert/strict';
import {
  constants,
  createDecipheriv,
  createHmac,
  privateDecrypt,
  X509Certificate,
} from 'node:crypto';
import { after, before, test } from 'node:test';
import { makeClientCertificate } from '../clients/client-certificate.ts';
import { type RunningKith, startKith } from '../running-kith.ts';
import { openWebhook, type Webhook } from './webhook.ts';

const APP = '11111111-2222-4333-8444-555555555556';
const ROLES = ['User.ReadWrite.All', 'Contacts.ReadWrite'];

let kith: RunningKith;
let webhook: Webhook;
let app: string;
let user: string;
let recipient: Awaited<ReturnType<typeof makeClientCertificate>>;

before(async () => {
  [kith, webhook, recipient] = await Promise.all([
    startKith(),
    openWebhook(),
    makeClientCertificate('subscriber'),
  ]);
  app = await kith.token({ app: APP, roles: ROLES });
  user = (await kith.request('/v1.0/users/lukasz@fernhollow.example', { token: app })).json.id;
});
after(async () => {
  await kith.close();
  await webhook[Symbol.asyncDispose]();
});

const certificate = () => new X509Certificate(recipient.cert).raw.toString('base64');

function subscribe(resource: string, more: object = {}) {
  const body = {
    changeType: 'created,updated,deleted',
    notificationUrl: webhook.url,
    resource,
    includeResourceData: true,
    encryptionCertificate: certificate(),
    encryptionCertificateId: 'mine',
    expirationDateTime: new Date(Date.now() + 3_600_000).toISOString(),
    ...more,
  };
  return kith.request('/v1.0/subscriptions', { method: 'POST', body, token: app });
}

/** What Graph's page tells subscribers to do with a notification. */
function decrypt(content: Record<string, string>) {
  assert.equal(content.encryptionCertificateId, 'mine');
  assert.equal(content.encryptionCertificateThumbprint, recipient.sha1Hex);
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const key = privateDecrypt(
    { key: recipient.key, padding, oaepHash: 'sha1' },
    Buffer.from(content.dataKey!, 'base64'),
  );
  const data = Buffer.from(content.data!, 'base64');
  const signature = createHmac('sha256', key).update(data).digest('base64');
  assert.equal(signature, content.dataSignature);
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16));
  return JSON.parse(Buffer.concat([decipher.update(data), decipher.final()]).toString());
}

test('notifications carry what has changed, encrypted for who has subscribed', async () => {
  const made = await subscribe('users?$select=id,jobTitle');
  assert.equal(made.status, 201, made.text);
  const start = webhook.told.length;
  await kith.request(`/v1.0/users/${user}`, { body: { jobTitle: 'Cartographer' }, token: app });
  const [told] = (await webhook.until(start + 1)).slice(start);
  const resource = decrypt(told.encryptedContent);
  assert.deepEqual([resource.id, resource.jobTitle], [user, 'Cartographer']);
  assert.equal(resource.displayName, undefined);
  const [, claims = ''] = webhook.tokens.at(-1)!.split('.');
  const { aud, azp, tid } = JSON.parse(Buffer.from(claims, 'base64url').toString());
  assert.deepEqual([aud, azp, tid], [APP, '0bf30f3b-4a52-48df-9a82-234910c4a086', told.tenantId]);
  await kith.request(`/v1.0/subscriptions/${made.json.id}`, { method: 'DELETE', token: app });
});

test('of contacts as of people, but nothing of what is deleted', async () => {
  const made = await subscribe(`users/${user}/contacts`);
  assert.equal(made.status, 201, made.text);
  const start = webhook.told.length;
  const contacts = `/v1.0/users/${user}/contacts`;
  const body = { givenName: 'Runa', surname: 'Vale' };
  const contact = await kith.request(contacts, { method: 'POST', body, token: app });
  const [created] = (await webhook.until(start + 1)).slice(start);
  assert.equal(decrypt(created.encryptedContent).surname, 'Vale');
  await kith.request(`${contacts}/${contact.json.id}`, { method: 'DELETE', token: app });
  const [deleted] = (await webhook.until(start + 2)).slice(start + 1);
  assert.deepEqual([deleted.changeType, deleted.encryptedContent], ['deleted', undefined]);
  await kith.request(`/v1.0/subscriptions/${made.json.id}`, { method: 'DELETE', token: app });
});

test('data is sent to nobody in clear, nor for a key that is none', async () => {
  const refused: readonly [object, string][] = [
    [{ encryptionCertificate: undefined }, 'encryptionCertificate'],
    [{ encryptionCertificateId: undefined }, 'encryptionCertificateId'],
    [{ encryptionCertificate: 'bm9uZQ==' }, 'encryptionCertificate'],
    [{ resource: 'users?$select=nothing' }, 'resource'],
  ];
  for (const [more, target] of refused) {
    const reply = await subscribe('users', more);
    assert.equal(reply.status, 400, reply.text);
    assert.equal(reply.json.error.target, target, reply.text);
  }
});

test('a subscription is authorized again by its own application alone', async () => {
  const { json } = await subscribe('users');
  const path = `/v1.0/subscriptions/${json.id}/reauthorize`;
  const other = await kith.token({ app: '11111111-2222-4333-8444-555555555557', roles: ROLES });
  const statuses = [app, other].map(async (token) => {
    return (await kith.request(path, { method: 'POST', token })).status;
  });
  assert.deepEqual(await Promise.all(statuses), [204, 404]);
});
