import type { EntityType, KeyPart, PropertyType } from '#model/model.ts';
import type { Value } from '#plan/document.ts';
import { canonicalKeyValue, formatKeyText, typeAt } from '#plan/key-text.ts';
import type { KeyValue } from '#plan/target.ts';
import { isPrimitive } from '../../decode-primitive.ts';
import type { ArgumentSyntax } from '../../language/expressions/syntax.ts';
import type { Binder, Scope } from '../binder.ts';
import { coerceLiteral } from '../operands/coerce-literal.ts';
import { nameOf } from '../operands/value-types.ts';
import { notServedAt, refusalAt } from '../refuse-at.ts';

/** The values of a key, or of an alternate one, in the order of its parts. */
export interface BoundKey {
  readonly isAlternate: boolean;
  readonly values: readonly KeyValue[];
}

/** A key in parentheses. */
export interface KeyRequest {
  readonly type: EntityType;
  readonly parentheses: readonly ArgumentSyntax[];
  readonly at: number;
  /** Values that follow from the entity before, by the names of the parts. */
  readonly implied?: ReadonlyMap<string, Value> | undefined;
  /** The refusal of a text that is no value of its part, where no entity can have it. */
  readonly refuseText?: () => Error;
}

/**
 * The values of a key in parentheses (OData URL Conventions 4.01, section 4.3.1): one without a
 * name, or every part by its name, in any order. What follows from referential constraints may be
 * left out (section 4.3.2). Refuses other names, and values that are not of their part's type.
 */
export function bindKeyValues(binder: Binder, request: KeyRequest, scope: Scope): BoundKey {
  const { type, parentheses, implied = new Map<string, Value>() } = request;
  const open = type.keyParts.filter(({ name }) => !implied.has(name));
  const place = { option: scope.option, at: request.at };
  const [first] = parentheses;
  const isUnnamed = first !== undefined && first.name === undefined;
  const parts = isUnnamed
    ? [open, type.keyParts].find(({ length }) => length === 1)
    : findParts(type, parentheses, implied);
  if (!parts || first === undefined) {
    throw refusalAt(place, `The key of '${type.name}' is ${listNames(type.keyParts)}.`);
  }
  const isAlternate = !parts.every(({ name }) => type.keyParts.some((part) => part.name === name));
  const wanted = isAlternate ? parts : type.keyParts;
  const values = wanted.map((part): KeyValue => {
    const { name, path } = part;
    const argument = isUnnamed && parts.includes(part) ? first : named(parentheses, name);
    if (!argument) return { name, path, value: implied.get(name)! };
    return { name, path, value: bindPart(binder, { ...request, part, argument }, scope) };
  });
  return { isAlternate, values };
}

/** A key in an expression, as the plan has it. */
export function bindKey(binder: Binder, request: KeyRequest, scope: Scope): string {
  const { isAlternate, values } = bindKeyValues(binder, request, scope);
  const text = formatKeyText(values.map(({ value }) => value));
  if (!isAlternate && text !== undefined) return text;
  const place = { option: scope.option, at: request.at };
  throw notServedAt(place, 'Only keys, no alternate keys, are served in a query.');
}

/** The key, or alternate key, that has exactly the parts that are named. */
function findParts(
  type: EntityType,
  parentheses: readonly ArgumentSyntax[],
  implied: ReadonlyMap<string, Value>,
): readonly KeyPart[] | undefined {
  const names = new Set(parentheses.map(({ name }) => name));
  if (names.size < parentheses.length) return undefined;
  return [type.keyParts, ...type.alternateKeyParts].find(
    (parts) =>
      parts.every(({ name }) => names.has(name) || implied.has(name)) &&
      parentheses.every((argument) => parts.some(({ name }) => name === argument.name)),
  );
}

function named(parentheses: readonly ArgumentSyntax[], name: string): ArgumentSyntax | undefined {
  return parentheses.find((argument) => argument.name === name);
}

interface PartRequest extends Omit<KeyRequest, 'parentheses'> {
  readonly part: KeyPart;
  readonly argument: ArgumentSyntax;
}

function bindPart(binder: Binder, request: PartRequest, scope: Scope): Value {
  const { type, part, argument, refuseText } = request;
  const place = { option: scope.option, at: request.at };
  const value = binder.bind(argument.value, scope);
  if (value.kind !== 'literal') throw notServedAt(place, 'A key has to be a literal.');
  const wanted = typeAt(type, part.path);
  const key = coerceLiteral(value, wanted);
  if (key && !key.result.collection && isKeyValue(wanted, key.value)) {
    return canonicalKeyValue(wanted, key.value);
  }
  // Texts stand for values of every primitive type (OData Protocol 4.01, section 13.2.1).
  if (refuseText && typeof value.value === 'string') throw refuseText();
  const found = nameOf(value.result);
  throw refusalAt(place, `A value of type '${found}' is no key of '${type.name}'.`);
}

function isKeyValue(type: PropertyType | undefined, value: Value): boolean {
  if (value === null) return false;
  return type?.kind !== 'primitive' || isPrimitive(type.name, value);
}

function listNames(parts: readonly KeyPart[]): string {
  return parts.map(({ name }) => `'${name}'`).join(', ');
}
