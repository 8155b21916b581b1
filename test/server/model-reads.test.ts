import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { RunningKith } from '../running-kith.ts';
import { type modelFiles, startModel } from './foreign-models.ts';

/** A path, the status of its answer, and what the answer holds. */
type Row = readonly [path: string, status: number, holds?: string | object];

/** A corner of a country, as a literal. */
const field = "geography'SRID=4326;Polygon((-71 -25,-70 -25,-70 -24,-71 -25))'";
const ines = '6a1f0c1e-51a2-4d3c-9a55-0f7a5b1c2d01';

const rows: Readonly<Record<keyof typeof modelFiles, readonly Row[]>> = {
  observatory: [
    // Keys of every kind, singletons, sets of one type.
    ["Countries('CL')", 200, { Code: 'CL', Name: 'Chile' }],
    ["Countries(Name='Spain')", 200, { Code: 'ES' }],
    ['Countries/CL', 200, { Name: 'Chile' }],
    ['Ruins', 200, { value: [{ Code: 'XX', Name: 'Atlantis' }] }],
    ["Ruins('CL')", 404],
    [`People(${ines})`, 200, { Name: 'Ines Vidal' }],
    [`People(${ines.toUpperCase()})`, 200, { Name: 'Ines Vidal' }],
    ["Plates(Series='A,1',Number=17)", 200, { Exposure: 'PT45M', Notes: { box: 4 } }],
    ["Plates(Number=17,Series='A,1')/Series", 200, { value: 'A,1' }],
    ['Plates(17)', 400],
    // A text may stand for a value of any type, and then names nobody; what is no text does not.
    ["People('Ines')", 404],
    ["People('6A1F0C1E-51a2-4d3c-9a55-0f7a5b1c2d01')/Name", 200, { value: 'Ines Vidal' }],
    ['People(17)', 400],
    ["People('Ines)", 400],
    ['Institute', 200, { Name: 'Institute of the Southern Sky' }],
    ['Institute/Site/Name/$value', 200, 'Valley Office'],
    ['Institute/Director', 200, { Name: 'Ines Vidal' }],
    ['Annex', 204],
    ['Annex/Name', 404],
    ['me', 404],
    ['users', 404],
    // Containment at any depth, under singletons and under derived types.
    ['Institute/Rooms(12)', 200, { Text: 'Library' }],
    ['Instruments(2)/Nights', 200, { value: [{ Sky: 'Clear' }, { Sky: 'Cloudy' }] }],
    ['Instruments(2)/Nights(2026-01-04)', 200, { Dusk: '20:45:10.500' }],
    [
      "Instruments(2)/Nights(2026-01-04)/Sightings(Object='M%2031%2FAndromeda',Hour=22)",
      200,
      { Brightness: 3.44, Raw: 'AAEC' },
    ],
    ['Instruments(2)/Nights(2026-01-09)/Sightings', 404],
    ['Instruments(2)/Sky.Telescope/Log/Pages(1)/Text', 200, { value: 'We opened the dome.' }],
    ['Instruments(1)/Sky.Telescope/Log', 204],
    ['Instruments(2)/Nights(2026-01-04)/Observer', 200, { Name: 'Tomas Reyes' }],
    ['Instruments(2)/Nights(2026-01-05)/Observer', 204],
    [
      'Instruments(2)/Nights?$compute=Observer/Name as By&$select=By',
      200,
      { value: [{ By: 'Tomas Reyes' }, { By: null }] },
    ],
    [
      'Instruments(2)?$compute=Nights/$count as Count,Owner/Name as Of&$select=Count,Of',
      200,
      { Count: 2, Of: 'Chile' },
    ],
    // Derived and open types.
    ['Instruments(3)', 200, { '@odata.type': '#Sky.Antenna', Dishes: 66 }],
    ['Instruments(2)', 200, { Mirror: 'thin', Segments: 1 }],
    ['Instruments(2)/Site', 200, { '@odata.type': '#Sky.DomedSite', DomeDiameter: 28.5 }],
    ['Instruments/Sky.Telescope?$select=ID', 200, { value: [{ ID: 1 }, { ID: 2 }] }],
    ['Instruments/Sky.Telescope(2)/Guide', 200, { ID: 1 }],
    ['Instruments(3)/Sky.Telescope', 404],
    ['Instruments?$filter=Segments eq 1&$select=ID', 200, { value: [{ ID: 2 }] }],
    ['Instruments?$filter=Sky.Telescope/Aperture gt 1&$select=ID', 200, { value: [{ ID: 2 }] }],
    ["Instruments?$filter=Bands has 'Infrared'&$select=ID", 200, { value: [{ ID: 2 }] }],
    // Relations from contained entities and complex values.
    [
      "Instruments?$filter=Nights/any(n:n/Observer/Name eq 'Tomas Reyes')&$select=ID",
      200,
      { value: [{ ID: 2 }] },
    ],
    ["Instruments?$filter=Site/Country/Name eq 'Chile'", 200, { value: [] }],
    ['Instruments(2)/Site/Country', 204],
    [
      'Instruments(2)?$expand=Owner,Nights($expand=Observer;$top=1)',
      200,
      { Owner: { Code: 'CL' }, Nights: [{ Observer: { Name: 'Tomas Reyes' } }] },
    ],
    // Places.
    [
      "Instruments?$filter=geo.distance(Site/Place,geography'SRID=4326;Point(-70 -25)') lt 70000",
      200,
      { value: [{ ID: 2 }] },
    ],
    [
      `Instruments?$filter=geo.intersects(Site/Place,${field})&$select=ID`,
      200,
      { value: [{ ID: 2 }] },
    ],
    ['Instruments?$filter=geo.length(Site/Place) gt 1', 400],
    // Complex values are compared, and other sets are asked from $root.
    ['Instruments?$filter=Site eq Site&$select=ID', 200, { value: [{ ID: 1 }, {}, {}] }],
    [
      'Instruments?$filter=Site ne null and Site ne {"Name":"High Ridge"}',
      501,
      { error: { target: '$filter' } },
    ],
    [
      "Instruments?$filter=Owner/Name eq $root/Countries('CL')/Name&$select=ID",
      200,
      { value: [{ ID: 2 }, { ID: 3 }] },
    ],
    ['Instruments?$filter=ID eq $root/Countries/$count&$select=ID', 200, { value: [{ ID: 2 }] }],
    [
      'Countries?$filter=$root/Instruments/any(i:i/OwnerCode eq Code and i/ID eq 1)',
      200,
      { value: [{ Code: 'ES' }] },
    ],
    [
      'People?$filter=Name eq $root/Institute/Director/Name',
      200,
      { value: [{ Name: 'Ines Vidal' }] },
    ],
    ["People?$filter=$root/Institute/Site/Name eq 'Valley Office'", 200, { value: [{}, {}] }],
    ["Countries?$filter=$root/Countries('XX')/Name eq null", 200, { value: [{}, {}] }],
    ['Countries?$filter=$root/Nothing/$count gt 1', 400, { error: { target: 'Nothing' } }],
    // The key is shown whatever is selected.
    [
      "Plates?$select=Exposure&$filter=Series eq 'B'",
      200,
      {
        value: [{ Series: 'B', Number: 9007199254740991, Exposure: 'PT10M' }],
      },
    ],
    // References have no members to choose.
    ['Countries/$ref?$select=Name', 400, { error: { target: '$select' } }],
    ["Countries('CL')/$ref?$select=Name", 400, { error: { target: '$select' } }],
    ['People/$ref?$expand=Teachers', 400, { error: { target: '$expand' } }],
    ['Countries/$ref?$top=1&$count=true', 200, { '@odata.count': 2, value: [{}] }],
    // $levels ends where a relation does not lead back.
    ['Instruments(2)?$expand=Owner($levels=3)', 200, { Owner: { Code: 'CL' } }],
    // Strings differ by their case.
    ["Instruments?$filter=contains(Name,'eye')", 200, { value: [] }],
    ["Instruments?$filter=Name eq 'finder' or startswith(Name,'grand')", 200, { value: [] }],
    ["Instruments?$filter=Nicknames/any(n:n in ('eye','big one'))", 200, { value: [] }],
    ["Instruments?$filter=tolower(Name) eq 'finder'&$select=ID", 200, { value: [{ ID: 1 }] }],
    // What the model's capabilities do not allow.
    [`People?$filter=ID eq ${ines}`, 400, { error: { target: 'ID' } }],
    ['People?$orderby=Name,ID', 400, { error: { target: 'ID' } }],
    ['People?$search=x', 400, { error: { target: '$search' } }],
    ['Plates?$top=1', 400, { error: { target: '$top' } }],
    ['Plates/$count', 400, { error: { target: '$count' } }],
    ['Plates?$count=true', 400, { error: { target: '$count' } }],
    ['Plates?$expand=Taken', 400, { error: { target: 'Taken' } }],
  ],
  bakery: [
    ['Goods(1)/Kind', 200, { Name: 'Bread' }],
    ['Goods(4)', 200, { KindID: 99 }],
    ['Goods(4)/Kind', 204],
    ['Goods(5)', 200, { Name: 'Nut slice', KindID: 2, IsSold: true }],
    ['Kinds(2)/Goods?$select=ID', 200, { value: [{ ID: 3 }, { ID: 5 }] }],
    ['Kinds?$filter=Goods/any(g:g/Price gt 4)', 200, { value: [{ ID: 1 }] }],
    ['Orders(10)', 200, { GuestID: 'ANNA' }],
    ['Orders(10)/Lines(OrderNumber=10,GoodID=2)', 200, { Count: 12 }],
    ['Lines(OrderNumber=10,GoodID=2)/Good/Name', 200, { value: 'Poppy roll' }],
    ["Guests('ANNA')/Orders?$count=true&$top=0", 200, { '@odata.count': 2 }],
    ["Guests('BO%2F1')", 200, { Name: 'Bo' }],
    ["Guests('ANNA')/Home/Floor", 200, { value: 3 }],
    ["Orders?$filter=Guest/Name eq 'Anna O''Hara'&$select=Number", 200, { value: [{}, {}] }],
    ['Orders?$filter=Lines/any(l:l/Good/Kind/ID eq 1)&$select=Number', 200, { value: [{}] }],
    ['Bakers?$filter=Chief/Name eq %27Ida%27', 200, { value: [{ Name: 'Max' }] }],
    ['Owner/Helpers', 200, { value: [{ Name: 'Ida' }] }],
    ['Goods?$orderby=Size', 400, { error: { target: 'Size' } }],
    ['Goods?$filter=IsSold', 400, { error: { target: 'IsSold' } }],
    ['Cheapest(count=2)', 501],
  ],
};

for (const name of Object.keys(rows) as (keyof typeof modelFiles)[]) {
  describe(`the ${name} that was given as a model`, () => {
    let kith: RunningKith;
    before(async () => {
      kith = await startModel(name);
    });
    after(() => kith.close());
    for (const [path, status, holds] of rows[name]) {
      test(`/${path} is ${status}`, async () => {
        const reply = await kith.request(`/v1.0/${path.replaceAll(' ', '%20')}`);
        assert.equal(reply.status, status, reply.text);
        if (typeof holds === 'string') assert.equal(reply.text, holds);
        else if (holds) assert.partialDeepStrictEqual(reply.json, holds);
      });
    }
  });
}
