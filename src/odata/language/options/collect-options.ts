import type { ExpressionSyntax } from '../expressions/syntax.ts';
import { SyntaxRefusal } from '../syntax-refusal.ts';
import type { CustomOptionSyntax, OptionSyntax, OptionsSyntax } from './syntax.ts';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type SystemFields = Mutable<Omit<OptionsSyntax, 'aliases' | 'custom'>>;

function createFields(): SystemFields {
  return {
    $apply: undefined,
    $at: undefined,
    $compute: undefined,
    $count: undefined,
    $deltatoken: undefined,
    $expand: undefined,
    $filter: undefined,
    $format: undefined,
    $from: undefined,
    $id: undefined,
    $index: undefined,
    $levels: undefined,
    $orderby: undefined,
    $schemaversion: undefined,
    $search: undefined,
    $select: undefined,
    $skip: undefined,
    $skiptoken: undefined,
    $to: undefined,
    $toInclusive: undefined,
    $top: undefined,
  };
}

/**
 * The options as one record. Refuses a system option or an alias that stands twice
 * (OData URL Conventions 4.01, section 5.1); `target` names what they belong to.
 */
export function collectOptions(options: readonly OptionSyntax[], target: string): OptionsSyntax {
  const fields = createFields();
  const aliases = new Map<string, ExpressionSyntax>();
  const custom: CustomOptionSyntax[] = [];
  for (const option of options) {
    if (option.name === 'custom') {
      custom.push(option);
    } else if (option.name === 'alias') {
      if (aliases.has(option.alias)) throw refuseTwice(option, `@${option.alias}`, target);
      aliases.set(option.alias, option.value);
    } else {
      if (fields[option.name] !== undefined) throw refuseTwice(option, option.name, target);
      Object.assign(fields, { [option.name]: option.value });
    }
  }
  return { ...fields, aliases, custom };
}

function refuseTwice({ at }: OptionSyntax, name: string, target: string): SyntaxRefusal {
  const problem = `Query option '${name}' was specified more than once`;
  return new SyntaxRefusal({ target, position: at, problem });
}
