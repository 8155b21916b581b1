import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Refusal } from '#errors.ts';
import { compileModel } from '#model/compile.ts';
import { bindAddress } from '#odata/bind-path.ts';
import { parseQuery } from '#odata/language/parse-query-options.ts';
import { parseResourcePath } from '#odata/language/parse-resource-path.ts';
import { readCsdl } from '#odata/metadata/read/read-csdl.ts';
import type { Addressed, Ending, Step } from '#plan/target.ts';

const { declarations, resources, service } = readCsdl(
  readFileSync(join(import.meta.dirname, 'shop/shop.csdl.xml'), 'utf8'),
);
const model = compileModel(declarations, resources, 'store', service);
const serviceRoot = 'https://localhost/v1.0';

function bind(url: string): Addressed {
  const [path = '', query] = url.split('?');
  const options = () => (query === undefined ? undefined : parseQuery(query));
  return bindAddress(model, parseResourcePath(path), { options, serviceRoot });
}

/** A bound path in one line: steps and ending, keys as their kept text. */
function show(addressed: Addressed): string {
  if ('operation' in addressed) {
    const { operation, binding, parameters, rest } = addressed;
    const given = JSON.stringify(Object.fromEntries(parameters));
    const before = binding ? `${show(binding)} ` : '';
    const behind = rest ? ` > ${rest.steps.map(showStep).join(' ')}${showEnding(rest.ending)}` : '';
    return `${before}${operation.name}${operation.kind === 'action' ? '' : given}${behind}`;
  }
  const { resource, steps, ending } = addressed;
  return [resource.name, ...steps.map(showStep)].join(' ') + showEnding(ending);
}

function showStep(step: Step): string {
  if (step.kind === 'key') {
    const written = `[${step.alternate ? `${names(step.alternate)}=` : ''}${step.value}]`;
    return step.filtered ? `${written} where` : written;
  }
  if (step.kind === 'navigation') return `/${step.navigation.name}`;
  if (step.kind === 'property') return `.${step.property.name}`;
  return step.kind === 'cast' ? `as ${step.type.name}` : 'where';
}

function names(values: readonly { readonly name: string }[]): string {
  return values.map(({ name }) => name).join('+');
}

function showEnding(ending: Ending): string {
  if (ending.kind === 'entities') return '';
  if (ending.kind !== 'property') return ` ${ending.kind}`;
  const { path, casts = [], isRaw, isCount } = ending;
  const cast = casts.map(({ behind, type }) => ` ${behind}:${type.name}`).join('');
  return `.${path.map(({ name }) => name).join('.')}${cast}${isRaw ? ' raw' : ''}${isCount ? ' count' : ''}`;
}

