import type { OptionSyntax } from './options/syntax.ts';
import { parseQueryOptions } from './parse-query-options.ts';
import { parseResourcePath } from './parse-resource-path.ts';
import type { ResourcePathSyntax } from './paths/syntax.ts';
import { SyntaxRefusal } from './syntax-refusal.ts';

/** A URL below a service root: its path, its options and the raw fragment behind its `#`. */
export interface UrlSyntax {
  readonly path: ResourcePathSyntax;
  readonly options: readonly OptionSyntax[];
  readonly fragment: string | undefined;
}

/**
 * A URL relative to a service root (OData ABNF 4.01, odataRelativeUri), as requests, batches,
 * `$id` and `@odata.bind` write it. Throws a SyntaxRefusal whose rawPosition counts in `raw`.
 */
export function parseRelativeUrl(raw: string): UrlSyntax {
  const hash = raw.indexOf('#');
  const rawUrl = hash < 0 ? raw : raw.slice(0, hash);
  const question = rawUrl.indexOf('?');
  const path = parseResourcePath(question < 0 ? rawUrl : rawUrl.slice(0, question));
  const first = path[0];
  const word = first?.kind === 'system' ? first.name : undefined;
  const fragment = hash < 0 ? undefined : raw.slice(hash + 1);
  if (fragment !== undefined && word !== '$metadata') throw refuseAt(hash, "'%23' for a '#'");
  const options = question < 0 ? [] : parseOptions(rawUrl, question + 1);
  if (word === '$entity') checkEntityOptions(options, path.length > 1, rawUrl);
  if (word === '$batch' || word === '$metadata') checkAllowed(options, ['$format'], question + 1);
  return { path, options, fragment };
}

function refuseAt(position: number, expected: string): SyntaxRefusal {
  return new SyntaxRefusal({ target: 'the URL', position, problem: `Expected ${expected}` });
}

function parseOptions(rawUrl: string, start: number): readonly OptionSyntax[] {
  try {
    return parseQueryOptions(rawUrl.slice(start));
  } catch (refusal) {
    if (!(refusal instanceof SyntaxRefusal)) throw refusal;
    throw refusal.locate(start + refusal.rawPosition);
  }
}

/** `$entity` needs `$id`, and may select and expand only behind a type (entityOptions). */
function checkEntityOptions(
  options: readonly OptionSyntax[],
  hasType: boolean,
  rawUrl: string,
): void {
  const start = rawUrl.indexOf('?') + 1;
  const more: OptionSyntax['name'][] = hasType ? ['$expand', '$select'] : [];
  checkAllowed(options, ['$id', '$format', ...more], start);
  if (!options.some(({ name }) => name === '$id')) throw refuseAt(rawUrl.length, "'$id'");
}

function checkAllowed(
  options: readonly OptionSyntax[],
  allowed: readonly OptionSyntax['name'][],
  start: number,
): void {
  for (const { name, at } of options) {
    if (name === 'custom' || allowed.includes(name)) continue;
    throw refuseAt(start + at, `only ${allowed.join(', ')} and custom options`);
  }
}
