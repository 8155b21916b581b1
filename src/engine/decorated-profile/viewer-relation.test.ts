import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ConnectionGraph } from '#plan/connection-graph.ts';
import type { Reader } from '#plan/store.ts';
import { readViewerRelation, readViewerRelations, relationMembers } from './viewer-relation.ts';

const now = Date.UTC(2026, 5, 15);
const day = 86_400_000;
const viewer = { owner: 1, id: 'aa' };
const viewee = { owner: 2, id: 'bb' };

interface World {
  /** How many links lie between the two; none where there is no way. */
  readonly distance?: number;
  /** Days since the invitation of a pair was sent, NaN where nobody knows. */
  readonly invitations?: Readonly<Record<string, number>>;
  /** Who has blocked the other, by surrogate. */
  readonly blockedBy?: number;
}

const degreesByDistance = ['OUT_OF_NETWORK', 'DISTANCE_1', 'DISTANCE_2', 'DISTANCE_3'] as const;

function worldReader({ distance = 0, invitations = {}, blockedBy }: World): Reader {
  const between = degreesByDistance[distance]!;
  const connections: Partial<ConnectionGraph> = {
    degrees: (from, to) => to.map((each) => (each === from ? 'SELF' : between)),
  };
  const world: Partial<Reader> = {
    connections: connections as ConnectionGraph,
    read: ({ owner }) => (owner === blockedBy ? { version: 1, text: '{}' } : undefined),
    async find(set, property, value) {
      const days = invitations[value];
      if (set !== 'invitations' || property !== 'pair' || days === undefined) return undefined;
      const created = Number.isNaN(days) ? null : now - days * day;
      const text = JSON.stringify({ created, validationToken: `token ${value}` });
      return { owner: 9, id: `invitation ${value}`, version: 1, text };
    },
  };
  return world as Reader;
}

async function membersOf(world: World, other = viewee) {
  const relation = await readViewerRelation(worldReader(world), { viewer, viewee: other }, now);
  return relationMembers(relation);
}

function received(pair: string) {
  const members = { invitationId: `invitation ${pair}`, validationToken: `token ${pair}` };
  return { '@odata.type': 'microsoft.graph.liInvitation', ...members };
}

const stranger = {
  connected: false,
  connectionDegree: 'OUT_OF_NETWORK',
  invitationSentFromViewer: false,
  pendingInvitationSentFromViewee: null,
  viewerCanConnectViewee: true,
  viewerCanFollowViewee: true,
};

describe('degrees', () => {
  const rows = [
    [0, 'OUT_OF_NETWORK'],
    [2, 'DISTANCE_2'],
    [3, 'DISTANCE_3'],
  ] as const;
  for (const [distance, connectionDegree] of rows) {
    test(`${distance || 'no'} links between the two are ${connectionDegree}`, async () => {
      assert.deepEqual(await membersOf({ distance }), { ...stranger, connectionDegree });
    });
  }

  test('people who are connected have no invitations, even where one was left behind', async () => {
    assert.deepEqual(await membersOf({ distance: 1, invitations: { 'aa>bb': 1, 'bb>aa': 1 } }), {
      connected: true,
      connectionDegree: 'DISTANCE_1',
      invitationSentFromViewer: null,
      pendingInvitationSentFromViewee: null,
      viewerCanConnectViewee: false,
      viewerCanFollowViewee: true,
    });
  });

  test('nobody is connected with, invites or follows themselves', async () => {
    assert.deepEqual(await membersOf({}, viewer), {
      connected: false,
      connectionDegree: 'SELF',
      invitationSentFromViewer: null,
      pendingInvitationSentFromViewee: null,
      viewerCanConnectViewee: false,
      viewerCanFollowViewee: false,
    });
  });

  test('without a viewer every member is null', () => {
    const members = relationMembers(undefined);
    assert.deepEqual(Object.keys(members), Object.keys(stranger));
    assert.deepEqual(new Set(Object.values(members)), new Set([null]));
  });
});

describe('many people', () => {
  test('each has a relation of their own, in the order asked for', async () => {
    const reader = worldReader({ distance: 2, invitations: { 'bb>aa': 3 } });
    const relations = await readViewerRelations(reader, { viewer, viewees: [viewee, viewer], now });
    assert.deepEqual(
      relations.map(({ degree, invitation }) => [degree, invitation !== undefined]),
      [
        ['DISTANCE_2', true],
        ['SELF', false],
      ],
    );
  });
});

describe('blocking', () => {
  for (const [who, blockedBy] of Object.entries({ 'the viewer': 1, 'the viewee': 2 })) {
    test(`by ${who} forbids what might follow`, async () => {
      const forbidden = { viewerCanConnectViewee: false, viewerCanFollowViewee: false };
      assert.deepEqual(await membersOf({ blockedBy }), { ...stranger, ...forbidden });
    });
  }
});

describe('invitations', () => {
  test("the viewer's invitation is a flag and forbids another", async () => {
    const members = await membersOf({ invitations: { 'aa>bb': 3 } });
    const expected = { invitationSentFromViewer: true, viewerCanConnectViewee: false };
    assert.deepEqual(members, { ...stranger, ...expected });
  });

  test("the viewee's invitation shows what answering it needs", async () => {
    assert.deepEqual(await membersOf({ invitations: { 'bb>aa': 3 } }), {
      ...stranger,
      pendingInvitationSentFromViewee: received('bb>aa'),
      viewerCanConnectViewee: false,
    });
  });

  test('invitations both ways show both', async () => {
    assert.deepEqual(await membersOf({ distance: 2, invitations: { 'aa>bb': 3, 'bb>aa': 3 } }), {
      ...stranger,
      connectionDegree: 'DISTANCE_2',
      invitationSentFromViewer: true,
      pendingInvitationSentFromViewee: received('bb>aa'),
      viewerCanConnectViewee: false,
    });
  });

  test('an invitation without a time is held to be a new one', async () => {
    const members = await membersOf({ invitations: { 'aa>bb': Number.NaN } });
    assert.equal(members.invitationSentFromViewer, true);
  });

  test('an invitation holds for 180 days', async () => {
    const members = await membersOf({ invitations: { 'aa>bb': 180, 'bb>aa': 181 } });
    const expected = { invitationSentFromViewer: true, viewerCanConnectViewee: false };
    assert.deepEqual(members, { ...stranger, ...expected });
  });
});
