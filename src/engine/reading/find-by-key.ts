import { isGuid } from '#ids.ts';
import type { EntityType, Property, StructuredType } from '#model/model.ts';
import { compareProperty } from '#plan/compare-property.ts';
import type { Expression } from '#plan/expression.ts';
import { type MaybePromise, proceed } from '#plan/maybe-promise.ts';
import { type CollectionQuery, nothingAsked, type Source } from '#plan/query.ts';
import type { FoundEntity, Reader, Wanted } from '#plan/store.ts';
import type { FilteredKey, KeyStep, KeyValue } from '#plan/target.ts';

/** Looks up one member of a collection by its key or by an alternate key. */
export function findByKey(
  reader: Reader,
  source: Source,
  step: KeyStep,
  wanted: Wanted,
): MaybePromise<FoundEntity | undefined> {
  const { alternate, filtered } = step;
  if (filtered) return findByValues(reader, source, filtered, wanted);
  if (alternate) return findByValues(reader, source, { values: alternate }, wanted);
  if (source.kind !== 'set') throw new Error('Only a set is looked into by key.');
  const { set } = source;
  const { value } = step;
  return proceed(reader.find(set, 'id', value, wanted), (found) => {
    // Guids are the same in any case, and are kept in lower case.
    if (found || !isGuid(value) || value === value.toLowerCase()) return found;
    return reader.find(set, 'id', value.toLowerCase(), wanted);
  });
}

/**
 * The first member whose properties have these values, and that meets the predicates; keys are
 * unique, so there is one at most.
 */
export async function findByValues(
  reader: Reader,
  source: Source,
  { values, predicates = [] }: Pick<FilteredKey, 'values'> & Partial<FilteredKey>,
  wanted: Wanted,
): Promise<FoundEntity | undefined> {
  const equal = whereEqual(source.type, values);
  const filter: Expression =
    predicates.length === 0 ? equal : { kind: 'and', operands: [...predicates, equal] };
  const page = await reader.query(source, { ...oneMember, filter }, wanted);
  const [member] = page.members;
  return member && { ...member, id: member.key };
}

/** The filter that all of these properties have these values. */
export function whereEqual(type: EntityType, values: readonly KeyValue[]): Expression {
  const operands = values.map(({ path, value }) => {
    return compareProperty(follow(type, path), 'eq', value as string | number | boolean);
  });
  return operands.length === 1 ? operands[0]! : { kind: 'and', operands };
}

function follow(type: EntityType, path: readonly string[]): Property[] {
  let owner: StructuredType | undefined = type;
  return path.map((name) => {
    const property: Property | undefined = owner?.properties.get(name);
    if (!property) throw new Error(`${type.name} has no ${path.join('/')}.`);
    owner = property.type.kind === 'complex' ? property.type : undefined;
    return property;
  });
}

/** A query for the first member of a collection. */
export const oneMember: CollectionQuery = { ...nothingAsked, pageSize: 1 };
