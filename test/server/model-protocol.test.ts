import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type RunningKith, startKith } from '../running-kith.ts';
import { makeScratchFolder } from './scratch-folder.ts';

/** A reading room: what its server makes by itself, and what it lets nobody change. */
const edm = 'http://docs.oasis-open.org/odata/ns/edm';
const model = `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
<edmx:DataServices><Schema Namespace="Reading" Alias="R" xmlns="${edm}">
<EnumType Name="Shelf"><Member Name="Open" Value="0"/><Member Name="Locked" Value="1"/></EnumType>
<EntityType Name="Loan">
  <Key><PropertyRef Name="ID"/></Key>
  <Property Name="ID" Type="Edm.Int32" Nullable="false"/>
  <Property Name="Reader" Type="Edm.String"/>
  <Property Name="Begun" Type="Edm.DateTimeOffset" Nullable="false">
    <Annotation Term="Org.OData.Core.V1.Computed"/>
  </Property>
  <Property Name="Due" Type="Edm.Date" Nullable="false">
    <Annotation Term="Org.OData.Core.V1.ComputedDefaultValue"/>
  </Property>
  <Property Name="Renewals" Type="Edm.Int32" Nullable="false">
    <Annotation Term="Org.OData.Core.V1.Computed"/>
  </Property>
  <Property Name="Shelf" Type="Reading.Shelf" Nullable="false">
    <Annotation Term="Org.OData.Core.V1.ComputedDefaultValue"/>
  </Property>
  <Property Name="Closed" Type="Edm.DateTimeOffset">
    <Annotation Term="Org.OData.Core.V1.Computed"/>
  </Property>
</EntityType>
<EntityType Name="Ticket">
  <Key><PropertyRef Name="Number"/></Key>
  <Property Name="Number" Type="Edm.Int64" Nullable="false">
    <Annotation Term="Org.OData.Core.V1.ComputedDefaultValue"/>
  </Property>
</EntityType>
<EntityContainer Name="Rooms">
  <EntitySet Name="Tickets" EntityType="Reading.Ticket"/>
  <EntitySet Name="Loans" EntityType="Reading.Loan"/>
  <EntitySet Name="Notices" EntityType="Reading.Loan">
    <Annotation Term="Org.OData.Capabilities.V1.InsertRestrictions">
      <Record><PropertyValue Property="Insertable" Bool="false"/></Record>
    </Annotation>
  </EntitySet>
</EntityContainer>
<Annotation Term="Org.OData.Core.V1.SchemaVersion" String="2.1"/>
</Schema></edmx:DataServices></edmx:Edmx>`;