const bound: readonly (readonly [url: string, meaning: string])[] = [
  ['Products', 'Products'],
  ['Products(1)', 'Products [1]'],
  ['Products(ID=1)', 'Products [1]'],
  ['Products/1', 'Products [1]'],
  ['Products(%2B1)', 'Products [1]'],
  ['Products(@p)?@p=1', 'Products [1]'],
  ['Products(ID=@p)?@p=@q&@q=7', 'Products [7]'],
  ['OrderDetails(OrderID=1,ProductID=2)', 'OrderDetails [1,2]'],
  ['OrderDetails(ProductID=2,OrderID=1)', 'OrderDetails [1,2]'],
  ['OrderDetails/1/2/Order', 'OrderDetails [1,2] /Order'],
  ['Orders(1)/Details(2)', 'Orders [1] /Details [1,2]'],
  ['Orders(1)/Details(ProductID=2)', 'Orders [1] /Details [1,2]'],
  ['Orders(1)/Details(OrderID=1,ProductID=2)', 'Orders [1] /Details [1,2]'],
  ['Orders/1/Details/2', 'Orders [1] /Details [1,2]'],
  ['Orders(1)/Notes(3)/Text', 'Orders [1] /Notes [3].Text'],
  ["Shades('Green')", 'Shades [Green]'],
  ["Shades(Shop.Colour'Green')", 'Shades [Green]'],
  ['Shades/Green', 'Shades [Green]'],
  ["Shades('1')", 'Shades [Green]'],
  ['Holidays(2026-12-25)', 'Holidays [2026-12-25]'],
  ['Holidays/2026-12-25', 'Holidays [2026-12-25]'],
  ["Spans(duration'PT1H')", 'Spans [PT1H]'],
  ["Spans('PT1H')", 'Spans [PT1H]'],
  ['Spans/PT1H', 'Spans [PT1H]'],
  [
    'Tickets(0F8FAD5B-D9CB-469F-A165-70867728950E)',
    'Tickets [0f8fad5b-d9cb-469f-a165-70867728950e]',
  ],
  [
    'Tickets/0F8FAD5B-D9CB-469F-A165-70867728950E',
    'Tickets [0f8fad5b-d9cb-469f-a165-70867728950e]',
  ],
  ["Members('O''Neil%2Fx')", "Members [O'Neil/x]"],
  ["Members('O%27%27Neil')", "Members [O'Neil]"],
  ["Members/O'Neil%2Fx", "Members [O'Neil/x]"],
  ["Members(Email='a@b')", 'Members [Email=a@b]'],
  ["Members(Last='b',First='a')", 'Members [First+Last=a,b]'],
  ['Products/Shop.Book', 'Products as Shop.Book'],
  ['Products/Shop.Book(3)', 'Products as Shop.Book [3]'],
  ['Products(3)/Shop.Book/Pages', 'Products [3] as Shop.Book.Pages'],
  ['Products(3)/Self.Book', 'Products [3] as Shop.Book'],
  ['Categories(1)/Products/Shop.Book/$count', 'Categories [1] /Products as Shop.Book count'],
  ['Products(1)/Category/Products(2)/Name/$value', 'Products [1] /Category /Products [2].Name raw'],
  ['Products(1)/Origin/City', 'Products [1].Origin.City'],
  ['Products(1)/Origin/Shop.FlatAddress/Floor', 'Products [1].Origin.Floor 1:Shop.FlatAddress'],
  ['Products(1)/Origin/Shop.FlatAddress', 'Products [1].Origin 1:Shop.FlatAddress'],
  ['Products(1)/Origin/Country/Name', 'Products [1] .Origin /Country.Name'],
  ['Products(1)/Origin/Codes/$count', 'Products [1].Origin.Codes count'],
  ['Products(1)/Tags/$count', 'Products [1].Tags count'],
  ['Products(1)/Season', 'Products [1].Season'],
  ['Products(1)/Origin/Planet/$value', 'Products [1].Origin.Planet raw'],
  ['Products(1)/Picture', 'Products [1] media'],
  ['Products(1)/Picture/$value', 'Products [1] media'],
  ['Products(1)/$ref', 'Products [1] references'],
  ['Categories(1)/Products/$ref', 'Categories [1] /Products references'],
  ['Categories(1)/Products(2)/$ref', 'Categories [1] /Products [2] references'],
  ['Products/$filter(Price gt 5)', 'Products where'],
  ['Products/$filter(Price%20gt%205)/$filter(true)/$count', 'Products where where count'],
  ['Products/$filter(Price gt @p)(2)/Name?@p=5', 'Products [2] where.Name'],
  ['Products/$filter(true)/Shop.Book/3', 'Products as Shop.Book [3] where'],
  ['Products/$filter(true)/$each', 'Products where each'],
  ['Favourite/Name', 'Favourite.Name'],
  ['$entity?$id=Products(1)', 'Products [1]'],
  ['$entity/Shop.Book?$id=https://localhost/v1.0/Products(3)', 'Products [3] as Shop.Book'],
  ["Cheapest(colour='Red')", 'Shop.Cheapest{"colour":"Red"}'],
  ["Cheapest(colour=Shop.Colour'Red')", 'Shop.Cheapest{"colour":"Red"}'],
  ["Cheapest(colour=@c)?@c='Red'", 'Shop.Cheapest{"colour":"Red"}'],
  ["Cheapest?colour='Red'", 'Shop.Cheapest{"colour":"Red"}'],
  ["Cheapest()?@colour='Red'", 'Shop.Cheapest{"colour":"Red"}'],
  ['Top(count=2)', 'Shop.Top{"count":2}'],
  ['Top(category=1,count=2)', 'Shop.Top{"count":2,"category":1}'],
  ['Top(count=2)(3)/Name', 'Shop.Top{"count":2} > [3].Name'],
  ['Top(count=2)/$count', 'Shop.Top{"count":2} >  count'],
  ['Top(count=2)/Shop.Book', 'Shop.Top{"count":2} > as Shop.Book'],
  ['Sum(values=[1,2])', 'Shop.Sum{"values":[1,2]}'],
  ['Sum(values=@v)?@v=[1,2]', 'Shop.Sum{"values":[1,2]}'],
  [
    'Move(address=@a,city=null)/Street?@a={"Street":"x","Codes":[1]}',
    'Shop.Move{"address":{"Street":"x","Codes":[1]},"city":null} > .Street',
  ],
  ['Now', 'Shop.Now{}'],
  ['Now()', 'Shop.Now{}'],
  ['Products(1)/Shop.Discounted(percent=10)', 'Products [1] Shop.Discounted{"percent":10}'],
  ['Products(1)/Discounted(percent=10)', 'Products [1] Shop.Discounted{"percent":10}'],
  ['Products(1)/Name/Shop.Length', 'Products [1].Name Shop.Length{}'],
  ['Products/MostExpensive/Category', 'Products Shop.MostExpensive{} > /Category'],
  ['Products/Shop.MostExpensive()/Kind', 'Products Shop.MostExpensive{} Shop.Kind{}'],
  ['Categories(1)/Products/MostExpensive', 'Categories [1] /Products Shop.MostExpensive{}'],
  ['Products(3)/Shop.Rename', 'Products [3] Shop.Rename'],
  ['Tidy', 'Shop.Tidy'],
];

