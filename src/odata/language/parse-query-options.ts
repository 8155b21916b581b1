import { decodeQueryPart, type EncodedText } from './encoded-text.ts';
import { isIdentifier } from './names.ts';
import { collectOptions } from './options/collect-options.ts';
import type { OptionSyntax, OptionsSyntax } from './options/syntax.ts';
import { parseParameterValue, parseSystemOption } from './parse-option.ts';
import { SyntaxRefusal } from './syntax-refusal.ts';
import { findSystemOption } from './system-options.ts';

/**
 * The options of a raw query, without its `?`, in the order written (OData ABNF 4.01,
 * queryOptions). It is split at `&` and the first `=` before it is decoded. Throws a SyntaxRefusal
 * whose target is the option and whose position counts in the option's decoded value.
 */
export function parseQueryOptions(rawQuery: string): readonly OptionSyntax[] {
  const options: OptionSyntax[] = [];
  let at = 0;
  for (const raw of rawQuery.split('&')) {
    if (raw !== '') options.push(parseRawOption(raw, at));
    at += raw.length + 1;
  }
  return options;
}

/** The options of a raw query as one record; what stands twice is refused. */
export function parseQuery(rawQuery: string): OptionsSyntax {
  return collectOptions(parseQueryOptions(rawQuery), 'the query');
}

/** One option, its name and its value still encoded. */
function parseRawOption(raw: string, at: number): OptionSyntax {
  const equals = raw.indexOf('=');
  const rawName = equals < 0 ? raw : raw.slice(0, equals);
  const name = locate(at, () => decodeQueryPart(rawName, 'the query')).text;
  const system = findSystemOption(name);
  if (system === undefined) locate(at, () => checkName(name));
  // An option without `=` has an empty value behind its name.
  const valueAt = at + rawName.length + (equals < 0 ? 0 : 1);
  const rawValue = equals < 0 ? '' : raw.slice(equals + 1);
  const value = locate(valueAt, () => decodeQueryPart(rawValue, system ?? name));
  return locate(valueAt, () => parseValue(name, at, value), value.rawAt);
}

function parseValue(name: string, at: number, { text, escaped }: EncodedText): OptionSyntax {
  const system = findSystemOption(name);
  if (system !== undefined) {
    return { name: system, at, value: parseSystemOption(system, text, escaped) } as OptionSyntax;
  }
  if (!name.startsWith('@')) return { name: 'custom', at, custom: name, value: text };
  return { name: 'alias', at, alias: name.slice(1), value: parseParameterValue(text, name) };
}

/** Names with `$` are OData's own, names with `@` are aliases (OData ABNF 4.01, customName). */
function checkName(name: string): void {
  const isAlias = name.startsWith('@') && isIdentifier(name.slice(1));
  if (isAlias || !/^[$@]|^$/.test(name)) return;
  const problem =
    name === '' ? "Expected a name before '='" : `The query option '${name}' is not known`;
  throw new SyntaxRefusal({ target: name || 'the query', position: 0, problem });
}

/** Calls and, if that refuses, adds the place in the raw query. */
function locate<Result>(
  start: number,
  read: () => Result,
  toRaw?: (position: number) => number,
): Result {
  try {
    return read();
  } catch (refusal) {
    if (!(refusal instanceof SyntaxRefusal)) throw refusal;
    const offset = toRaw?.(refusal.position) ?? refusal.rawPosition;
    throw refusal.locate(start + offset);
  }
}
