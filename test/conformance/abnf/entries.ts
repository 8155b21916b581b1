/** For each rule of the grammar that the cases name, the entry point that reads its inputs. */
import { decodeQueryPart } from '#odata/language/encoded-text.ts';
import type {
  ExpressionSyntax,
  LiteralType,
  PathSyntax,
} from '#odata/language/expressions/syntax.ts';
import { parsePreferences } from '#odata/language/headers/parse-preferences.ts';
import { checkValue, findValueType, type ValueType } from '#odata/language/literals/parse-value.ts';
import { isIdentifier } from '#odata/language/names.ts';
import type { OptionSyntax } from '#odata/language/options/syntax.ts';
import { parseParameterValue, parseSearch } from '#odata/language/parse-option.ts';
import { parseQueryOptions } from '#odata/language/parse-query-options.ts';
import { parseRelativeUrl } from '#odata/language/parse-url.ts';
import { SyntaxRefusal } from '#odata/language/syntax-refusal.ts';
import { parseContextFragment } from './context-fragment.ts';
import { checkHeader, checkPattern } from './headers.ts';
import { checkContext, checkOptions, checkPath, type Names } from './names.ts';
import { splitUri } from './uri.ts';

/** Gives the tree of an input; throws a SyntaxRefusal whose rawPosition counts in the input. */
export type Entry = (input: string, names: Names) => unknown;

function refuse(problem: string, position = 0): never {
  throw new SyntaxRefusal({ target: 'the input', position, problem });
}

/** Calls with positions moved: the text that is read starts `shift` characters later. */
function shifted<Result>(shift: number, read: () => Result): Result {
  try {
    return read();
  } catch (refusal) {
    if (!(refusal instanceof SyntaxRefusal)) throw refusal;
    throw refusal.locate(refusal.rawPosition + shift);
  }
}

/** An encoded expression between a prefix and a suffix that make it whole. */
function parseWrapped(input: string, prefix = '', suffix = ''): ExpressionSyntax {
  const { text, rawAt } = decodeQueryPart(input, 'the input');
  try {
    return parseParameterValue(prefix + text + suffix, 'the input');
  } catch (refusal) {
    if (!(refusal instanceof SyntaxRefusal)) throw refusal;
    throw refusal.locate(rawAt(Math.max(refusal.position - prefix.length, 0)));
  }
}

function expression(...kinds: ExpressionSyntax['kind'][]): Entry {
  return (input) => {
    const tree = parseWrapped(input);
    if (kinds.length > 0 && !kinds.includes(tree.kind)) refuse(`Expected ${kinds}`);
    return tree;
  };
}

/** A literal of one of the types. */
function literal(...types: LiteralType[]): Entry {
  return (input) => {
    const found = parseWrapped(input);
    if (found.kind !== 'literal' || !types.includes(found.type)) refuse(`Expected ${types}`);
  };
}

/** A shape, by its prefix and name. */
function geo(type: 'geography' | 'geometry', shape: string): Entry {
  return (input) => {
    const found = parseWrapped(input);
    const isThat = found.kind === 'literal' && found.type === type;
    if (!isThat || found.geo?.shape.type !== shape) refuse(`Expected ${type} of ${shape}`);
  };
}

const geos = Object.fromEntries(
  ['LineString', 'MultiLineString', 'MultiPoint', 'MultiPolygon', 'Point', 'Polygon']
    .map((shape) => [shape, shape])
    .concat([['Collection', 'GeometryCollection']])
    .flatMap(([suffix, shape]) =>
      (['geography', 'geometry'] as const).map((type) => [type + suffix, geo(type, shape!)]),
    ),
);

/** A value of a payload: what is read is not decoded. */
function value(type: ValueType): Entry {
  return (input) => checkValue(type, input, 'the input');
}

/** Query options, or only one option of that name. */
function options(name?: OptionSyntax['name']): Entry {
  return (input, names) => {
    const found = parseQueryOptions(input);
    const [first, second] = found;
    if (name !== undefined && first?.name !== name) refuse(`Expected ${name}`);
    if (name !== undefined && second) refuse('Expected the end', second.at - 1);
    checkOptions(found, input, names);
    return found;
  };
}

