import type { EntityType, PropertyType } from '#model/model.ts';
import type { Conversion, Expression, Path } from '#plan/expression.ts';
import { calculateValues, negateValue } from './naive-arithmetic.ts';
import { callFunction } from './naive-call.ts';
import { readFraction, truncate, whole, writeFraction } from './naive-number.ts';
import { bitsOf, compareValues, doubleOf, type Naive, readValue } from './naive-value.ts';
import { isOfType, type NaiveScope, type NaiveWorld, type Spot } from './naive-world.ts';

/**
 * What an expression means, straight from the specification (OData URL Conventions 4.01, section
 * 5.1.1): logic is three-valued with null as unknown, comparisons are true or false.
 */
export class NaiveEvaluator {
  private readonly world: NaiveWorld;

  constructor(world: NaiveWorld) {
    this.world = world;
  }

  value(expression: Expression, scope: NaiveScope): Naive {
    switch (expression.kind) {
      case 'literal':
        return readValue(expression.result.type, expression.value);
      case 'path':
        return this.pathValue(expression, scope);
      case 'negation':
        return negateValue(this.value(expression.operand, scope));
      case 'arithmetic': {
        const { operator, left, right } = expression;
        return calculateValues(operator, this.value(left, scope), this.value(right, scope));
      }
      case 'call':
        return this.call(expression, scope);
      case 'count':
        return this.count(expression, scope);
      case 'cast':
        return this.cast(expression, scope);
      case 'case': {
        const branch = expression.branches.find(
          (each) => this.truth(each.condition, scope) === true,
        );
        return branch ? this.value(branch.value, scope) : null;
      }
      default: {
        const value = this.truth(expression, scope);
        return value === null ? null : { kind: 'boolean', value };
      }
    }
  }

  truth(expression: Expression, scope: NaiveScope): boolean | null {
    switch (expression.kind) {
      case 'not': {
        const value = this.truth(expression.operand, scope);
        return value === null ? null : !value;
      }
      case 'and':
      case 'or': {
        const decides = expression.kind === 'or';
        const values = expression.operands.map((each) => this.truth(each, scope));
        if (values.includes(decides)) return decides;
        return values.includes(null) ? null : !decides;
      }
      case 'comparison': {
        const { operator, left, right } = expression;
        return compareBy(operator, this.value(left, scope), this.value(right, scope));
      }
      case 'in': {
        const value = this.value(expression.operand, scope);
        return this.listOf(expression.list, scope).some((each) => isEqual(value, each));
      }
      case 'has': {
        const value = this.value(expression.operand, scope);
        const flags = this.value(expression.flags, scope);
        if (value?.kind !== 'enum' || flags?.kind !== 'enum') return null;
        return (bitsOf(value) & bitsOf(flags)) === bitsOf(flags);
      }
      case 'any':
      case 'all':
        return this.quantify(expression, scope);
      case 'isof':
        return this.isOf(expression.operand, expression.type, scope);
      default: {
        const value = this.value(expression, scope);
        return value?.kind === 'boolean' ? value.value : null;
      }
    }
  }

  private pathValue(path: Path, scope: NaiveScope): Naive {
    const at = this.world.follow(path, scope);
    if (at === null) return null;
    if (Array.isArray(at)) return { kind: 'structure' };
    const spot = at as Spot;
    return readValue(spot.type, spot.value);
  }

  private members(path: Path, scope: NaiveScope): readonly Spot[] {
    return (this.world.follow(path, scope) ?? []) as readonly Spot[];
  }

  private listOf(list: readonly Expression[], scope: NaiveScope): Naive[] {
    const [first] = list;
    if (first?.kind !== 'path' || !first.result.collection) {
      return list.map((each) => this.value(each, scope));
    }
    return this.members(first, scope).map(({ type, value }) => readValue(type, value));
  }

  private quantify(expression: Expression & { kind: 'any' | 'all' }, scope: NaiveScope): boolean {
    const { kind, collection, predicate, variable } = expression;
    const meets = (member: Spot) =>
      !predicate || this.truth(predicate, new Map(scope).set(variable, member)) === true;
    const members = this.members(collection, scope);
    return kind === 'any' ? members.some(meets) : members.every(meets);
  }

  private count(expression: Expression & { kind: 'count' }, scope: NaiveScope): Naive {
    const { collection, filter, variable } = expression;
    const counted = this.members(collection, scope).filter(
      (member) => !filter || this.truth(filter, new Map(scope).set(variable, member)) === true,
    );
    return { kind: 'whole', number: whole(BigInt(counted.length)) };
  }

