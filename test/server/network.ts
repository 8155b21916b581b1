import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Reply, type RequestOptions, type RunningKith, startKith } from '../running-kith.ts';
import { makeScratchFolder } from './scratch-folder.ts';

/** Ids of people that are easy to tell apart: `personId(3)` ends with 3. */
export function personId(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** A person as other services name them. */
export function urn(number: number): string {
  return `urn:li:member:${personId(number)}`;
}

export const tenants = [personId(900), personId(901)] as const;

/** Somebody who asks. */
export type Ask = (path: string, options?: RequestOptions) => Promise<Reply>;

/** A server with people who hardly know each other. */
export interface Network extends AsyncDisposable {
  readonly kith: RunningKith;
  /** Asks as a person, with these scopes or with all that people need here. */
  as(number: number, scopes?: readonly string[]): Ask;
}

const DAY = 86_400_000;
const SCOPES = ['User.ReadWrite.All', 'Group.Read.All', 'Organization.ReadWrite.All'];
const ago = (days: number) => Date.now() - days * DAY;

/** Who invites whom, how many days ago, and by which token it is answered. */
export interface Pending {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly days: number;
}

export const pending: readonly Pending[] = [
  { id: personId(801), from: 21, to: 20, days: 3 },
  { id: personId(802), from: 22, to: 20, days: 200 },
  { id: personId(803), from: 23, to: 24, days: 1 },
];

/** The lines of a seed: 40 people, of whom 1 to 6 stand in a chain, and another tenant with one. */
function* lines(): Generator<object> {
  yield { tenant: { id: tenants[0], displayName: 'Net', domains: ['net.example'] } };
  for (let number = 1; number <= 40; number++) {
    const name = `p${number}`;
    yield {
      ...{ '@set': 'users', id: personId(number), displayName: `Person ${number}` },
      ...{ userPrincipalName: `${name}@net.example`, mail: `${name}@mail.example` },
      ...{ givenName: 'Person', surname: String(number), accountEnabled: true },
    };
  }
  yield {
    ...{ '@set': 'groups', id: personId(700), displayName: 'Chosen', mailEnabled: false },
    ...{ mailNickname: 'chosen', securityEnabled: true, groupTypes: [] },
    'members@odata.bind': [`users('${personId(9)}')`],
  };
  for (let number = 1; number < 6; number++) {
    const members = [personId(number), personId(number + 1)];
    yield { '@set': 'connections', id: personId(600 + number), members, since: '2024-05-01' };
  }
  for (const { id, from, to, days } of pending) {
    const people = { inviter: personId(from), invitee: personId(to) };
    yield { '@set': 'invitations', id, ...people, created: ago(days), validationToken: `t${id}` };
  }
  yield { tenant: { id: tenants[1], displayName: 'Far', domains: ['far.example'] } };
  const id = personId(99);
  yield { '@set': 'users', id, displayName: 'Far', userPrincipalName: 'p99@far.example' };
}

/** Starts such a server. */
export async function startNetwork(store?: string): Promise<Network> {
  const folder = await makeScratchFolder();
  const seed = join(folder.path, 'network.jsonl');
  await writeFile(seed, [...lines()].map((line) => JSON.stringify(line)).join('\n'));
  const kith = await startKith({ store, flags: ['--seed', seed] });
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (user: string, scopes: readonly string[]) => {
    const name = `${user} ${scopes}`;
    const known = tokens.get(name) ?? kith.token({ user, scopes });
    tokens.set(name, known);
    return known;
  };
  return {
    kith,
    as(number, scopes = SCOPES) {
      return async (path, options = {}) => {
        const token = await tokenOf(personId(number), scopes);
        return kith.request(`/v1.0${path}`, { token, ...options });
      };
    },
    async [Symbol.asyncDispose]() {
      await kith.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}
