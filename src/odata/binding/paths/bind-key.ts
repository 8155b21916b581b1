import type { EntityType, Property, StructuredType } from '#model/model.ts';
import type { ArgumentSyntax } from '../../language/expressions/syntax.ts';
import type { Binder, Scope } from '../binder.ts';
import { coerceLiteral } from '../operands/coerce-literal.ts';
import { nameOf } from '../operands/value-types.ts';
import { notServedAt, refusalAt } from '../refuse-at.ts';

/** A key in an expression, as the plan has it (OData URL Conventions 4.01, section 4.3.1). */
export function bindKey(
  binder: Binder,
  {
    type,
    parentheses,
    at,
  }: { type: EntityType; parentheses: readonly ArgumentSyntax[]; at: number },
  scope: Scope,
): string {
  const place = { option: scope.option, at };
  const [part, ...others] = type.keyParts;
  const [argument, ...more] = parentheses;
  if (!part || others.length > 0) {
    throw notServedAt(place, 'Only keys of one property are served in a query.');
  }
  if (!argument || more.length > 0 || (argument.name ?? part.name) !== part.name) {
    throw refusalAt(place, `The key of '${type.name}' is '${part.name}' alone.`);
  }
  const value = binder.bind(argument.value, scope);
  if (value.kind !== 'literal') throw notServedAt(place, 'A key in a query has to be a literal.');
  const key = coerceLiteral(value, findProperty(type, part.path)?.type);
  if (key && key.value !== null && !key.result.collection) return String(key.value);
  const found = nameOf(value.result);
  throw refusalAt(place, `A value of type '${found}' is no key of '${type.name}'.`);
}

function findProperty(type: StructuredType, path: readonly string[]): Property | undefined {
  let owner: StructuredType | undefined = type;
  let property: Property | undefined;
  for (const name of path) {
    property = owner?.properties.get(name);
    owner = property?.type.kind === 'complex' ? property.type : undefined;
  }
  return property;
}