  private call({ name, args }: Expression & { kind: 'call' }, scope: NaiveScope): Naive {
    if (name === 'hassubset' || name === 'hassubsequence') {
      const [all, some] = args.map((each) => this.collectionOf(each, scope));
      const value = name === 'hassubset' ? isSubset(all!, some!) : isSubsequence(all!, some!);
      return { kind: 'boolean', value };
    }
    const [first] = args;
    if (name === 'length' && first?.kind === 'path' && first.result.collection) {
      return { kind: 'whole', number: whole(BigInt(this.members(first, scope).length)) };
    }
    return callFunction(
      name,
      args.map((each) => this.value(each, scope)),
    );
  }

  private collectionOf(expression: Expression, scope: NaiveScope): Naive[] {
    if (expression.kind === 'path') return this.listOf([expression], scope);
    if (expression.kind !== 'literal') throw new Error('This is no collection.');
    const values = expression.value as readonly (string | number)[];
    return values.map((each) => readValue(expression.result.type, each));
  }

  private cast({ operand, result }: Conversion, scope: NaiveScope): Naive {
    const value = this.value(operand, scope);
    const type = result.type;
    if (value === null || type?.kind !== 'primitive') return null;
    if (type.name === 'Edm.String') return { kind: 'text', text: writeValue(value) };
    if (value.kind === 'text') {
      const read = readValue(type, value.text);
      return type.name.startsWith('Edm.Int') ? within(read, type.name) : read;
    }
    if (type.name === 'Edm.Double') return { kind: 'float', value: doubleOf(value) };
    const number =
      value.kind === 'float'
        ? readFraction(String(value.value))
        : 'number' in value && value.number;
    if (!number) return null;
    if (type.name === 'Edm.Decimal') return { kind: 'exact', number };
    return within({ kind: 'whole', number }, type.name);
  }

  private isOf(operand: Expression, type: PropertyType | EntityType, scope: NaiveScope): boolean {
    if (type.kind !== 'complex' && type.kind !== 'entity') {
      const value = this.value(operand, scope);
      return value !== null && operand.kind === 'path' && operand.result.type === type;
    }
    const at = operand.kind === 'path' ? this.world.follow(operand, scope) : null;
    return at !== null && isOfType((at as Spot).value, type.name);
  }
}

function compareBy(operator: string, one: Naive, other: Naive): boolean {
  if (operator === 'eq') return isEqual(one, other);
  if (operator === 'ne') return !isEqual(one, other);
  if (one === null || other === null || !isComparable(one, other)) return false;
  const order = compareValues(one, other);
  if (operator === 'gt') return order > 0;
  if (operator === 'ge') return order >= 0;
  return operator === 'lt' ? order < 0 : order <= 0;
}

function isEqual(one: Naive, other: Naive): boolean {
  if (one === null || other === null) return one === other;
  return isComparable(one, other) && compareValues(one, other) === 0;
}

/** A value of an open type may be of any kind: beside one of another kind it counts as null. */
function isComparable(one: NonNullable<Naive>, other: NonNullable<Naive>): boolean {
  const family = ({ kind }: NonNullable<Naive>) =>
    kind === 'whole' || kind === 'exact' || kind === 'float' ? 'number' : kind;
  const kinds = [family(one), family(other)];
  return kinds[0] === kinds[1] || kinds.every((kind) => kind === 'date' || kind === 'instant');
}

function isSubset(all: readonly Naive[], some: readonly Naive[]): boolean {
  const left = [...all];
  return some.every((each) => {
    const at = left.findIndex((other) => isEqual(each, other));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

function isSubsequence(all: readonly Naive[], some: readonly Naive[]): boolean {
  let at = 0;
  for (const each of all) if (at < some.length && isEqual(each, some[at]!)) at += 1;
  return at === some.length;
}

function writeValue(value: NonNullable<Naive>): string {
  if (value.kind === 'boolean') return String(value.value);
  if ('number' in value) return writeFraction(value.number);
  if ('text' in value && value.text !== undefined) return value.text;
  throw new Error(`${value.kind} is not written as text.`);
}

function within(value: Naive, name: string): Naive {
  if (!value || !('number' in value)) return null;
  const cut = truncate(value.number);
  const bits = BigInt(name.slice('Edm.Int'.length));
  const limit = 2n ** (bits - 1n);
  return cut >= -limit && cut < limit ? { kind: 'whole', number: whole(cut) } : null;
}
