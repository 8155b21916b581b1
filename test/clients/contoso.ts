import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { type KithOptions, type RunningKith, startKith } from '../running-kith.ts';
import { makeScratchFolder } from '../server/scratch-folder.ts';
import { type ClientCertificate, makeClientCertificate } from './client-certificate.ts';

/** The tenant of the seed, its people and its applications. */
export const contoso = {
  tenant: '11111111-2222-4333-8444-555555555555',
  domain: 'contoso.example',
  ada: {
    id: 'aaaaaaaa-0000-4000-8000-000000000001',
    name: 'ada@contoso.example',
    password: 'correct horse battery',
  },
  ben: {
    id: 'aaaaaaaa-0000-4000-8000-000000000002',
    name: 'ben@contoso.example',
    password: 'staple staple',
  },
  disabled: {
    id: 'aaaaaaaa-0000-4000-8000-000000000003',
    name: 'dora@contoso.example',
    password: 'gone away',
  },
  daemon: { id: 'dddddddd-0000-4000-8000-00000000000d', secret: 'daemon-s3cret-of-the-test' },
  web: {
    id: 'bbbbbbbb-0000-4000-8000-00000000000b',
    secret: 'web-s3cret-of-the-test',
    redirect: 'https://web.contoso.example/callback',
  },
  native: { id: 'eeeeeeee-0000-4000-8000-00000000000e', redirect: 'http://localhost' },
  spa: { id: 'ffffffff-0000-4000-8000-00000000000f', redirect: 'https://spa.contoso.example/' },
  api: { id: 'cccccccc-0000-4000-8000-00000000000c', secret: 'api-s3cret-of-the-test' },
} as const;

/** A running Kith with that tenant. */
export interface RunningContoso extends AsyncDisposable {
  readonly kith: RunningKith;
  readonly authority: string;
  readonly certificate: ClientCertificate;
}

/** Starts Kith with the tenant; this process trusts its certificate. */
export async function startContoso(options: KithOptions = {}): Promise<RunningContoso> {
  const scratch = await makeScratchFolder();
  const certificate = await makeClientCertificate('daemon');
  const seed = join(scratch.path, 'contoso.jsonl');
  const lines = seedLines(certificate.cert).map((line) => JSON.stringify(line));
  await writeFile(seed, `${lines.join('\n')}\n`);
  const kith = await startKith({ ...options, flags: ['--seed', seed, ...(options.flags ?? [])] });
  const ca = await kith.request('/_kith/ca.pem');
  setDefaultCACertificates([...getCACertificates('default'), ca.text]);
  return {
    kith,
    authority: `${kith.httpsOrigin}/${contoso.tenant}`,
    certificate,
    async [Symbol.asyncDispose]() {
      await kith.close();
      await scratch[Symbol.asyncDispose]();
    },
  };
}

function person(
  { id, name, password }: { id: string; name: string; password: string },
  displayName: string,
  accountEnabled = true,
): object {
  return {
    '@set': 'users',
    id,
    displayName,
    userPrincipalName: name,
    mail: name,
    accountEnabled,
    passwordProfile: { password },
  };
}

function seedLines(pem: string): object[] {
  const { tenant, domain, ada, ben, disabled, daemon, web, native, spa, api } = contoso;
  return [
    { tenant: { id: tenant, displayName: 'Contoso', domains: [domain] } },
    person(ada, 'Ada Lovelace'),
    person(ben, 'Ben Lister'),
    person(disabled, 'Dora Gone', false),
    {
      '@set': 'applications',
      appId: daemon.id,
      displayName: 'Daemon',
      passwordCredentials: [{ secretText: daemon.secret }],
      keyCredentials: [{ pem }],
      appRolesGranted: ['User.Read.All'],
    },
    {
      '@set': 'applications',
      appId: web.id,
      displayName: 'Web',
      passwordCredentials: [{ secretText: web.secret }],
      web: { redirectUris: [web.redirect, 'http://localhost:3000/callback'] },
      scopesGranted: ['User.Read', 'User.ReadWrite.All'],
    },
    {
      '@set': 'applications',
      appId: native.id,
      displayName: 'Native',
      publicClient: { redirectUris: [native.redirect] },
      scopesGranted: ['User.Read', 'User.ReadWrite.All'],
    },
    {
      '@set': 'applications',
      appId: spa.id,
      displayName: 'Single page',
      spa: {
        redirectUris: [
          spa.redirect,
          ...['', 'bridge', 'left'].map((path) => `http://localhost/${path}`),
        ],
      },
      scopesGranted: ['User.Read', 'User.ReadWrite.All'],
    },
    {
      '@set': 'applications',
      appId: api.id,
      displayName: 'Middle tier',
      identifierUris: [`api://${api.id}`],
      passwordCredentials: [{ secretText: api.secret }],
      scopesGranted: ['User.Read'],
    },
  ];
}
