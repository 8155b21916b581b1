import { parseAggregate } from '../apply/parse-aggregate.ts';
import type { Cursor } from '../cursor.ts';
import { identifierEnd, isNameStart } from '../names.ts';
import type { SystemOptionName } from '../system-options.ts';
import { parseArguments } from './parse-arguments.ts';
import { parseAnnotation } from './parse-plain-path.ts';
import type {
  CountStep,
  KeyStep,
  LambdaStep,
  NameStep,
  PathStart,
  PathSyntax,
  StepSyntax,
} from './syntax.ts';

/** The options of `/$count` (OData ABNF 4.01, expandCountOption). */
const countOptions: ReadonlySet<SystemOptionName> = new Set(['$filter', '$search']);

const starts: Readonly<Record<string, PathStart>> = {
  $it: 'it',
  $this: 'this',
  $these: 'these',
  $root: 'root',
};

/** A path that starts with a name (OData ABNF 4.01, firstMemberExpr, functionExpr). */
export function parseNamePath(cursor: Cursor): PathSyntax {
  const at = cursor.position;
  const steps: StepSyntax[] = [parseNameStep(cursor)];
  parseSteps(cursor, steps);
  return { kind: 'path', at, start: 'here', alias: undefined, steps };
}

/** A path that starts with `$it` and its kin, with an annotation or with a parameter alias. */
export function parseMarkedPath(cursor: Cursor): PathSyntax {
  const at = cursor.position;
  if (cursor.code === 64) return parseAtPath(cursor, at);
  const end = identifierEnd(cursor.text, at + 1);
  const start = starts[cursor.text.slice(at, end)];
  if (start === undefined) cursor.refuse("'$it', '$this', '$root' or '$these'");
  cursor.position = end;
  cursor.countNode();
  const steps: StepSyntax[] = [];
  parseSteps(cursor, steps);
  if (steps.length === 0 && (start === 'root' || start === 'these')) cursor.refuse("'/'");
  return { kind: 'path', at, start, alias: undefined, steps };
}

function parseAtPath(cursor: Cursor, at: number): PathSyntax {
  const annotation = parseAnnotation(cursor);
  // An unqualified name is an alias until the binder finds none of that name.
  const isAlias = annotation.qualifier === undefined && !annotation.term.includes('.');
  const steps: StepSyntax[] = isAlias ? [] : [annotation];
  parseSteps(cursor, steps);
  const alias = isAlias ? annotation.term : undefined;
  return { kind: 'path', at, start: isAlias ? 'alias' : 'here', alias, steps };
}

/** The steps behind the first, each after its `/`, until another character follows. */
function parseSteps(cursor: Cursor, steps: StepSyntax[]): void {
  for (;;) {
    while (cursor.code === 40 && mayHaveKey(steps.at(-1))) steps.push(parseKeyStep(cursor));
    if (!cursor.eat(47)) return;
    const step = parseStep(cursor);
    steps.push(step);
    if (step.kind === 'lambda' || step.kind === 'count' || step.kind === 'aggregate') return;
  }
}

function mayHaveKey(step: StepSyntax | undefined): boolean {
  return step?.kind === 'name' || step?.kind === 'filter';
}

function parseKeyStep(cursor: Cursor): KeyStep {
  cursor.countNode();
  const at = cursor.position;
  const parentheses = parseArguments(cursor, cursor.rules.expression);
  if (parentheses.length === 0) cursor.refuse('a key', at);
  return { kind: 'key', at, parentheses };
}

function parseStep(cursor: Cursor): StepSyntax {
  const code = cursor.code;
  if (code === 64) return parseAnnotation(cursor);
  if (code === 36) return parseDollarStep(cursor);
  if (!isNameStart(code)) cursor.refuse('a name, any, all, $count or $filter');
  const end = identifierEnd(cursor.text, cursor.position);
  if (cursor.text.charCodeAt(end) === 40) {
    const at = cursor.position;
    if (cursor.eatWord('any')) return parseLambda(cursor, at, 'any');
    if (cursor.eatWord('all')) return parseLambda(cursor, at, 'all');
    if (cursor.eatWord('aggregate')) return parseAggregateStep(cursor, at);
  }
  return parseNameStep(cursor);
}

function parseNameStep(cursor: Cursor): NameStep {
  cursor.countNode();
  const at = cursor.position;
  const name = cursor.qualifiedName();
  const parentheses =
    cursor.code === 40 ? parseArguments(cursor, cursor.rules.expression) : undefined;
  return { kind: 'name', at, name, parentheses };
}

/** `$count` or `$filter(...)`, spelled so (OData ABNF 4.01, count, filterExpr). */
function parseDollarStep(cursor: Cursor): StepSyntax {
  cursor.countNode();
  const at = cursor.position;
  const end = identifierEnd(cursor.text, at + 1);
  const word = cursor.text.slice(at, end);
  cursor.position = end;
  if (word === '$count') return parseCountStep(cursor, at);
  if (word !== '$filter') cursor.refuse('$count, $filter or a name', at);
  cursor.expect(40);
  cursor.skipSpace();
  const predicate = cursor.rules.expression(cursor);
  cursor.skipSpace();
  cursor.expect(41);
  return { kind: 'filter', at, predicate };
}

function parseCountStep(cursor: Cursor, at: number): CountStep {
  if (cursor.code !== 40) return { kind: 'count', at, filter: undefined, search: undefined };
  const options = cursor.rules.nestedOptions(cursor, countOptions);
  return { kind: 'count', at, filter: options.$filter, search: options.$search };
}

/** The parentheses of `any` and `all` (OData ABNF 4.01, anyExpr, allExpr). */
function parseLambda(cursor: Cursor, at: number, quantifier: 'any' | 'all'): LambdaStep {
  cursor.countNode();
  cursor.position++;
  cursor.skipSpace();
  if (quantifier === 'any' && cursor.eat(41)) {
    return { kind: 'lambda', at, quantifier, variable: undefined, predicate: undefined };
  }
  const variable = cursor.identifier('a variable and its predicate');
  cursor.skipSpace();
  cursor.expect(58);
  cursor.skipSpace();
  const predicate = cursor.rules.expression(cursor);
  cursor.skipSpace();
  if (!cursor.eat(41)) cursor.refuse("an operator or ')'");
  return { kind: 'lambda', at, quantifier, variable, predicate };
}

function parseAggregateStep(cursor: Cursor, at: number): StepSyntax {
  cursor.position++;
  cursor.skipSpace();
  const expression = parseAggregate(cursor, 'function');
  cursor.skipSpace();
  cursor.expect(41);
  return { kind: 'aggregate', at, expression };
}
