import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Network, personId, startNetwork, urn } from './network.ts';

/**
 * Two people who don't know each other yet become acquainted, over HTTP alone, and others watch.
 * Each test goes on where the one before has ended.
 */

const [ada, bea, cem, dil, eve] = [30, 31, 32, 33, 34];

let network: Network;
before(async () => {
  network = await startNetwork();
});
after(() => network?.[Symbol.asyncDispose]());

async function read(who: number, path: string, headers: Readonly<Record<string, string>> = {}) {
  const reply = await network.as(who)(path, { headers });
  assert.equal(reply.status, 200, `${path}: ${reply.text}`);
  return reply.json;
}

async function write(who: number, method: string, path: string, body: object) {
  const reply = await network.as(who)(path, { method, body });
  assert.ok(reply.status < 300, `${path}: ${reply.text}`);
  return reply.json;
}

const look = (viewer: number, viewee: number) =>
  read(viewer, `/decoratedProfiles/${personId(viewee)}`);
const degree = async (viewer: number, viewee: number) =>
  (await look(viewer, viewee)).connectionDegree;

async function become(one: number, other: number): Promise<void> {
  await write(one, 'POST', '/linkedIn/invitations', { invitee: urn(other) });
  const { pendingInvitationSentFromViewee: waiting } = await look(other, one);
  const { invitationId, validationToken } = waiting;
  await write(other, 'POST', '/linkedIn/invitations/inviteeClosingInvitation', {
    inviteActionData: [{ invitationId, validationToken }],
    inviteeActionType: 'ACCEPT',
  });
}

/** A facet of somebody's profile, which has its own root. */
async function tell(who: number, facet: string, body: object): Promise<void> {
  const token = await network.kith.token({ user: personId(who) });
  const path = `/beta/me/profile/${facet}`;
  const reply = await network.kith.request(path, { method: 'POST', token, body });
  assert.equal(reply.status, 201, reply.text);
}

const post = (company: string, start: string, end: string | null = null) => ({
  detail: {
    company: { displayName: company },
    jobTitle: 'Engineer',
    startMonthYear: start,
    endMonthYear: end,
  },
});

/** The only member of each highlight but its type. */
function kindsOf(profile: { profileHighlights: Record<string, unknown>[] }): string[] {
  return profile.profileHighlights.map((each) => Object.keys(each).join());
}

describe('two strangers', () => {
  test('have nothing between them but that each may connect with the other', async () => {
    for (const [viewer, viewee] of [
      [ada, bea],
      [bea, ada],
    ] as const) {
      const seen = await look(viewer, viewee);
      assert.equal(seen.connectionDegree, 'OUT_OF_NETWORK');
      assert.deepEqual([seen.connected, seen.invitationSentFromViewer], [false, false]);
      assert.equal(seen.pendingInvitationSentFromViewee, null);
      assert.deepEqual([seen.viewerCanConnectViewee, seen.viewerCanFollowViewee], [true, true]);
      assert.deepEqual([seen.profileHighlights, seen.simpleProfileHighlights], [[], []]);
      assert.deepEqual([seen.connection.count, seen.connection.countObfuscated], [0, false]);
    }
    const own = await look(ada, ada);
    assert.equal(own.connectionDegree, 'SELF');
    assert.deepEqual([own.viewerCanConnectViewee, own.viewerCanFollowViewee], [false, false]);
    assert.deepEqual((await read(ada, '/decoratedProfileConnections')).value, []);
  });

  test('find each other by what they know', async () => {
    const query = encodeURIComponent(JSON.stringify([{ email: 'p31@mail.example' }]));
    const path = '/decoratedProfileSearchResults/batchQuery(queries=@q)';
    const { value } = await read(ada, `${path}?@q=${query}&$expand=profiles($select=id)`);
    assert.equal(value[0].exactMatch, true);
    assert.equal(value[0].profiles[0].id, personId(bea));
  });

  test('have been at the same places, and are told so in their language', async () => {
    await tell(ada, 'positions', post('Wren', '2015-01-01', '2020-01-01'));
    await tell(bea, 'positions', post('Wren', '2018-05-01'));
    await tell(ada, 'educationalActivities', { institution: { displayName: 'Duke' } });
    await tell(bea, 'educationalActivities', { institution: { displayName: 'duke ' } });
    await write(bea, 'PATCH', '/me/decoratedProfile', { firstName: 'Bea' });
    const path = `/decoratedProfiles/${personId(bea)}`;
    const seen = await read(ada, path);
    assert.deepEqual(kindsOf(seen), ['sharedExperiences', 'sharedEducations']);
    const [shared] = seen.profileHighlights[0].sharedExperiences.sharedExperiences;
    assert.equal(shared.overlapInfo.overlapType, 'NOT_BOTH_CURRENT_OVERLAP');
    assert.deepEqual(shared.overlapInfo.detail.dateRange.start, { day: 1, month: 5, year: 2018 });
    const told: string[] = [];
    for (const language of ['en', 'de-CH', 'fr', 'ja', 'xx']) {
      const { simpleProfileHighlights, locale } = await read(ada, path, {
        'Accept-Language': language,
      });
      told.push(`${locale.language} ${simpleProfileHighlights[0].detail}`);
    }
    assert.match(told[0]!, /^en You and Bea worked together at Wren from 05\/2018 to 01\/2020\.$/);
    assert.match(told[1]!, /^de .*Bea.*Wren/);
    assert.match(told[2]!, /^fr .*Bea.*Wren/);
    assert.match(told[3]!, /^ja .*Wren/);
    assert.equal(told[4], told[0]);
    assert.equal(new Set(told).size, 4);
  });
});

