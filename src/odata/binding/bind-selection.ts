import type { Property } from '#model/model.ts';
import type { Selection } from '#plan/query.ts';
import type { ComputeSyntax } from '../language/expressions/syntax.ts';
import type { ExpandSyntax, SelectSyntax } from '../language/options/syntax.ts';
import { bindCompute, type ComputedMember } from './bind-compute.ts';
import type { Binding, ValueType } from './binder.ts';
import { refusalAt } from './refuse-at.ts';
import { bindExpand } from './selection/bind-expand.ts';
import { bindSelectItem } from './selection/bind-select.ts';
import { ChosenMembers } from './selection/chosen-members.ts';
import type { Level, SelectionSyntax } from './selection/level.ts';
import { defaultSelection } from './selection/nothing-asked.ts';

/** What is asked to be shown of an entity or complex value, or of each in a collection. */
export interface SelectionRequest extends Binding {
  readonly type: ValueType;
  readonly select?: SelectSyntax | undefined;
  readonly expand?: ExpandSyntax | undefined;
  readonly compute?: ComputeSyntax | undefined;
  /** Members on a page of what is expanded. */
  readonly pageSize: number;
}

/**
 * What `$select`, `$expand` and `$compute` show (OData URL Conventions 4.01, sections 5.1.3 and
 * 5.1.4). Refuses, with the place in the text, names that lead nowhere and options that a member
 * does not take.
 */
export function bindSelection(request: SelectionRequest): Selection {
  const { type, select, expand, compute, ...binding } = request;
  const level: Level = { ...binding, option: undefined, root: type, depth: 0 };
  return bindLevel(level, type, { $select: select, $expand: expand, $compute: compute });
}

function bindLevel(level: Level, type: ValueType, options: SelectionSyntax): Selection {
  const { $select, $expand, $compute } = options;
  if (!$select && !$expand && !$compute) return defaultSelection;
  if (type.kind !== 'entity' && type.kind !== 'complex') {
    const [option] = Object.entries(options).find(([, value]) => value !== undefined)!;
    const message = `A value of type '${type.name}' has no members to show.`;
    throw refusalAt({ option: level.option ?? option, at: 0 }, message);
  }
  const computed = bindComputed(level, type, $compute);
  const expand = $expand ? bindExpand(level, type, $expand, bindLevel) : [];
  if (!$select) return { ...defaultSelection, expand, compute: computed };
  const chosen = new ChosenMembers(type, computed);
  for (const item of $select) bindSelectItem(level, chosen, item);
  return { ...chosen.toSelection(level.model.isForeign ? keysOf(type) : undefined), expand };
}

/**
 * The properties of a key, which answers have whatever is selected: without them they would have
 * to name the entity's id (OData JSON 4.01, section 4.6.8).
 */
function keysOf(type: ValueType): ReadonlySet<Property> {
  if (type.kind !== 'entity') return new Set();
  const { properties } = type;
  return new Set(type.keyParts.flatMap(({ path }) => properties.get(path[0]!) ?? []));
}

function bindComputed(
  level: Level,
  type: ValueType,
  syntax: ComputeSyntax | undefined,
): readonly ComputedMember[] {
  if (!syntax) return [];
  const { option, depth: _, pageSize: __, root: ___, ...binding } = level;
  return bindCompute({ ...binding, type, syntax, option, isNested: option !== undefined });
}
