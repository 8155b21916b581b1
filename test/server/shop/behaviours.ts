import { setTimeout as sleep } from 'node:timers/promises';
import type { Behaviours } from '#plan/behaviour.ts';
import type { Document, Value } from '#plan/document.ts';

/** What the operations of the shop do. */
export const operations: Behaviours = {
  'Shop.Cheapest': async ({ parameters, store }) => {
    const [first] = await store.list(
      `Products?$filter=Colour eq '${parameters.colour}'&$orderby=Price&$top=1`,
    );
    if (!first) throw { status: 404, code: 'NoneLeft', message: 'There is no such product.' };
    return first;
  },
  'Shop.Top': async ({ parameters, store }) => {
    const { count, category } = parameters;
    const all = category === undefined ? 'Products' : `Categories(${category})/Products`;
    return store.list(`${all}?$orderby=Price desc`, Number(count));
  },
  'Shop.Sum': ({ parameters }) =>
    (parameters.values as number[]).reduce((sum, each) => sum + each, 0),
  'Shop.Move': ({ parameters }) => {
    const address = parameters.address as Document;
    return { ...address, City: parameters.city ?? null };
  },
  'Shop.Now': ({ caller }) => `${typeof caller.tenant}`,
  'Shop.Silent': () => undefined,
  'Shop.Wrong': () => 'no number',
  'Shop.Discounted': ({ binding, parameters }) => {
    const { Price } = binding!.value as { Price: number };
    return (Price * (100 - Number(parameters.percent))) / 100;
  },
  'Shop.Kind': ({ binding }) => binding!.type,
  'Shop.MostExpensive': async ({ binding, store }) => {
    const { path, value } = binding!;
    const given = (value ?? []) as unknown as readonly { readonly Price: number }[];
    if (path === undefined) return given.toSorted((one, other) => other.Price - one.Price)[0];
    const [first] = await store.list(`${path}?$orderby=Price desc`, 1);
    return first;
  },
  'Shop.Length': ({ binding }) => String(binding!.value).length,
  'Shop.Raise': async ({ binding, parameters, store }) => {
    const products = await store.list(binding!.path!);
    for (const { ID, Price } of products) {
      await store.update(`Products(${ID})`, { Price: Number(Price) + Number(parameters.by) });
    }
    if (Number(parameters.by) > 1_000) throw { status: 409, message: 'That is too much.' };
    return products.length;
  },
  'Shop.Rename': async ({ binding, parameters, store }) => {
    const { name, tags, origin } = parameters;
    const change: Record<string, Value> = { Name: name! };
    if ((tags as Value[]).length > 0) change.Tags = tags!;
    if (origin) change.Origin = origin;
    return store.update(binding!.path!, change);
  },
  'Shop.Settle': async ({ parameters, store }) => {
    await sleep(Number(parameters.milliseconds));
    await store.create('Countries', { Code: String(parameters.code), Name: 'settled' });
  },
  'Shop.Note': ({ parameters }) => String(parameters.text).repeat(Number(parameters.copies ?? 1)),
  'Shop.Tidy': async ({ store }) => {
    await store.create('Countries', { Code: 'NO', Name: 'Norway' });
  },
};
