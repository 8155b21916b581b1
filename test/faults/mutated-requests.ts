/** Requests that are nearly right: valid ones, with one to three pieces of them changed. */
import fc from 'fast-check';
import type { MalformedRequest } from './malformed-requests.ts';

/** What a service answers, as far as it has something to mutate. */
export interface ValidRequests {
  readonly urls: readonly string[];
  readonly bodies: readonly unknown[];
}

/** Kith's own model. */
export const ownRequests: ValidRequests = {
  urls: [
    "/v1.0/users?$filter=startswith(displayName,'M') and accountEnabled eq true&$top=5",
    '/v1.0/users?$select=id,displayName&$expand=manager($select=displayName)&$count=true',
    "/localtest/users('neil@fernhollow.example')/manager/directReports/$count",
    "/v1.0/users(@p)/displayName/$value?@p='neil@fernhollow.example'",
    '/beta/me/profile/skills?$orderby=displayName desc&$skip=1',
    "/v1.0/groups?$filter=groupTypes/any(c:c eq 'Unified')&$orderby=displayName",
    '/v1.0/users/$filter(accountEnabled eq true)/$count',
    '/v1.0/users/microsoft.graph.user/neil@fernhollow.example/photos/48x48/$value',
    "/v1.0/$entity?$id=users('neil@fernhollow.example')&$select=id",
    '/v1.0/users?$search="displayName:Mira" OR "mail:m"&$compute=length(displayName) as n',
    '/v1.0/directoryObjects/microsoft.graph.user?$top=1',
    "/beta/me/joinedGroups?$filter=id in ('a','b')&$levels=2",
  ],
  bodies: [
    { displayName: 'x', mailboxSettings: { timeZone: 'UTC', automaticRepliesSetting: null } },
    {
      '@odata.type': '#microsoft.graph.user',
      businessPhones: ['1'],
      birthday: '2000-01-01T00:00:00Z',
    },
    { 'manager@odata.bind': "users('neil@fernhollow.example')", skills: [] },
    { '@odata.id': "users('neil@fernhollow.example')" },
  ],
};

/** The shop of test/server/shop. */
export const shopRequests: ValidRequests = {
  urls: [
    '/v1.0/Products(1)/Origin/Shop.FlatAddress/Floor/$value',
    "/v1.0/Products?$filter=Price gt 2.5 and Origin/City eq 'Oslo' or Tags/any(t:t eq 'x')",
    '/v1.0/OrderDetails(OrderID=1,ProductID=2)/Order/Details(1)',
    '/v1.0/Orders(1)/Notes(1)/Text',
    '/v1.0/Categories?$expand=Products($filter=Price lt 9;$select=Name;$levels=2)&$top=2',
    '/v1.0/Products/$filter(Price gt @p)(2)/Category/Products/$ref?@p=5',
    "/v1.0/Members(First='Ann',Last='O''Neil')/Email",
    "/v1.0/Shades(Shop.Colour'Green')",
    "/v1.0/Spans(duration'PT1H')",
    '/v1.0/Holidays(2026-12-25)',
    '/v1.0/Tickets(0f8fad5b-d9cb-469f-a165-70867728950e)/Code/$value',
    "/v1.0/Cheapest(colour=@c)?@c='Red'&$select=Name",
    '/v1.0/Top(count=2,category=1)/$count',
    '/v1.0/Move(address=@a,city=null)/Street?@a={"Street":"x","Codes":[1,2]}',
    '/v1.0/Sum(values=[1,2,3])',
    '/v1.0/Products/MostExpensive()/Category/Products(2)/Shop.Rename',
    '/v1.0/Products(3)/Shop.Book/Discounted(percent=10)',
    '/v1.0/Products(1)/Name/Shop.Length',
    '/v1.0/Products/Raise',
    '/v1.0/Products(1)/Picture',
    '/v1.0/Favourite/Origin/Country/$ref',
    '/v1.0/$entity/Shop.Book?$id=Products(3)&$expand=Category',
    '/v1.0/$crossjoin(Products,Orders)?$filter=Products/ID eq Orders/ID',
    '/v1.0/$all?$search=red',
    '/v1.0/Products/$query',
    '/v1.0/Products?$compute=Price mul 2 as Twice&$orderby=Twice desc&$skip=1&$count=true',
    "/v1.0/Products?$filter=isof(Shop.Book) and cast(ID,Edm.String) eq '1' and year(now()) gt 0",
    '/v1.0/$metadata?$format=json',
  ],
  bodies: [
    {
      ID: 50,
      Name: 'x',
      Price: 1.25,
      Tags: ['a'],
      Colour: 'Red',
      Origin: { City: 'c', Codes: [1] },
    },
    {
      '@odata.type': '#Shop.Book',
      ID: 51,
      Pages: 3,
      'Category@odata.bind': 'Categories(1)',
      Tags: [],
    },
    { OrderID: 1, ProductID: 7, Quantity: 3, 'Order@odata.bind': 'Orders(1)' },
    { ID: 60, Notes: [{ Line: 1, Text: 'x' }], Details: [{ OrderID: 60, ProductID: 1 }] },
    { '@odata.id': 'Products(1)' },
    {
      '@context': '#$delta',
      value: [
        { ID: 1, Name: 'y' },
        { '@removed': {}, '@id': 'Products(2)' },
      ],
    },
    { name: 'x', tags: ['y'], origin: { '@odata.type': '#Shop.FlatAddress', Floor: 1, Codes: [] } },
    { by: 1.5 },
    { value: 'x' },
    { Code: '0f8fad5b-d9cb-469f-a165-70867728950e' },
  ],
};

