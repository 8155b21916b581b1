/**
 * The names that the cases assume, and the refusals that follow from them alone. The parser leaves
 * names unresolved; this small check on its trees stands for the binder.
 */
import type { ApplySyntax, TransformationSyntax } from '#odata/language/apply/syntax.ts';
import type {
  AggregateSyntax,
  ExpressionSyntax,
  PathSyntax,
} from '#odata/language/expressions/syntax.ts';
import type { OptionSyntax } from '#odata/language/options/syntax.ts';
import type {
  NameSegment,
  ResourcePathSyntax,
  SegmentSyntax,
} from '#odata/language/paths/syntax.ts';
import { SyntaxRefusal } from '#odata/language/syntax-refusal.ts';
import type { ContextFragment, SelectListItem } from './context-fragment.ts';

/** By rule, the names that it stands for; no rules at all allow every name. */
export type Names = Readonly<Record<string, readonly string[]>>;

const imports = ['entity', 'entityCol', 'complex', 'complexCol', 'primitive', 'primitiveCol'].map(
  (prefix) => `${prefix}FunctionImport`,
);
const functions = imports.map((rule) => rule.replace('Import', ''));
const roots = ['entitySetName', 'singletonEntity', 'actionImport', ...imports];
const types = ['entityTypeName', 'complexTypeName'];
const primitives = ['primitiveKeyProperty', 'primitiveNonKeyProperty'];
const navigation = ['entityNavigationProperty', 'entityColNavigationProperty'];
const properties = ['complexProperty', 'streamProperty', ...primitives, ...navigation];
const collections = ['entityColNavigationProperty', 'complexColProperty', 'primitiveColProperty'];

function refuse(problem: string, position: number): never {
  throw new SyntaxRefusal({ target: 'the model', position, problem });
}

/** Whether a name, its namespace aside, is one of those of the rules. */
function isOneOf(names: Names, name: string, rules: readonly string[]): boolean {
  const last = name.slice(name.lastIndexOf('.') + 1);
  return rules.some((rule) => names[rule]?.includes(last));
}

function hasNames(names: Names): boolean {
  return Object.keys(names).length > 0;
}

/** Whether a path may start with this name. */
export function isResourceName(name: string, names: Names): boolean {
  return isOneOf(names, name, roots);
}

/** Checks a path: its first name, what casts and what is called, and `$value`. */
export function checkPath(path: ResourcePathSyntax, names: Names): void {
  if (!hasNames(names)) return;
  for (const [index, segment] of path.entries()) {
    const before = path[index - 1];
    if (segment.kind === 'name' && before === undefined) {
      // The cases leave the imports of primitive functions open.
      const isKnown = segment.parentheses !== undefined || isResourceName(segment.name, names);
      if (!isKnown) refuse('No such resource', segment.at);
    } else if (segment.kind === 'name') {
      checkStep(segment, before, names);
    } else if (segment.kind === 'system' && segment.name === '$value') {
      const isBad = before && isNamed(before, names, ['complexProperty', 'streamProperty']);
      if (isBad) refuse('No $value here', segment.at);
    }
  }
}

function isNamed(segment: SegmentSyntax, names: Names, rules: readonly string[]): boolean {
  return segment.kind === 'name' && isOneOf(names, segment.name, rules);
}

function checkStep(segment: NameSegment, before: SegmentSyntax | undefined, names: Names): void {
  const isCast = (each: SegmentSyntax | undefined) =>
    each && isNamed(each, names, types) && !isNamed(each, names, properties);
  if (isCast(segment) && isCast(before)) refuse('Cast twice', segment.at);
  const callable = [...functions, ...navigation, ...types];
  if (segment.parentheses && !isNamed(segment, names, callable)) {
    refuse('Nothing to call', segment.at);
  }
}