describe('a model served as plain OData', () => {
  let folder: Awaited<ReturnType<typeof makeScratchFolder>>;
  let kith: RunningKith;
  before(async () => {
    folder = await makeScratchFolder();
    const file = join(folder.path, 'reading.csdl.xml');
    writeFileSync(file, model);
    kith = await startKith({ flags: ['--model', file, '--anonymous'] });
  });
  after(async () => {
    await kith.close();
    await folder[Symbol.asyncDispose]();
  });

  const get = (path: string, headers: Record<string, string> = {}) =>
    kith.request(`/v1.0${path}`, { headers });

  const resources = ['/', '/$metadata', '/Loans', '/Loans/$count', '/Loans(9)', '/Nothing'];
  for (const [max, version] of [
    [undefined, '4.01'],
    ['4.0', '4.0'],
    ['4.01', '4.01'],
    ['5.0', '4.01'],
  ] as const) {
    test(`every answer is of version ${version} where ${max ?? 'nothing'} is asked`, async () => {
      for (const path of resources) {
        const { headers } = await get(path, max ? { 'OData-MaxVersion': max } : {});
        assert.equal(headers['odata-version'], version, path);
      }
    });
  }

  test('control information has no prefix only where 4.01 is asked for', async () => {
    const asked = await get('/Loans', { 'OData-MaxVersion': '4.01' });
    assert.deepEqual(Object.keys(asked.json), ['@context', 'value']);
    const plain = await get('/Loans');
    assert.deepEqual(Object.keys(plain.json), ['@odata.context', 'value']);
  });

  test('a client that takes no version that is served is refused', async () => {
    for (const path of resources) {
      for (const max of ['3.0', 'four']) {
        const { status, json } = await get(path, { 'OData-MaxVersion': max });
        assert.equal(status, 406, path);
        assert.equal(json.error.target, 'OData-MaxVersion');
      }
    }
  });

  test('the metadata document has the version of its answer', async () => {
    assert.match((await get('/$metadata')).text, /<edmx:Edmx [^>]*Version="4\.01"/);
    const older = await get('/$metadata', { 'OData-MaxVersion': '4.0' });
    assert.match(older.text, /<edmx:Edmx [^>]*Version="4\.0"/);
    // CSDL JSON begins with 4.01.
    const json = { Accept: 'application/json', 'OData-MaxVersion': '4.0' };
    assert.equal((await get('/$metadata', json)).status, 406);
  });

  for (const [accept, type] of [
    ['application/xml', 'application/xml'],
    ['application/json', 'application/json'],
    ['application/json;q=0.5, application/xml;q=0.4', 'application/json'],
    ['application/json, application/xml', 'application/xml'],
    ['application/*;q=0.2, application/json;q=0.1', 'application/xml'],
    ['application/xml;q=0, */*', 'application/json'],
    ['text/html, */*;q=0.1', 'application/xml'],
    ['text/html', undefined],
    ['application/jsonp', undefined],
  ] as const) {
    test(`$metadata for '${accept}' is ${type ?? 'refused'}`, async () => {
      const { status, headers } = await get('/$metadata', { Accept: accept });
      assert.equal(status, type ? 200 : 406);
      if (type) assert.equal(headers['content-type'], `${type};charset=utf-8`);
    });
  }

  test('annotations of sets stand at their target, terms with their whole namespace', async () => {
    const { text } = await get('/$metadata');
    const [block] =
      /<Annotations Target="Reading\.Rooms\/Notices">(?:.|\n)*?<\/Annotations>/.exec(text) ?? [];
    assert.match(block ?? '', /Term="Org\.OData\.Capabilities\.V1\.InsertRestrictions"/);
    const { json } = await get('/$metadata', { Accept: 'application/json' });
    const [[target, said]] = Object.entries(json.Reading.$Annotations) as [[string, object]];
    assert.equal(target, 'R.Rooms/Notices');
    assert.deepEqual(Object.keys(said), ['@Capabilities.InsertRestrictions']);
  });

  for (const [accept, status] of [
    ['text/plain', 200],
    ['text/plain;q=0.9', 200],
    ['application/json', 200],
    ['application/json, text/plain, */*', 200],
    ['text/*', 200],
    ['application/xml', 406],
  ] as const) {
    test(`a count for '${accept}' is ${status}`, async () => {
      const reply = await get('/Loans/$count', { Accept: accept });
      assert.equal(reply.status, status, reply.text);
      if (status === 200) assert.equal(reply.headers['content-type'], 'text/plain;charset=utf-8');
    });
  }

  for (const [path, status, target] of [
    ['/?$top=1', 400, '$top'],
    ['/?$nothing=1', 400, '$nothing'],
    ['/$metadata?$filter=true', 400, '$filter'],
    ['/openapi.json?$select=x', 400, '$select'],
    ['/?debug=1', 200],
    ['/$metadata?$FORMAT=xml&x=1', 200],
    ['/$metadata?$format=atom', 406, '$format'],
    ['/$metadata?$schemaversion=2.1', 200],
    ['/Loans?$schemaversion=*', 200],
    ['/Loans?schemaVersion=2.1&$top=1', 200],
    ['/Loans?$schemaversion=2.0', 404, '$schemaversion'],
    ['/$metadata?$schemaversion=2', 404, '$schemaversion'],
  ] as const) {
    test(`${path} is ${status}`, async () => {
      const reply = await get(path);
      assert.equal(reply.status, status, reply.text);
      if (target) assert.equal(reply.json.error.target, target);
    });
  }

  test('a set takes a delta payload only where the model says so', async () => {
    const body = { '@context': '#$delta', value: [] };
    const refused = await kith.request('/v1.0/Loans', { method: 'PATCH', body });
    assert.equal(refused.status, 405);
    assert.equal(refused.headers.allow, 'GET, HEAD, POST, OPTIONS');
  });

  test('the container says which versions are served', async () => {
    const { json } = await get('/$metadata', { Accept: 'application/json' });
    assert.equal(json.Reading.Rooms['@Core.ODataVersions'], '4.0 4.01');
  });

  test('a reader of 4.0 gets every member, whatever it would rather leave out', async () => {
    const body = { ID: 7 };
    assert.equal((await kith.request('/v1.0/Loans', { method: 'POST', body })).status, 201);
    const prefer = { Prefer: 'omit-values=nulls' };
    const whole = await get('/Loans(7)', { ...prefer, 'OData-MaxVersion': '4.0' });
    assert.equal(whole.json.Reader, null);
    assert.equal(whole.headers['preference-applied'], undefined);
    const less = await get('/Loans(7)', prefer);
    assert.ok(!('Reader' in less.json));
    assert.equal(less.headers['preference-applied'], 'omit-values=nulls');
  });

  test('the server makes what it has to make, and queries see it', async () => {
    const body = { ID: 1, Begun: '1999-01-01T00:00:00Z', Renewals: 12, Shelf: 'Locked' };
    const { status, json } = await kith.request('/v1.0/Loans', { method: 'POST', body });
    assert.equal(status, 201);
    assert.match(json.Begun, /^2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    assert.notEqual(json.Begun, body.Begun);
    assert.deepEqual([json.Renewals, json.Shelf, json.Closed], [0, 'Locked', null]);
    assert.match(json.Due, /^2\d{3}-\d\d-\d\d$/);
    const changed = await kith.request('/v1.0/Loans(1)', {
      method: 'PATCH',
      body: { Begun: '1999-01-01T00:00:00Z', Reader: 'Ash' },
    });
    assert.equal(changed.json.Begun, json.Begun);
    const filter = encodeURIComponent('year(Begun) ge 2020 and Renewals eq 0 and ID eq 1');
    const found = await get(`/Loans?$filter=${filter}&$orderby=Begun%20desc`);
    assert.equal(found.json.value.length, 1, found.text);
  });

  test('a key that is left to the server may be given, and is made where it is not', async () => {
    const made: unknown[] = [];
    for (const body of ['{}', '{"Number":40}', '{}', '{"Number":40}']) {
      const { status, json } = await kith.request('/v1.0/Tickets', { method: 'POST', body });
      made.push(status === 201 ? json.Number : status);
    }
    assert.deepEqual(made, [1, 40, 41, 409]);
  });

  test('a batch in JSON is of 4.01, and answered to whoever takes that', async () => {
    const body = { requests: [{ id: '1', method: 'GET', url: 'Loans' }] };
    const send = (max?: string) =>
      kith.request('/v1.0/$batch', {
        ...{ method: 'POST', body },
        headers: max === undefined ? {} : { 'OData-MaxVersion': max },
      });
    for (const max of [undefined, '4.01']) assert.equal((await send(max)).status, 200);
    const refused = await send('4.0');
    assert.equal(refused.status, 415);
    assert.match(refused.json.error.message, /multipart/);
  });
});
