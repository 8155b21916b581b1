import { type ComplexType, isKindOf, type Model, mayHave, type Property } from '#model/model.ts';
import { TYPE } from '#plan/document.ts';
import type { Call, Expression, Literal, Path } from '#plan/expression.ts';
import type {
  ArraySyntax,
  ExpressionSyntax,
  ObjectSyntax,
} from '../../language/expressions/syntax.ts';
import type { Binder, Scope } from '../binder.ts';
import { coerceLiteral } from '../operands/coerce-literal.ts';
import { edm, familyOf, nullLiteral } from '../operands/value-types.ts';
import { findNamedType } from '../paths/find-named-type.ts';
import { notServedAt, type Place, refusalAt } from '../refuse-at.ts';

/** Complex values in complex values that are compared. */
const DEPTH_MAX = 5;

/** A JSON object in an expression, and where its values are bound. */
export interface WrittenObject {
  readonly syntax: ObjectSyntax;
  readonly scope: Scope;
}

/** What a complex value is compared in: a way to bind, and where refusals point. */
interface Comparing {
  readonly binder: Binder;
  readonly place: Place;
  readonly depth: number;
}

/**
 * Whether two complex values are equal (OData URL Conventions 4.01, section 5.1.1.1.1): both null,
 * or of one type and equal member by member, also in what derived types add.
 */
export function equalComplex(
  binder: Binder,
  place: Place,
  [left, right]: readonly [Path, Path | WrittenObject],
): Expression {
  const at = { binder, place, depth: 0 };
  const type = left.result.type as ComplexType;
  return all('kind' in right ? alike(at, type, left, right) : asWritten(at, type, left, right));
}

/**
 * Whether two collections of primitive values hold the same values equally often; the specification
 * asks for their order only where a collection is ordered.
 */
export function equalCollections(left: Expression, right: Expression): Expression {
  return { kind: 'and', operands: [subset(left, right), subset(right, left)] };
}

function alike(at: Comparing, type: ComplexType, left: Path, right: Path): Expression[] {
  const both = (of: (path: Path) => Expression) => equal(of(left), of(right));
  const isNull = both((path) => equal(path, nullLiteral()));
  const kinds = derivedFrom(at.binder.model, type).flatMap((derived) => [
    both((path) => ({ kind: 'isof', operand: path, type: derived })),
    ...ownProperties(derived).flatMap((property) =>
      member(at, property, castTo(left, derived), castTo(right, derived)),
    ),
  ]);
  const members = [...type.properties.values()].flatMap((property) =>
    member(at, property, left, right),
  );
  return [isNull, ...members, ...kinds, ...sameUndeclared(at, type, left, right)];
}

/** What an object leaves out is null, or an empty collection. */
function asWritten(
  at: Comparing,
  declared: ComplexType,
  left: Path,
  right: WrittenObject,
): Expression[] {
  const type = writtenType(at, declared, right) ?? declared;
  const path = type === declared ? left : castTo(left, type);
  for (const { name, at: position } of right.syntax.members) {
    if (name.includes('@') || type.properties.has(name) || mayHave(type, name)) continue;
    const place = { ...at.place, at: position };
    throw refusalAt(place, `The type '${type.name}' has no property '${name}'.`, { target: name });
  }
  const isThere: Expression =
    type === declared
      ? { kind: 'comparison', operator: 'ne', left, right: nullLiteral() }
      : { kind: 'isof', operand: left, type };
  const isOther = derivedFrom(at.binder.model, type).map(
    (derived): Expression => ({
      kind: 'not',
      operand: { kind: 'isof', operand: left, type: derived },
    }),
  );
  const members = [...type.properties.values()].flatMap((property) =>
    member(at, property, path, right),
  );
  if (!type.open) return [isThere, ...isOther, ...members];
  const beside = [...type.properties.keys()];
  const written = writeObject(at.binder, right, new Set(beside));
  return [isThere, ...isOther, ...members, { kind: 'same', left, right: written, beside }];
}

/** What open types have beside what is declared has to be the same. */
function sameUndeclared(
  { binder }: Comparing,
  type: ComplexType,
  left: Path,
  right: Path,
): Expression[] {
  const types = [type, ...derivedFrom(binder.model, type)];
  if (!types.some(({ open }) => open)) return [];
  const beside = new Set(types.flatMap(({ properties }) => [...properties.keys()]));
  return [{ kind: 'same', left, right, beside: [...beside] }];
}

/** Whether a value of an undeclared member is the object that is written, member by member. */
export function equalUndeclared(binder: Binder, left: Path, right: WrittenObject): Expression {
  return { kind: 'same', left, right: writeObject(binder, right, new Set()), beside: [] };
}

/** The JSON of an object in an expression, without the members that are named. */
function writeObject(
  binder: Binder,
  { syntax, scope }: WrittenObject,
  without: ReadonlySet<string>,
): string {
  const members = syntax.members.filter(({ name }) => !name.includes('@') && !without.has(name));
  const written = members.map(({ name, value }) => {
    return `${JSON.stringify(name)}:${writeJson(binder, value, scope)}`;
  });
  return `{${written.join(',')}}`;
}

