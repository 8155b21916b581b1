import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileModel } from '#model/compile.ts';
import { declarations } from '#model/declarations.ts';
import { kithService } from '#model/kith-service.ts';
import type { StructuredType } from '#model/model.ts';
import { resources } from '#model/resources.ts';
import type { Caller } from '#plan/caller.ts';
import type { ConnectionDegree, ConnectionGraph } from '#plan/connection-graph.ts';
import type { Document } from '#plan/document.ts';
import type { Reader } from '#plan/store.ts';
import type { ShowContext } from '../type-rules.ts';
import { decoratedProfileRules } from './rules.ts';

const model = compileModel(declarations, resources, 'v1.0', kithService);
/** The type of what the rules show. */
export const type = model.types.get('microsoft.graph.DecoratedProfile') as StructuredType;

/** People by their surrogates; 1 looks at 2. */
const ids = ['', '0a', '0b', '0c', '0d', '0e'];

/** Who is there, what they tell of themselves, and who knows whom. */
export interface World {
  readonly users?: Readonly<Record<number, Document>>;
  /** Facets by `{owner} {collection}`. */
  readonly facets?: Readonly<Record<string, readonly Document[]>>;
  readonly links?: readonly (readonly [number, number])[];
  /** Of everybody's account; bound where nothing is said. */
  readonly status?: string;
  /** Instead of counting links. */
  readonly connections?: number;
}

function worldReader(world: World): Reader {
  const { users = {}, facets = {}, links = [], connections, status = 'Bound' } = world;
  const linkedWith = (source: number) =>
    links.flatMap(([one, other]) => (one === source ? other : other === source ? one : []));
  const found = (owner: number) => {
    const text = JSON.stringify({ id: ids[owner]!, ...users[owner] });
    return { owner, id: ids[owner]!, version: 1, text };
  };
  const degree = (from: number, to: number): ConnectionDegree => {
    if (from === to) return 'SELF';
    if (linkedWith(from).includes(to)) return 'DISTANCE_1';
    const second = linkedWith(from).flatMap(linkedWith);
    if (second.includes(to)) return 'DISTANCE_2';
    return second.flatMap(linkedWith).includes(to) ? 'DISTANCE_3' : 'OUT_OF_NETWORK';
  };
  const graph: Partial<ConnectionGraph> = {
    degrees: (from, to) => to.map((each) => degree(from, each)),
    count: (source) => connections ?? linkedWith(source).length,
    neighbours: (person) => linkedWith(person),
    shared(one, other, limit) {
      const both = linkedWith(one).filter((each) => linkedWith(other).includes(each));
      return { owners: both.slice(0, limit), count: both.length };
    },
  };
  const reader: Partial<Reader> = {
    async find(set, property, value) {
      const owner = set === 'users' && property === 'id' ? ids.indexOf(value) : -1;
      return users[owner] && found(owner);
    },
    findMany: async (_set, owners) => owners.map(found),
    async read({ set, owner, path }) {
      if (path === 'linkedIn') return { version: 1, text: JSON.stringify({ status }) };
      const user = set === 'users' && path === '' ? users[owner] : undefined;
      return user && { version: 1, text: JSON.stringify({ id: ids[owner]!, ...user }) };
    },
    linked: async () => [],
    // Administrators have said nothing.
    list: async () => [],
    async listBelow(_set, owner) {
      return Object.entries(facets).flatMap(([name, rows]) => {
        const [whose, path = ''] = name.split(' ');
        return rows.flatMap((row, index) => {
          const facet = { path, key: `${index}`, version: 1, text: JSON.stringify(row) };
          return whose === String(owner) ? facet : [];
        });
      });
    },
    connections: graph as ConnectionGraph,
  };
  return reader as Reader;
}

const tenant = { num: 1, id: 't', displayName: 'Fernhollow', domains: [] };

/** A look of somebody at the person with the surrogate 2. */
export function contextOf(world: World, user: string | undefined, languages?: string): ShowContext {
  const address = { set: 'users', owner: 2, path: 'decoratedProfile', key: '' };
  const place = { address, ownerId: '0b', shown: '', key: undefined, found: undefined };
  const permissions = new Set(['User.Read.All']);
  const caller = { user, permissions, isUnrestricted: false, tenant } as Partial<Caller> as Caller;
  const now = Date.UTC(2026, 5, 15, 12);
  return { model, place, caller, reader: worldReader(world), now, languages };
}

/** What somebody sees of that person, 1 where nobody is named. */
export async function decorate(world: World, options: Partial<Shown> = {}): Promise<Document> {
  const { members = stored, languages } = options;
  const user = 'user' in options ? options.user : '0a';
  return decoratedProfileRules.decorate!(members, contextOf(world, user, languages));
}

interface Shown {
  readonly members: Document;
  readonly user: string | undefined;
  readonly languages: string;
}

/** What is stored of the profile. */
export const stored: Document = { id: '0b', firstName: 'Mary', profileUrl: 'https://mary.example' };

/** The first three, with nothing but names. */
export const people: NonNullable<World['users']> = {
  1: { displayName: 'Vic Iewer' },
  2: { displayName: 'Mary Poe', birthday: '0001-01-01T00:00:00Z' },
  3: { displayName: 'Peter Pan', givenName: 'Peter', surname: 'Pan' },
};

/** A facet of a post at a company. */
export function position(displayName: string, start: string, end: string | null = null): Document {
  const detail = { company: { displayName }, startMonthYear: start, endMonthYear: end };
  return { detail, allowedAudiences: 'organization' };
}

/** Two people with much in common. */
export const rich: World = {
  users: people,
  facets: {
    '1 profile/positions': [position('Wren', '2012-01-01', '2020-01-01')],
    '2 profile/positions': [
      position('Corvid', '2010-01-01', '2014-01-01'),
      position('Wren', '2026-05-01'),
      position('Galehaven', '2016-01-01', '2026-05-01'),
      position('Saltmarsh', '2014-01-01', '2016-01-01'),
    ],
    '1 profile/educationalActivities': [{ institution: { displayName: 'Duke' } }],
    '2 profile/educationalActivities': [{ institution: { displayName: 'Duke' } }],
  },
  links: [
    [1, 3],
    [2, 3],
  ],
};

/** Some of the members. */
export function pick(members: Document, names: readonly string[]): Document {
  return Object.fromEntries(names.map((name) => [name, members[name]]));
}

test('the sample world has a person to look at', async () => {
  assert.equal((await decorate(rich)).firstName, 'Mary');
});