const strange = [
  ...[
    '(',
    ')',
    "'",
    '"',
    '/',
    '?',
    '&',
    '=',
    ',',
    ';',
    ':',
    '$',
    '@',
    '[',
    ']',
    '{',
    '}',
    '.',
    '*',
  ],
  ...[
    'null',
    'true',
    '-1',
    '1e400',
    '99999999999999999999',
    '0.1',
    '%00',
    '%',
    '%27',
    '%2F',
    '%ff',
  ],
  ...[
    '$it',
    '$this',
    '$root/x',
    '@a',
    '@p',
    'any(x:x)',
    'eq',
    'in',
    'not ',
    ' ',
    '%20',
    'NaN',
    '-INF',
  ],
  ...[
    '$filter(true)',
    '$each',
    '$ref',
    '$value',
    '$count',
    '$query',
    '$all',
    'Shop.Book',
    'Edm.String',
  ],
  ...['__proto__', 'constructor', 'ID', 'Name', 'id', 'é', '\u{1f600}', '2026-02-30', 'P1Y', "''"],
  ...["geography'SRID=0;Point(1 1)'", "binary'x'", 'x'.repeat(300), '('.repeat(120), '/$filter('],
];
const pieces = /[\w.%-]+|[^\w.%-]/g;

type Mutation = (parts: string[], at: number, piece: string) => void;
const mutations: readonly Mutation[] = [
  (parts, at) => parts.splice(at, 1),
  (parts, at) => parts.splice(at, 0, parts[at] ?? ''),
  (parts, at, piece) => parts.splice(at, 1, piece),
  (parts, at, piece) => parts.splice(at, 0, piece),
  (parts, at) => parts.splice(at),
  (parts, at) => parts.splice(at, 2, parts[at + 1] ?? '', parts[at] ?? ''),
];

const mutation = fc.tuple(fc.constantFrom(...mutations), fc.nat(), fc.constantFrom(...strange));

/** The text with each mutation made in turn, behind its first `kept` pieces. */
function mutate(
  text: string,
  changes: readonly [Mutation, number, string][],
  kept: number,
): string {
  const parts = text.match(pieces) ?? [];
  for (const [change, at, piece] of changes) {
    if (parts.length > kept) change(parts, kept + (at % (parts.length - kept)), piece);
  }
  return parts.join('');
}

/** What of a URL Node does not send as it is. */
function encode(url: string): string {
  return url.toWellFormed().replaceAll(/[^\x21-\x7e]|#/gu, encodeURIComponent);
}

/** Nearly right requests, with every method, the same ones each time for a seed. */
export function makeMutated(
  { urls, bodies }: ValidRequests,
  count: number,
  seed: number,
): MalformedRequest[] {
  const changes = fc.array(mutation, { minLength: 0, maxLength: 3 });
  // The root stays: below another there is nothing to find.
  const url = fc.tuple(fc.constantFrom(...urls), changes);
  const body = fc.tuple(fc.constantFrom(...bodies.map((each) => JSON.stringify(each))), changes);
  const method = fc.constantFrom('GET', 'GET', 'GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS');
  const type = fc.constantFrom(
    'application/json',
    'application/json',
    'application/json',
    'text/plain',
  );
  const request = fc.tuple(url, body, method, type).map(([path, content, verb, media]) => {
    const written = encode(mutate(path[0], path[1], 4));
    if (verb === 'GET' || verb === 'OPTIONS') return { path: written, options: { method: verb } };
    // Bytes come back as they went in: what is no JSON is not to be called so.
    const isMedia = written.includes('Picture') || written.includes('$value');
    const headers = { 'Content-Type': isMedia ? 'image/png' : media };
    const sent = mutate(content[0], content[1], 0);
    return { path: written, options: { method: verb, headers, body: sent } };
  });
  return fc.sample(request, { numRuns: count, seed });
}