const refused: readonly (readonly [url: string, status: number])[] = [
  ['Nothing', 404],
  ['Products(1)/ID/More', 404],
  ['Categories(1)/Nothing', 404],
  ['Categories(1)/Name/$count', 404],
  ['Categories(1)/$count', 404],
  ['Categories/$value', 404],
  ['Products(1)/Origin/$value', 400],
  ['Favourite(1)', 404],
  ['Products(1)(2)', 404],
  ['Products/abc', 404],
  ['OrderDetails/1', 404],
  ['Products/1.5', 404],
  ["Products('1')", 404],
  ['Products(1.5)', 400],
  ['Products(99999999999)', 400],
  ['Products(null)', 400],
  ['Products()', 400],
  ['Products(@p)', 400],
  ['Products(@p)?@p=@p', 400],
  ['Products(Name=1)', 400],
  ['OrderDetails(1)', 400],
  ['OrderDetails(OrderID=1)', 400],
  ['OrderDetails(OrderID=1,OrderID=2)', 400],
  ['OrderDetails(OrderID=1,ProductID=2,More=3)', 400],
  ["Members(First='a')", 400],
  ["Shades('Blue')", 404],
  ['Shades/Blue', 404],
  ['Products/Shop.Order', 404],
  ['Products/$filter(Nothing eq 1)/$filter(', 400],
  ['Products(1)/$filter(true)', 404],
  ['Products(1)/Tags/0', 501],
  ['$all/Shop.Nothing', 404],
  ['$all/Shop.Address', 404],
  ['$crossjoin(Products,Nothing)', 404],
  ['$crossjoin(Products,Products)', 400],
  ['$entity', 400],
  ['$entity?$id=Products', 400],
  ['$entity?$id=https://elsewhere/Products(1)', 404],
  ["Cheapest(colour='Blue')", 400],
  ['Cheapest(colour=@c)?@c=Red', 400],
  ['Cheapest?colour=Red', 400],
  ['Cheapest(colour=@c)?@c=$root/Products(1)/Name', 501],
  ['Cheapest', 400],
  ["Cheapest(colour='Red',more=1)", 400],
  ['Orders(1)/Discounted(percent=1)', 404],
  ['Products/Discounted(percent=1)', 404],
  ['Products(1)/Discounted(percent=@a)?@a=@b&@b=@a', 400],
  ["Cheapest(colour='Red')/Name", 404],
];

describe('a path is bound to the model', () => {
  for (const [url, meaning] of bound) {
    test(`${url} means ${meaning}`, () => {
      assert.equal(show(bind(url)), meaning);
    });
  }
  for (const [url, status] of refused) {
    test(`${url} is refused with ${status}`, () => {
      assert.throws(
        () => bind(url),
        (error: Error) => {
          assert.ok(error instanceof Refusal, String(error.stack));
          assert.equal(error.status, status, error.message);
          return true;
        },
      );
    });
  }
});
