import { Refusal } from '#errors.ts';
import type { Fidelity } from '#plan/request.ts';
import type { BatchUnit } from './batch-item.ts';
import { checkSequence, invalidDependency } from './check-sequence.ts';
import { decodeJsonItem, invalidPayload, type JsonItem } from './decode-json-item.ts';
import { referredId } from './resolve-references.ts';

/** Requests in one batch: Graph's limit, and that of the OData service. */
const ITEMS_MAX: Readonly<Record<Fidelity, number>> = { pages: 20, graph: 20, odata: 1000 };

/**
 * The units of a JSON batch, from the value in its body. Refuses with 400, as Graph does, what is
 * not of that shape, too many requests, equal ids, and dependencies on what does not come before.
 */
export function parseJsonBatch(value: unknown, fidelity: Fidelity): BatchUnit[] {
  const { requests } = (value ?? {}) as { requests?: unknown };
  if (!Array.isArray(requests)) {
    throw invalidPayload('requests', "Send a JSON object with an array 'requests'.");
  }
  checkNumber(requests.length, fidelity);
  const items = requests.map((each, place) => decodeJsonItem(each, place, fidelity));
  checkIds(items);
  if (fidelity !== 'odata') checkSequence(items);
  return groupItems(items);
}

function checkNumber(number: number, fidelity: Fidelity): void {
  const most = ITEMS_MAX[fidelity];
  if (number > most) {
    const why = `A batch has at most ${most} requests; this one has ${number}.`;
    const details = [{ code: 'BadRequest', message: why, target: 'requests' }];
    const message = 'Number of requests inside batch exceeds the limit.';
    throw new Refusal('malformedRequest', message, { target: 'requests', details });
  }
  // To Graph an empty batch is malformed, to OData it is an empty one.
  if (number === 0 && fidelity !== 'odata') {
    throw invalidPayload('requests', 'A batch has at least one request.');
  }
}

/** Ids are not case-sensitive in Graph, and no group may be called like a request. */
function checkIds(items: readonly JsonItem[]): void {
  const seen = new Set<string>();
  for (const { id } of items) {
    const folded = id.toLowerCase();
    if (seen.has(folded)) {
      const message = `Request Id ${id} has to be unique in a batch.`;
      throw new Refusal('malformedRequest', message, { target: 'id' });
    }
    seen.add(folded);
  }
  const same = items.find(({ group }) => group !== undefined && seen.has(group.toLowerCase()));
  if (!same) return;
  throw invalidPayload('atomicityGroup', `'${same.group}' is the id of a request, too.`);
}

/** Gathers what stands together and resolves dependencies to the places of earlier units. */
function groupItems(items: readonly JsonItem[]): BatchUnit[] {
  const units: { items: JsonItem[]; group: string | undefined; dependsOn: number[] }[] = [];
  const places = new Map<string, number>();
  for (const item of items) {
    const { group } = item;
    const last = units.at(-1);
    const joins = group !== undefined && last?.group === group;
    if (!joins && group !== undefined && places.has(group.toLowerCase())) {
      const why = `The requests of the group '${group}' stand side by side.`;
      throw invalidPayload('atomicityGroup', why);
    }
    const unit = joins ? last : { items: [], group, dependsOn: [] };
    const place = joins ? units.length - 1 : units.push(unit) - 1;
    const dependsOn = findDependencies(item, places).filter((each) => each !== place);
    unit.dependsOn = [...new Set([...unit.dependsOn, ...dependsOn])];
    unit.items.push(item);
    places.set(item.id.toLowerCase(), place);
    if (!joins && group !== undefined) places.set(group.toLowerCase(), place);
  }
  return units;
}

/** What `dependsOn` names, and what the URL refers to, which is a dependency as well. */
function findDependencies(
  { id, url, dependsOn, group }: JsonItem,
  places: ReadonlyMap<string, number>,
): number[] {
  const named = dependsOn.map((name) => {
    const place = name === group ? undefined : places.get(name.toLowerCase());
    if (place !== undefined) return place;
    throw invalidDependency(id, name);
  });
  const referred = referredId(url);
  const place = referred === undefined ? undefined : places.get(referred);
  return place === undefined ? named : [...named, place];
}
