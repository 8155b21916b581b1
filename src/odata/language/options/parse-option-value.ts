import type { Cursor } from '../cursor.ts';
import { parseCount } from '../literals/scan-number.ts';
import type { SystemOptionName } from '../system-options.ts';
import { parseExpandItems } from './parse-expand.ts';
import { parseComputeItems, parseOrderByItems } from './parse-items.ts';
import {
  parseBoolean,
  parseDeltaToken,
  parseFormat,
  parseIndex,
  parseLevels,
  parseSchemaVersion,
  parseTemporal,
  parseToken,
} from './parse-scalar.ts';
import { parseSearchText } from './parse-search.ts';
import { parseSelectItems } from './parse-select.ts';
import type { OptionValue, SystemOptionSyntax } from './syntax.ts';

type Parsers = { readonly [Name in SystemOptionName]: (cursor: Cursor) => OptionValue<Name> };

/** How the value of each system option is read, from the cursor on. */
const parsers: Parsers = {
  $apply: (cursor) => cursor.rules.apply(cursor),
  $at: parseTemporal,
  $compute: parseComputeItems,
  $count: parseBoolean,
  $deltatoken: parseDeltaToken,
  $expand: parseExpandItems,
  $filter: (cursor) => cursor.rules.expression(cursor),
  $format: parseFormat,
  $from: parseTemporal,
  $id: parseToken,
  $index: parseIndex,
  $levels: parseLevels,
  $orderby: parseOrderByItems,
  $schemaversion: parseSchemaVersion,
  $search: parseSearchText,
  $select: parseSelectItems,
  $skip: parseCount,
  $skiptoken: parseToken,
  $to: parseTemporal,
  $toInclusive: parseTemporal,
  $top: parseCount,
};

/** The value of a system option (OData ABNF 4.01, systemQueryOption, right of the `=`). */
export function parseOptionValue(
  cursor: Cursor,
  name: SystemOptionName,
  at: number,
): SystemOptionSyntax {
  cursor.countNode();
  return { name, at, value: parsers[name](cursor) } as SystemOptionSyntax;
}