function writeJson(binder: Binder, syntax: ExpressionSyntax, scope: Scope): string {
  if (syntax.kind === 'object') return writeObject(binder, { syntax, scope }, new Set());
  if (syntax.kind === 'array') {
    return `[${syntax.items.map((each) => writeJson(binder, each, scope)).join(',')}]`;
  }
  const bound = binder.bind(syntax, scope);
  if (bound.kind === 'literal') return JSON.stringify(bound.value);
  const place = { option: scope.option, at: syntax.at };
  throw notServedAt(place, 'An object in a query has to be of constants.');
}

/** The type that an object names. */
function writtenType(
  { binder, place }: Comparing,
  declared: ComplexType,
  { syntax }: WrittenObject,
): ComplexType | undefined {
  const named = syntax.members.find(({ name }) => name === TYPE || name === '@type')?.value;
  if (named?.kind !== 'literal') return undefined;
  const type = findNamedType(binder.model, named.text.replace(/^#/, ''));
  if (type?.kind === 'complex' && isKindOf(type, declared)) return type;
  throw refusalAt(place, `'${named.text}' is no type of '${declared.name}'.`);
}

function member(
  at: Comparing,
  property: Property,
  left: Path,
  right: Path | WrittenObject,
): Expression[] {
  const { type, collection } = property;
  const family = familyOf(type);
  if (family === 'stream') return [];
  const isPlace = family === 'place' && (collection || 'syntax' in right);
  if (isPlace || family === 'untyped' || (collection && type.kind === 'complex')) {
    throw notServedAt(at.place, `Values with '${property.name}' are not compared.`);
  }
  const own = stepInto(left, property);
  const other = 'kind' in right ? stepInto(right, property) : written(at, property, right);
  if (collection) return [equalCollections(own, other as Expression)];
  if (type.kind !== 'complex') return [equal(own, other as Expression)];
  if (at.depth >= DEPTH_MAX) throw notServedAt(at.place, 'These values are compared too deep.');
  const inside = { ...at, depth: at.depth + 1 };
  if ('syntax' in other) return asWritten(inside, type, own, other);
  return other.kind === 'path' ? alike(inside, type, own, other) : [equal(own, other)];
}

/** What an object holds for a property. */
function written(
  { binder, place }: Comparing,
  { name, type, collection }: Property,
  { syntax, scope }: WrittenObject,
): Expression | WrittenObject {
  const value = syntax.members.find((each) => each.name === name)?.value;
  const misfit = () => refusalAt(place, `'${name}' has no such value.`, { target: name });
  if (!value) return collection ? listOf(type, []) : nullLiteral(type);
  if (value.kind === 'object' && type.kind === 'complex' && !collection) {
    return { syntax: value, scope };
  }
  if (collection) {
    if (value.kind !== 'array') throw misfit();
    return bindList(binder, value, { type, scope, misfit });
  }
  const bound = binder.bind(value, scope);
  const fitted = bound.kind === 'literal' ? coerceLiteral(bound, type) : undefined;
  if (!fitted) throw misfit();
  return fitted;
}

function bindList(
  binder: Binder,
  { items }: ArraySyntax,
  { type, scope, misfit }: { type: Property['type']; scope: Scope; misfit: () => Error },
): Literal {
  const values = items.map((item) => {
    const bound = binder.bind(item, scope);
    const fitted = bound.kind === 'literal' ? coerceLiteral(bound, type) : undefined;
    if (!fitted) throw misfit();
    return fitted.value;
  });
  return listOf(type, values);
}

function listOf(type: Property['type'], value: Literal['value'][]): Literal {
  return { kind: 'literal', result: { type, collection: true }, value };
}

function derivedFrom({ types }: Model, type: ComplexType): ComplexType[] {
  return [...types.values()].filter(
    (each): each is ComplexType => each.kind === 'complex' && each !== type && isKindOf(each, type),
  );
}

/** What a derived type adds to its base. */
function ownProperties({ properties, base }: ComplexType): Property[] {
  return [...properties.values()].filter(({ name }) => !base?.properties.has(name));
}

function castTo(path: Path, type: ComplexType): Path {
  return {
    ...path,
    result: { ...path.result, type },
    steps: [...path.steps, { kind: 'cast', type }],
  };
}

function stepInto(path: Path, property: Property): Path {
  const { type, collection } = property;
  const steps = [...path.steps, { kind: 'property', property } as const];
  return { kind: 'path', result: { type, collection }, variable: path.variable, steps };
}

function equal(left: Expression, right: Expression): Expression {
  return { kind: 'comparison', operator: 'eq', left, right };
}

function subset(whole: Expression, part: Expression): Call {
  const result = { type: edm('Edm.Boolean'), collection: false };
  return { kind: 'call', name: 'hassubset', result, args: [whole, part] };
}

function all(operands: readonly Expression[]): Expression {
  return operands.length === 1 ? operands[0]! : { kind: 'and', operands };
}