function relativeUri(input: string, names: Names): unknown {
  const { path, options: found, fragment } = parseRelativeUrl(input);
  checkPath(path, names);
  const question = input.indexOf('?') + 1;
  shifted(question, () => checkOptions(found, input.slice(question), names));
  return [path, found, fragment === undefined ? undefined : context(`#${fragment}`, names)];
}

function context(input: string, names: Names): unknown {
  return shifted(1, () => {
    const fragment = parseContextFragment(input.slice(1));
    checkContext(fragment, names);
    return fragment;
  });
}

function path(input: string): void {
  const found = parseWrapped(input) as PathSyntax;
  if (found.kind !== 'path') refuse('Expected a path');
}

/** Every rule that occurs, by its name in the cases. */
export const entries: Readonly<Record<string, Entry>> = {
  ...geos,
  anyExpr: (input) => parseWrapped(input, 'x/'),
  binaryLiteral: literal('binary'),
  boolCommonExpr: expression(),
  boolcommonExpr: expression(),
  boolean: literal('boolean'),
  booleanValue: value('boolean'),
  byteValue: value('integer'),
  commonExpr: expression(),
  compute: options('$compute'),
  context,
  customQueryOption: options('custom'),
  date: literal('date'),
  dateTimeOffsetLiteral: literal('dateTimeOffset'),
  dateTimeOffsetValue: value('dateTimeOffset'),
  dateTimeOffsetValueInUrl: literal('dateTimeOffset'),
  dateValue: value('date'),
  decimalLiteral: literal('integer', 'decimal', 'double'),
  decimalValue: value('decimal'),
  deltatoken: options('$deltatoken'),
  doubleLiteral: literal('integer', 'decimal', 'double'),
  doubleValue: value('double'),
  durationLiteral: literal('duration', 'string'),
  durationValue: value('duration'),
  entitySetName: (input) => isIdentifier(input) || refuse('Expected a name'),
  enumLiteral: literal('enum', 'string'),
  enumValue: value('enum'),
  expand: options('$expand'),
  filter: options('$filter'),
  firstMemberExpr: path,
  functionParameter: (input) => parseWrapped(input, 'f(', ')'),
  guid: literal('guid'),
  header: checkHeader,
  includeAnnotationsPreference: (input) => parsePreferences(input),
  int16Literal: literal('integer'),
  int16Value: value('integer'),
  int32Literal: literal('integer'),
  int32Value: value('integer'),
  int64Literal: literal('integer'),
  int64Value: value('integer'),
  isofExpr: expression('isof'),
  maxpagesizePreference: (input) => parsePreferences(input),
  notExpr: expression('unary'),
  null: literal('null'),
  odataIdentifier: (input) => isIdentifier(input) || refuse('Expected an identifier'),
  odataRelativeUri: relativeUri,
  odataUri: (input, names) => {
    const start = splitUri(input, names);
    return shifted(start, () => relativeUri(input.slice(start), names));
  },
  orderBy: options('$orderby'),
  orderby: options('$orderby'),
  prefer: checkHeader,
  preference: (input) => parsePreferences(input),
  primitiveLiteral: (input) => {
    if (parseWrapped(input).kind !== 'literal') refuse('Expected a literal');
  },
  primitiveValue: (input) => findValueType(input, 'the input'),
  propertyPathExpr: path,
  queryOptions: options(),
  'request-id': (input) => checkPattern(/^[\w.~-]+$/, input),
  resourcePath: (input, names) => checkPath(parseRelativeUrl(input).path, names),
  sbyteLiteral: literal('integer'),
  sbyteValue: value('integer'),
  search: options('$search'),
  searchExpr: (input) => {
    const { text, rawAt } = decodeQueryPart(input, 'the input');
    try {
      parseSearch(text);
    } catch (refusal) {
      if (!(refusal instanceof SyntaxRefusal)) throw refusal;
      throw refusal.locate(rawAt(refusal.position));
    }
  },
  select: options('$select'),
  singleLiteral: literal('integer', 'decimal', 'double'),
  singleValue: value('double'),
  skiptoken: options('$skiptoken'),
  stringInUrl: (input) => parseWrapped(input, '[', ']'),
  stringLiteral: literal('string'),
  systemQueryOption: options(),
  timeOfDayLiteral: literal('timeOfDay'),
  timeOfDayValue: value('timeOfDay'),
};