describe('an invitation between them', () => {
  test('shows on both sides and to nobody else', async () => {
    await write(ada, 'POST', '/linkedIn/invitations', { invitee: urn(bea) });
    const sent = await look(ada, bea);
    assert.deepEqual([sent.invitationSentFromViewer, sent.viewerCanConnectViewee], [true, false]);
    const received = await look(bea, ada);
    assert.ok(received.pendingInvitationSentFromViewee.validationToken);
    assert.equal(received.viewerCanConnectViewee, false);
    const other = await look(cem, bea);
    assert.deepEqual([other.invitationSentFromViewer, other.viewerCanConnectViewee], [false, true]);
    assert.equal(other.pendingInvitationSentFromViewee, null);
  });

  test('makes one connection when it is accepted, with one id for both', async () => {
    const { pendingInvitationSentFromViewee: waiting } = await look(bea, ada);
    const { invitationId, validationToken } = waiting;
    await write(bea, 'POST', '/linkedIn/invitations/inviteeClosingInvitation', {
      inviteActionData: [{ invitationId, validationToken }],
      inviteeActionType: 'ACCEPT',
    });
    const path = '/decoratedProfileConnections?$expand=profile($select=id,connected)';
    const [own, theirs] = [(await read(ada, path)).value, (await read(bea, path)).value];
    assert.deepEqual([own.length, theirs.length, own[0].id], [1, 1, theirs[0].id]);
    assert.equal(own[0].profile.id, personId(bea));
    assert.equal(theirs[0].profile.id, personId(ada));
    assert.equal(own[0].relevanceScore, 0.1);
    for (const [viewer, viewee] of [
      [ada, bea],
      [bea, ada],
    ] as const) {
      const seen = await look(viewer, viewee);
      assert.deepEqual([seen.connected, seen.connectionDegree], [true, 'DISTANCE_1']);
      assert.equal(seen.invitationSentFromViewer, null);
      assert.equal(seen.pendingInvitationSentFromViewee, null);
      assert.equal(seen.viewerCanConnectViewee, false);
      assert.equal(seen.connection.count, 1);
    }
    const stranger = await network.as(cem)(`/decoratedProfileConnections/${own[0].id}`);
    assert.equal(stranger.status, 404);
  });

  test('is seen by third people in their degrees and highlights', async () => {
    assert.equal(await degree(cem, bea), 'OUT_OF_NETWORK');
    await become(cem, ada);
    await become(cem, dil);
    assert.equal(await degree(cem, bea), 'DISTANCE_2');
    assert.equal(await degree(dil, bea), 'DISTANCE_3');
    assert.equal(await degree(eve, bea), 'OUT_OF_NETWORK');
    const seen = await look(cem, bea);
    assert.deepEqual(kindsOf(seen), ['sharedConnections']);
    const { totalCount, topSharedConnections } = seen.profileHighlights[0].sharedConnections;
    assert.deepEqual([totalCount, topSharedConnections[0].lastName], [1, '30']);
    assert.equal(seen.simpleProfileHighlights[0].title, '1 Mutual Connection');
    assert.equal((await look(eve, ada)).connection.count, 2);
    const found = await read(
      cem,
      `/decoratedProfiles?$filter=connectionDegree eq 'DISTANCE_2'&$select=id`.replaceAll(
        ' ',
        '%20',
      ),
    );
    assert.deepEqual(
      found.value.map(({ id }: { id: string }) => id),
      [personId(bea)],
    );
  });
});

