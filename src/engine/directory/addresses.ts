import { hash } from 'node:crypto';
import type { EntityType } from '#model/model.ts';
import { foldText } from '#plan/compare.ts';
import type { Value } from '#plan/document.ts';
import type { Expression } from '#plan/expression.ts';
import { type CollectionQuery, nothingAsked } from '#plan/query.ts';
import type { FoundEntity, Reader } from '#plan/store.ts';
import type { SettleContext } from '../type-rules.ts';
import { invalidValue, sameValue } from './refuse-values.ts';

const ADDRESS = /^[^\s@]{1,64}@[^\s@]{1,255}$/;

/** Refuses what is no mail address. */
export function checkMail(resource: string, value: Value | undefined): void {
  if (value === null || (typeof value === 'string' && ADDRESS.test(value))) return;
  throw invalidValue(resource, 'mail', 'A mail address has the form alias@domain.');
}

/**
 * The addresses of somebody whose mail is now this one: it is the primary one, and the one before
 * stays as another.
 */
export function followMail(mail: Value | undefined, addresses: Value | undefined): string[] {
  const before = Array.isArray(addresses) ? (addresses as string[]) : [];
  if (typeof mail !== 'string' || mail === '')
    return before.filter((each) => !each.startsWith('SMTP:'));
  const isIt = (each: string) => each.toLowerCase() === `smtp:${mail.toLowerCase()}`;
  const others = before.filter((each) => !isIt(each));
  return [`SMTP:${mail}`, ...others.map((each) => each.replace(/^SMTP:/, 'smtp:'))];
}

/** Refuses addresses that another user or group has, as its mail or as one of several. */
export async function checkAddressesFree(
  addresses: readonly string[],
  { reader, owner, model }: SettleContext,
): Promise<void> {
  for (const address of addresses) {
    const mail = address.replace(/^smtp:/i, '');
    await reader.takeTurn(turnOf(mail));
    for (const set of ['users', 'groups']) {
      const { type } = model.resources.get(set)!;
      const found =
        (await reader.find(set, 'mail', mail, 'nothing')) ??
        (await findByAddress(reader, { set, type }, address));
      if (found && found.owner !== owner) throw sameValue('proxyAddresses', address);
    }
  }
}

/** Addresses take turns in so many rows, so that few wait for another. */
const TURNS = 256;

/** Which turn an address takes: two that are the same take the same one. */
function turnOf(mail: string): string {
  const first = hash('sha256', foldText(mail), 'buffer')[0]!;
  return `address ${first % TURNS}`;
}

async function findByAddress(
  reader: Reader,
  { set, type }: { readonly set: string; readonly type: EntityType },
  address: string,
): Promise<Pick<FoundEntity, 'owner'> | undefined> {
  const query: CollectionQuery = {
    ...nothingAsked,
    pageSize: 1,
    filter: hasAddress(type, address),
  };
  const page = await reader.query({ kind: 'set', set, type }, query, 'nothing');
  return page.members[0];
}

/** Strings compare without regard to case: `SMTP:` and `smtp:` are the same here. */
function hasAddress(type: EntityType, value: string): Expression {
  const property = type.properties.get('proxyAddresses')!;
  const result = { type: property.type, collection: false };
  return {
    kind: 'any',
    collection: {
      kind: 'path',
      result: { type: property.type, collection: true },
      variable: '$it',
      steps: [{ kind: 'property', property }],
    },
    variable: 'address',
    predicate: {
      kind: 'comparison',
      operator: 'eq',
      left: { kind: 'path', result, variable: 'address', steps: [] },
      right: { kind: 'literal', result, value },
    },
  };
}

/** The primary addresses and the others that are not among those before. */
export function newAddresses(now: Value | undefined, before: Value | undefined): string[] {
  const known = new Set(texts(before).map((each) => each.toLowerCase()));
  return texts(now).filter((each) => !known.has(each.toLowerCase()) && /^smtp:/i.test(each));
}

function texts(value: Value | undefined): string[] {
  return Array.isArray(value)
    ? value.filter((each): each is string => typeof each === 'string')
    : [];
}
