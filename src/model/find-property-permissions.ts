import { type PropertyRow, propertyRows } from './permissions/property-rows.ts';
import { type ReadingRule, readingRules } from './permissions/reading-rules.ts';

const ruleByType = new Map(readingRules.map((rule) => [rule.type, rule]));
const rowsByType = Map.groupBy(
  propertyRows.flatMap((row) => row.properties.map((name) => ({ name, row }))),
  ({ row }) => row.type,
);
const rowByName = new Map(
  [...rowsByType].map(([type, rows]) => [
    type,
    new Map<string, PropertyRow>(rows.map(({ name, row }) => [name, row])),
  ]),
);
const noRows: ReadonlyMap<string, PropertyRow> = new Map();

/** How much callers see of entities of a type; undefined where all who read it see all of it. */
export function findReadingRule(typeName: string): ReadingRule | undefined {
  return ruleByType.get(typeName);
}

/** The properties of a type that want permissions of their own, by name. */
export function findPropertyRows(typeName: string): ReadonlyMap<string, PropertyRow> {
  return rowByName.get(typeName) ?? noRows;
}