describe('acquaintances', () => {
  test('write the record of the other member, and everybody sees it', async () => {
    const [{ id }] = (await read(ada, '/decoratedProfileConnections')).value;
    const path = `/decoratedProfileConnections/${id}/profile`;
    const body = { headline: 'Builds bridges', skills: ['Welding'], connectionDegree: 'SELF' };
    const written = await write(ada, 'PATCH', path, body);
    assert.deepEqual(
      [written.headline, written.connectionDegree],
      ['Builds bridges', 'DISTANCE_1'],
    );
    const own = await read(bea, '/me/decoratedProfile');
    assert.deepEqual([own.headline, own.skills], ['Builds bridges', ['Welding']]);
    const reader = network.as(ada, ['User.Read']);
    assert.equal((await reader(path)).status, 200);
    assert.equal((await reader(path, { method: 'PATCH', body })).status, 403);
  });

  test('save each other as leads, each for themselves', async () => {
    const lead = { viewee: urn(bea), accountName: 'Wren' };
    await write(cem, 'POST', '/salesNavigatorSaveLead/saveVieweeAsLead', lead);
    const { salesNavigatorInfo: own } = await look(cem, bea);
    assert.deepEqual([own.savedLead, own.savedAccount.name], [true, 'Wren']);
    assert.equal(own.teamlinkInfo.countOfTotalTeamlinkConnections, 1);
    assert.equal(own.teamlinkInfo.topTeamlinks[0].lastName, '30');
    assert.equal((await look(ada, bea)).salesNavigatorInfo.savedLead, false);
    const gone = { viewee: urn(bea) };
    await write(cem, 'POST', '/salesNavigatorSaveLead/unsaveVieweeAsLead', gone);
    assert.equal((await look(cem, bea)).salesNavigatorInfo.savedLead, false);
  });

  test('see nothing that LinkedIn gives to bound accounts once theirs is not', async () => {
    const set = (status: string) => write(ada, 'POST', '/me/setLinkedInStatus', { status });
    const asked = '$select=skills,emails,summary,connected,connectionDegree,salesNavigatorInfo';
    const path = `/decoratedProfiles/${personId(bea)}?${asked}`;
    const bound = await read(ada, path);
    assert.deepEqual([bound.skills, bound.connected], [['Welding'], true]);
    await set('Unbound');
    const { '@odata.context': _, '@odata.etag': __, ...unbound } = await read(ada, path);
    const nothing = { summary: null, skills: [], emails: [], connected: null };
    assert.deepEqual(unbound, { ...nothing, connectionDegree: null, salesNavigatorInfo: null });
    const filter = encodeURIComponent("connectionDegree eq 'DISTANCE_1'");
    const found = await read(ada, `/decoratedProfiles?$filter=${filter}&$select=id`);
    assert.deepEqual(found.value, []);
    assert.equal(await degree(bea, ada), 'DISTANCE_1');
    await set('Bound');
    assert.equal(await degree(ada, bea), 'DISTANCE_1');
  });

  test('end a connection from either side, and nobody ends that of others', async () => {
    await become(ada, eve);
    assert.equal(await degree(eve, bea), 'DISTANCE_2');
    const { value } = await read(eve, '/decoratedProfileConnections');
    const path = `/decoratedProfileConnections/${value[0].id}`;
    assert.equal((await network.as(cem)(path, { method: 'DELETE' })).status, 404);
    const stale = { method: 'DELETE', headers: { 'If-Match': 'W/"99"' } };
    assert.equal((await network.as(eve)(path, stale)).status, 412);
    assert.equal((await network.as(eve)(path, { method: 'DELETE' })).status, 204);
    assert.equal((await network.as(eve)(path, { method: 'DELETE' })).status, 404);
    assert.deepEqual(
      [await degree(eve, bea), await degree(ada, eve)],
      Array(2).fill('OUT_OF_NETWORK'),
    );
    assert.equal((await look(ada, eve)).viewerCanConnectViewee, true);
  });

  test('that part are strangers again, and so are those between whom they stood', async () => {
    await write(bea, 'POST', '/linkedIn/blockedMembers', { member: urn(ada) });
    assert.equal(await degree(ada, bea), 'OUT_OF_NETWORK');
    assert.equal(await degree(cem, bea), 'OUT_OF_NETWORK');
    const seen = await look(ada, bea);
    assert.deepEqual([seen.viewerCanConnectViewee, seen.viewerCanFollowViewee], [false, false]);
    assert.deepEqual((await read(bea, '/decoratedProfileConnections')).value, []);
  });
});

describe('people of another tenant', () => {
  const far = personId(99);
  const ids = encodeURIComponent(JSON.stringify([far, urn(99)]));

  test('are nowhere to be found', async () => {
    const reply = await network.as(ada)(`/decoratedProfiles/${far}`);
    assert.equal(reply.status, 404);
    const { value } = await read(ada, `/decoratedProfiles/viewees(viewees=@v)?@v=${ids}`);
    assert.deepEqual(value, []);
    const answer = await read(ada, `/decoratedProfiles/batchGet(ids=@v)?@v=${ids}`);
    assert.deepEqual([answer.results, answer.errors.length], [[], 2]);
    const query = encodeURIComponent(JSON.stringify([{ keywords: 'Far' }]));
    const path = '/decoratedProfileSearchResults/batchQuery(queries=@q)';
    const found = await read(ada, `${path}?@q=${query}&$expand=profiles`);
    assert.deepEqual(found.value[0].profiles, []);
  });
});
