import { Refusal } from '#errors.ts';
import type { EntityType, Model, Operation, Parameter, PropertyType } from '#model/model.ts';
import { openScope } from '../binding/binder.ts';
import { ExpressionBinder } from '../binding/expression-binder.ts';
import { coerceLiteral } from '../binding/operands/coerce-literal.ts';
import { refusalAt } from '../binding/refuse-at.ts';
import type { ExpressionSyntax } from '../language/expressions/syntax.ts';
import type { OptionsSyntax } from '../language/options/syntax.ts';
import { parseParameterValue } from '../language/parse-option.ts';
import type { NameSegment } from '../language/paths/syntax.ts';
import { ownParameters } from './find-operation.ts';

/** A call as it is written, and the options that may say more of it. */
export interface CallSyntax {
  readonly segment: NameSegment;
  readonly options: OptionsSyntax | undefined;
  /** Whether options may be parameters: only those of the last call are (section 5.3.1). */
  readonly isLast: boolean;
}

/**
 * What a call says of a parameter: in its parentheses, or, where nothing stands there, as an
 * option of the parameter's name or as an alias of that name (OData Protocol 4.01, section
 * 11.5.4.1).
 */
export function findArgument(
  { segment, options, isLast }: CallSyntax,
  { name }: Parameter,
): ExpressionSyntax | undefined {
  const written = segment.parentheses?.find((argument) => argument.name === name);
  if (written || !options || !isLast) return written?.value;
  const custom = options.custom.find((option) => option.custom === name);
  return custom ? parseParameterValue(custom.value, name) : options.aliases.get(name);
}

/** The overload that takes exactly what the call says: all that it needs, and nothing else. */
export function findOverload(
  operations: readonly Operation[],
  call: CallSyntax,
): Operation | undefined {
  const written = call.segment.parentheses ?? [];
  const names = written.length > 0 ? written.map(({ name }) => name) : implied(operations, call);
  return operations.find((operation) => {
    const parameters = ownParameters(operation);
    const isKnown = names.every((name) => parameters.some((each) => each.name === name));
    return (
      isKnown && parameters.every((each) => each.optional || findArgument(call, each) !== undefined)
    );
  });
}

/** The options that are a parameter of some overload, where nothing stands in parentheses. */
function implied(
  operations: readonly Operation[],
  { options, isLast }: CallSyntax,
): readonly string[] {
  if (!options || !isLast) return [];
  const known = new Set(operations.flatMap(ownParameters).map(({ name }) => name));
  const given = [...options.custom.map(({ custom }) => custom), ...options.aliases.keys()];
  return given.filter((name) => known.has(name));
}

/**
 * What a call gives to a function's parameters, by name, as JSON would carry it; it is checked when
 * the function is called.
 */
export function bindParameters(
  model: Model,
  operation: Operation,
  call: CallSyntax,
): ReadonlyMap<string, unknown> {
  const aliases = call.options?.aliases ?? new Map<string, ExpressionSyntax>();
  const values = new Map<string, unknown>();
  for (const parameter of ownParameters(operation)) {
    const written = findArgument(call, parameter);
    if (written === undefined) continue;
    values.set(parameter.name, new ParameterReader(model, aliases, parameter).read(written));
  }
  return values;
}

/** Reads what one parameter is given, as JSON would carry it. */
class ParameterReader {
  private readonly aliases: ReadonlyMap<string, ExpressionSyntax>;
  private readonly parameter: Parameter;
  private readonly binder: ExpressionBinder;
  /** The aliases that are being read. */
  private readonly open = new Set<string>();

  constructor(model: Model, aliases: ReadonlyMap<string, ExpressionSyntax>, parameter: Parameter) {
    this.aliases = aliases;
    this.parameter = parameter;
    this.binder = new ExpressionBinder({ model, aliases });
  }

  read(syntax: ExpressionSyntax): unknown {
    return this.value(syntax, this.parameter.type);
  }

  private value(syntax: ExpressionSyntax, type: PropertyType | EntityType | undefined): unknown {
    if (syntax.kind === 'array') return syntax.items.map((item) => this.value(item, type));
    if (syntax.kind === 'object') {
      return Object.fromEntries(
        syntax.members.map(({ name, value }) => [name, this.value(value, undefined)]),
      );
    }
    if (syntax.kind === 'path' && syntax.start === 'alias' && syntax.steps.length === 0) {
      return this.alias(syntax.alias!, syntax.at, type);
    }
    return this.literal(syntax, type);
  }

  /** An alias that nothing defines is null (OData URL Conventions 4.01, section 5.3.1). */
  private alias(name: string, at: number, type: PropertyType | EntityType | undefined): unknown {
    const syntax = this.aliases.get(name);
    if (!syntax) return null;
    if (this.open.has(name)) {
      const place = { option: `@${name}`, at };
      throw refusalAt(place, `The parameter alias '@${name}' refers to itself.`);
    }
    this.open.add(name);
    const value = this.value(syntax, type);
    this.open.delete(name);
    return value;
  }

  private literal(syntax: ExpressionSyntax, type: PropertyType | EntityType | undefined): unknown {
    const { name } = this.parameter;
    const scope = openScope({ option: name, type: undefined });
    const bound = this.binder.bind(syntax, scope);
    const given = bound.kind === 'literal' ? coerceLiteral(bound, type) : undefined;
    if (given) return given.value;
    const message = `The parameter '${name}' takes a literal of its type.`;
    // A name alone leads nowhere from a parameter, such as that of a text without its quotes.
    const isName = bound.kind === 'path' && bound.steps[0]?.kind !== 'resource';
    const isMistaken = bound.kind === 'literal' || isName;
    throw new Refusal(isMistaken ? 'malformedRequest' : 'notImplemented', message, {
      target: name,
    });
  }
}