/** Checks options: the names of custom ones, and the paths of `$apply`. */
export function checkOptions(options: readonly OptionSyntax[], raw: string, names: Names): void {
  if (!hasNames(names)) return;
  for (const option of options) {
    if (option.name === 'custom') {
      const isKnown = isOneOf(names, option.custom, ['customName', 'parameterName']);
      if (!isKnown) refuse('No such custom option', option.at);
    } else if (option.name === '$apply') {
      const start = raw.indexOf('=', option.at) + 1;
      new ApplyCheck(names, start).apply(option.value);
    }
  }
}

/** Checks the paths of transformations; positions are moved by `start`. */
class ApplyCheck {
  private readonly names: Names;
  private readonly start: number;

  constructor(names: Names, start: number) {
    this.names = names;
    this.start = start;
  }

  apply({ transformations }: ApplySyntax): void {
    for (const each of transformations) this.transformation(each);
  }

  private transformation(each: TransformationSyntax): void {
    if (each.kind === 'aggregate') for (const one of each.expressions) this.aggregate(one);
    if (each.kind === 'concat') for (const branch of each.branches) this.apply(branch);
    if (each.kind === 'nest' || each.kind === 'addnested') {
      for (const { apply } of each.branches) this.apply(apply);
    }
    if (each.kind === 'groupby') {
      for (const grouping of each.by) if (grouping.kind === 'path') this.grouping(grouping);
      if (each.apply) this.apply(each.apply);
    }
    if (each.kind === 'join' || each.kind === 'outerjoin') {
      const { steps } = each.path;
      const isCollection = steps.some(
        (step) => step.kind === 'annotation' || isOneOf(this.names, step.name, collections),
      );
      if (!isCollection) this.refuse('No collection', each.path.at);
      if (each.apply) this.apply(each.apply);
    }
  }

  /** Only a custom aggregate does without a method. */
  private aggregate({ operand, method }: AggregateSyntax): void {
    if (operand === undefined) return;
    if (operand.kind !== 'path') this.operand(operand);
    else if (method === undefined) {
      const last = operand.steps.at(-1);
      if (last?.kind !== 'name' || isOneOf(this.names, last.name, ['customAggregate'])) return;
      this.refuse('No custom aggregate', operand.at);
    }
  }

  /** An operand of an operator leads through no collection. */
  private operand(operand: ExpressionSyntax): void {
    if (operand.kind === 'binary') {
      this.operand(operand.left);
      this.operand(operand.right);
    } else if (operand.kind === 'path') {
      const [first, second] = operand.steps;
      if (operand.start !== 'here' || first?.kind !== 'name' || second?.kind !== 'name') return;
      const isCollection = isOneOf(this.names, first.name, ['entityColNavigationProperty']);
      if (isCollection && !first.parentheses) this.refuse('A collection', operand.at);
    }
  }

  /** Groups are single-valued, and only the last step of their paths is primitive. */
  private grouping({ steps }: PathSyntax): void {
    for (const [index, step] of steps.entries()) {
      if (step.kind !== 'name') continue;
      if (isOneOf(this.names, step.name, collections)) this.refuse('A collection', step.at);
      const isLast = index === steps.length - 1;
      const isStructured = isOneOf(this.names, step.name, [...navigation, 'complexProperty']);
      if (!isLast && !isStructured && isOneOf(this.names, step.name, primitives)) {
        this.refuse('A primitive property', step.at);
      }
    }
  }

  private refuse(problem: string, at: number): never {
    return refuse(problem, this.start + at);
  }
}

/** Checks a context: names without a namespace are no casts. */
export function checkContext({ list }: ContextFragment, names: Names): void {
  if (hasNames(names)) for (const item of list ?? []) checkItem(item, names);
}

function checkItem({ steps, list }: SelectListItem, names: Names): void {
  for (const step of steps) {
    if (step.kind !== 'name' || step.name.includes('.')) continue;
    const isKnown = Object.entries(names).some(
      ([rule, all]) => rule.endsWith('Property') && all.includes(step.name),
    );
    const isType = isOneOf(names, step.name, types);
    if (isType && !isKnown) refuse('A type without its namespace', step.at);
  }
  for (const item of list ?? []) checkItem(item, names);
}
