/**
 * The figures of the authority: tokens a second at the token endpoint, what a token costs that was
 * seen before, and what a start pays for signing people in. `npm run bench:authority`. The server
 * runs on one core, the load on another.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { enableCompileCache } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '#clock.ts';
import { openLog } from '#log.ts';
import { readConfig } from '#server/config/config.ts';
import { openModels } from '#server/open-models.ts';
import { type OpenedStore, openStore } from '#store/open-store.ts';
import { startKith } from './kith.ts';
import { startLoad } from './load-client.ts';
import { CONNECTIONS, measureOperation } from './measure.ts';
import type { Sent } from './operations.ts';
import { type Bound, formatBounds } from './report.ts';

const TOKENS_MIN_PER_SECOND = 1_000;
const REPEAT_MAX_MICROSECONDS = 10;
const START_MAX_MS = 25;
const REPEATS = 1_000_000;
const rounds = { count: 3, seconds: 5, warmUpSeconds: 5 };

const tenant = '11111111-2222-4333-8444-555555555555';
const app = { id: 'dddddddd-0000-4000-8000-00000000000d', secret: 'the secret of the benchmark' };
const seed = [
  { tenant: { id: tenant, displayName: 'Bench', domains: ['bench.example'] } },
  {
    '@set': 'applications',
    appId: app.id,
    displayName: 'Daemon',
    passwordCredentials: [{ secretText: app.secret }],
    appRolesGranted: ['User.Read.All'],
  },
];

const dataDir = await mkdtemp(join(tmpdir(), 'kith-bench-'));
try {
  const tokens = await measureTokens();
  const bounds = [...tokens, ...(await measureInside())];
  process.stdout.write(`\n${formatBounds(bounds)}\n`);
} finally {
  await rm(dataDir, { recursive: true });
}

/** What a client-credential token costs the server, and how many there are in a second. */
async function measureTokens(): Promise<Bound[]> {
  const file = join(dataDir, 'seed.jsonl');
  await writeFile(file, `${seed.map((line) => JSON.stringify(line)).join('\n')}\n`);
  await using kith = await startKith({ dataDir, seed: file });
  await using load = await startLoad();
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: app.id,
    client_secret: app.secret,
    scope: 'https://graph.microsoft.com/.default',
  });
  const sent: Sent = {
    path: `/${tenant}/oauth2/v2.0/token`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  };
  const { pid } = kith.process;
  const requests = Array<Sent>(CONNECTIONS).fill(sent);
  const side = { name: 'Kith', pid, origin: kith.origin, requests };
  const figures = (await measureOperation(load, 'POST', [side], rounds)).get('Kith')!;
  const others = `others had ${(figures.strangersShare * 100).toFixed(0)}% of a core`;
  return [
    { name: `tokens a second, while ${others}`, value: figures.requestsPerSecond, unit: '' },
    {
      name: "the server's processor time for a token",
      value: figures.cpuMicroseconds,
      unit: 'us',
      max: 1e6 / TOKENS_MIN_PER_SECOND,
    },
  ];
}

/** What a start pays for the authority where keys exist, and a verification of a known token. */
async function measureInside(): Promise<Bound[]> {
  const config = readConfig(['--data-dir', dataDir], {}, () => '{}');
  const { stored } = await openModels(undefined);
  const clock = systemClock;
  const log = openLog('silent');
  const store: OpenedStore = await openStore({
    url: undefined,
    dataDir,
    model: stored,
    clock,
    onError: (error) => log.error(error),
  });
  try {
    // As every start does. The server before has filled the cache.
    enableCompileCache(join(homedir(), '.cache', 'kith'));
    // Processor time: what else runs on the machine does not count.
    const began = process.cpuUsage();
    const { openKeyRing } = await import('#authority/tokens/signing-keys.ts');
    const { openAuthority } = await import('#server/authority/open-authority.ts');
    const keys = await openKeyRing((name, make) => store.keep(name, make), store.authority, clock);
    const sign = (text: string) => text;
    const load = async () => undefined;
    const opening = { config, store, model: stored, keys, clock, log, sign, load };
    using authority = openAuthority(opening);
    const { user, system } = process.cpuUsage(began);
    const startMs = (user + system) / 1000;

    const { mintToken } = await import('#authority/tokens/mint-token.ts');
    authority.listen(config.port);
    const origin = authority.parts.origins().main;
    const token = mintToken(
      { tenantId: tenant, user: undefined, app: app.id, permissions: [], lifetimeSeconds: 3600 },
      { keys, origin, clock },
    );
    const header = `Bearer ${token}`;
    await authority.verifier.verify(header);
    const from = performance.now();
    for (let count = 0; count < REPEATS; count++) {
      const caller = authority.verifier.verify(header);
      if (caller instanceof Promise) await caller;
    }
    const repeatMicroseconds = ((performance.now() - from) / REPEATS) * 1000;
    return [
      {
        name: 'a token seen before',
        value: repeatMicroseconds,
        unit: 'us',
        max: REPEAT_MAX_MICROSECONDS,
      },
      {
        name: 'processor time of the authority at a start',
        value: startMs,
        unit: 'ms',
        max: START_MAX_MS,
      },
    ];
  } finally {
    await store.close();
  }
}
