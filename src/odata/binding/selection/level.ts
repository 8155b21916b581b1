import type { Selection } from '#plan/query.ts';
import type { ComputeSyntax } from '../../language/expressions/syntax.ts';
import type { ExpandSyntax, OptionsSyntax, SelectSyntax } from '../../language/options/syntax.ts';
import type { Binding, ValueType } from '../binder.ts';

/** How a message about a name in `$select` or `$expand` begins, as Graph's does. */
export const parsingFailed = 'Parsing OData Select and Expand failed: ';

/** Where a selection stands: at the top, or nested in `$select` or `$expand`. */
export interface Level extends Binding {
  /** The outermost option, in whose text all nested ones stand; undefined at the top. */
  readonly option: string | undefined;
  /** The type of what the resource path addresses. */
  readonly root: ValueType;
  /** How many navigations lead here. */
  readonly depth: number;
  /** Members on a page of what is expanded. */
  readonly pageSize: number;
}

/** The options that choose what is shown. */
export interface SelectionSyntax {
  readonly $select: SelectSyntax | undefined;
  readonly $expand: ExpandSyntax | undefined;
  readonly $compute: ComputeSyntax | undefined;
}

/** Binds what is shown of a type, at any level. */
export type BindLevel = (level: Level, type: ValueType, options: SelectionSyntax) => Selection;

/** The level inside the options of an item; aliases that are written there come first. */
export function enter(
  level: Level,
  option: string,
  options: OptionsSyntax | undefined,
  depth = level.depth,
): Level {
  const aliases = options?.aliases.size
    ? new Map([...level.aliases, ...options.aliases])
    : level.aliases;
  return { ...level, aliases, option: level.option ?? option, depth };
}
