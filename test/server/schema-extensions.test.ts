import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Reply, type RunningKith, startKith } from '../running-kith.ts';

const owner = '11111111-2222-4333-8444-555555555555';
const properties = [
  { name: 'courseId', type: 'Integer' },
  { name: 'courseName', type: 'String' },
  { name: 'courseType', type: 'String' },
];
const definition = { description: 'Courses', targetTypes: ['Group', 'User'], properties };

let kith: RunningKith;
let app: string;
let stranger: string;
let id: string;
let someone: string;
before(async () => {
  kith = await startKith({ flags: ['--fidelity', 'graph'] });
  app = await kith.token({ app: owner });
  stranger = await kith.token({ app: '99999999-2222-4333-8444-555555555555' });
  const made = await send('POST', 'schemaExtensions', { id: 'courses', ...definition });
  assert.equal(made.status, 201, made.text);
  id = made.json.id;
  someone = `users/${(await send('GET', 'users?$top=2')).json.value[1].id}`;
});
after(() => kith?.close());

function send(method: string, path: string, body?: unknown, token = app): Promise<Reply> {
  return kith.request(encodeURI(`/v1.0/${path}`), { method, token, ...(body ? { body } : {}) });
}

async function assertStatus(
  status: number,
  ...[method, path, body, token]: Parameters<typeof send>
) {
  const reply = await send(method, path, body, token);
  assert.equal(reply.status, status, `${method} ${path}: ${reply.text}`);
  return reply;
}

test('a definition has an id of its own, a state and an owner', async () => {
  assert.match(id, /^ext[a-z\d]{8}_courses$/);
  const { json } = await assertStatus(200, 'GET', `schemaExtensions/${id}`);
  const context = `${kith.origin}/v1.0/$metadata#schemaExtensions/$entity`;
  const state = { id, ...definition, owner, status: 'InDevelopment' };
  assert.deepEqual(json, { '@odata.context': context, ...state });
  const found = await send('GET', `schemaExtensions?$filter=id eq '${id}'&$select=id,owner`);
  assert.deepEqual(found.json.value, [{ id, owner }]);
  const named = { id: 'fernhollow_courses', ...definition };
  assert.equal((await assertStatus(201, 'POST', 'schemaExtensions', named)).json.id, named.id);
  await assertStatus(409, 'POST', 'schemaExtensions', named);
});

test('a definition that is none is refused', async () => {
  const wrong: readonly object[] = [
    { id: 'graphlearn_courses' },
    { id: 'cou rses' },
    { id: null },
    { targetTypes: ['Spoon'] },
    { targetTypes: [] },
    { properties: [{ name: 'a', type: 'Float' }] },
    { properties: [properties[0], properties[0]] },
    { description: null },
  ];
  for (const more of wrong) {
    const body = { id: 'c', ...definition, ...more };
    await assertStatus(400, 'POST', 'schemaExtensions', body);
  }
});

test('only its owner changes a definition, and only adds to it', async () => {
  const other = await send('POST', 'schemaExtensions', { id: 'other', ...definition });
  const path = `schemaExtensions/${other.json.id}`;
  const more = [...properties, { name: 'courseSupervisors', type: 'String' }];
  await assertStatus(204, 'PATCH', path, { properties: more });
  await assertStatus(400, 'PATCH', path, { properties });
  await assertStatus(400, 'PATCH', path, { targetTypes: ['User'] });
  await assertStatus(400, 'PATCH', path, { owner: '50897f70-a455-4adf-87bc-4cf17091d5ac' });
  await assertStatus(403, 'PATCH', path, { description: 'x' }, stranger);
  await assertStatus(204, 'PATCH', path, { owner, description: 'x' }, stranger);
  await assertStatus(400, 'PATCH', path, { status: 'Deprecated' });
  await assertStatus(204, 'PATCH', path, { status: 'Available' });
  await assertStatus(204, 'PATCH', path, { status: 'Deprecated' });
  await assertStatus(403, 'PATCH', path, { description: 'y' });
  await assertStatus(204, 'DELETE', path);
  await assertStatus(404, 'GET', path);
});

test('its values merge, are found, and go with null', async () => {
  const value = { courseId: 1, courseName: 'Introduction', courseType: 'Developer' };
  await assertStatus(204, 'PATCH', someone, { [id]: value });
  await assertStatus(204, 'PATCH', someone, { [id]: { courseType: 'Admin' } });
  const now = { '@odata.type': '#microsoft.graph.ComplexExtensionValue', ...value };
  const { json } = await send('GET', `${someone}?$select=${id}`);
  assert.deepEqual(json[id], { ...now, courseType: 'Admin' });
  const filter = `${id}/courseType eq 'Admin'`;
  const found = await send('GET', `users?$filter=${filter}&$select=${id}`);
  assert.deepEqual(found.json.value, [{ [id]: json[id] }]);
  await assertStatus(204, 'PATCH', someone, { [id]: null });
  assert.equal((await send('GET', `${someone}?$select=${id}`)).json[id], undefined);
});

test('a group has values from the first, and numbers as they are written', async () => {
  const group = { displayName: 'New Managers', mailEnabled: false, mailNickname: 'managers' };
  const value = { courseId: '123', courseName: 'New Managers' };
  const body = { ...group, securityEnabled: true, [id]: value };
  const made = await assertStatus(201, 'POST', 'groups', body);
  assert.equal(made.json[id], undefined);
  const filter = `$filter=${id}/courseId eq '123'&$select=displayName,${id}`;
  const found = await send('GET', `groups?${filter}`);
  assert.equal(found.json.value[0]?.[id].courseId, '123', found.text);
});

test('what no definition has is refused', async () => {
  for (const value of [{ courseType: 7 }, { other: 'x' }, { courseId: 'x' }, 'x', []]) {
    await assertStatus(400, 'PATCH', someone, { [id]: value });
  }
  await assertStatus(400, 'PATCH', someone, { ext00000000_courses: { courseId: 1 } });
  await assertStatus(400, 'PATCH', someone, { foo_bar: 'x' });
});
