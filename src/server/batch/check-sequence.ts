import { Refusal } from '#errors.ts';
import type { JsonItem } from './decode-json-item.ts';

/**
 * Graph runs a batch in which no request depends on another, each depends on the one before it, or
 * all depend on the same one, as its SDKs build them; others are refused with 400. What uses
 * atomicity groups, which Graph does not know, may depend as it likes.
 */
export function checkSequence(items: readonly JsonItem[]): void {
  if (items.some(({ group }) => group !== undefined)) return;
  const [first, ...others] = items;
  if (items.every(({ dependsOn }) => dependsOn.length === 0)) return;
  const isNamed = (name: string, item: JsonItem | undefined) =>
    item?.id.toLowerCase() === name.toLowerCase();
  const dependsOnly = (item: JsonItem, on: JsonItem | undefined) =>
    item.dependsOn.length > 0 && item.dependsOn.every((name) => isNamed(name, on));
  const comesBefore = (name: string, item: JsonItem) =>
    items.slice(0, items.indexOf(item)).some((earlier) => isNamed(name, earlier));
  for (const item of items) {
    const unknown = item.dependsOn.find((name) => !comesBefore(name, item));
    if (unknown !== undefined) throw invalidDependency(item.id, unknown);
  }
  const isSerial = others.every((item, place) => dependsOnly(item, items[place]));
  const isSame = others.every((item) => dependsOnly(item, first));
  if (isSerial || isSame) return;
  const message = 'Batch should be either fully sequential or fully parallel.';
  throw new Refusal('malformedRequest', message, { target: 'dependsOn' });
}

/** Graph's refusal of a dependency on a request that does not come before. */
export function invalidDependency(id: string, name: string): Refusal {
  const message = `Invalid dependency for request Id ${id}: '${name}' does not come before it.`;
  return new Refusal('malformedRequest', message, { target: 'dependsOn' });
}
