import {
  isKindOf,
  mayHave,
  type Navigation,
  type Property,
  type StructuredType,
} from '#model/model.ts';
import type { Path, PathStep } from '#plan/expression.ts';
import type { ExpressionSyntax, NameStep } from '../../language/expressions/syntax.ts';
import type { Binder, Scope, ValueType, Variable } from '../binder.ts';
import { familyOf } from '../operands/value-types.ts';
import { notServedAt, type Place, refusalAt } from '../refuse-at.ts';
import { bindKey } from './bind-key.ts';
import { areRelated, checkCast } from './check-cast.ts';
import { checkQueryable, findAmongDerived, findDeclared, refuseMember } from './find-member.ts';
import { findNamedType, isOperation } from './find-named-type.ts';

/** A path as far as it is followed: the steps, and the type and number of what they lead to. */
export class MemberPath {
  private readonly binder: Binder;
  private readonly scope: Scope;
  private readonly variable: string;
  private readonly steps: PathStep[] = [];
  type: ValueType | undefined;
  collection: boolean;
  /** Predicates of `/$filter(...)`, which hold for what comes next: an `any`, `all` or `$count`. */
  readonly filters: ExpressionSyntax[] = [];

  constructor(binder: Binder, scope: Scope, start: Variable | Path) {
    this.binder = binder;
    this.scope = scope;
    this.collection = false;
    if ('kind' in start) {
      this.variable = start.variable;
      this.steps.push(...start.steps);
      this.type = start.result.type;
      this.collection = start.result.collection;
    } else {
      this.variable = start.name;
      this.type = start.type;
    }
  }

  /** The path as an expression. */
  toPath(): Path {
    const { variable, steps, type, collection } = this;
    return { kind: 'path', result: { type, collection }, variable, steps: [...steps] };
  }

  /** Whether a collection is reached, as far as its type says. */
  get mayBeCollection(): boolean {
    return this.collection || familyOf(this.type) === 'untyped';
  }

  place(at: number): Place {
    return { option: this.scope.option, at };
  }

  /** Follows a name: a property, a navigation, a type that casts, or a dynamic member. */
  name(step: NameStep): void {
    const { type } = this;
    const owner = type?.kind === 'entity' || type?.kind === 'complex' ? type : undefined;
    const member = owner && !this.collection ? findDeclared(owner, step.name) : undefined;
    const isUnknown = owner && !this.collection && !member;
    const derived = isUnknown ? findAmongDerived(this.binder.model, owner, step.name) : undefined;
    if (member?.kind === 'property') this.property(owner!, member.property, step);
    else if (member) this.navigation(member.navigation, step);
    else if (derived) this.property(owner!, derived, step);
    else if (!this.cast(step)) {
      const isOpen = owner ? mayHave(owner, step.name) : familyOf(type) === 'untyped';
      this.undeclared(step, isOpen);
    }
  }

  /** Picks one member of a navigation's collection. */
  key(at: number, parentheses: NonNullable<NameStep['parentheses']>): void {
    const { type } = this;
    if (!this.collection || type?.kind !== 'entity' || this.filters.length > 0) {
      throw refusalAt(this.place(at), 'A key can only stand behind a collection of entities.');
    }
    const value = bindKey(this.binder, { type, parentheses, at }, this.scope);
    this.steps.push({ kind: 'key', value });
    this.collection = false;
  }

  private property(owner: StructuredType, property: Property, step: NameStep): void {
    if (step.parentheses) throw this.refuseFunction(step);
    checkQueryable(this.binder, owner, property, this.place(step.at));
    this.steps.push({ kind: 'property', property });
    this.type = property.type;
    this.collection = property.collection;
  }

  private navigation(navigation: Navigation, step: NameStep): void {
    this.steps.push({ kind: 'navigation', navigation });
    this.type = navigation.target;
    this.collection = navigation.collection;
    if (step.parentheses) this.key(step.at, step.parentheses);
  }

  /** What is neither a member nor a type: a member of an open type, or nothing at all. */
  private undeclared(step: NameStep, isOpen: boolean): void {
    const { name, at, parentheses } = step;
    if (parentheses || isOperation(this.binder.model, name)) throw this.refuseFunction(step);
    if (this.collection) {
      const message =
        `The parent value for a property access of a property '${name}' is not a single value. ` +
        'Property access can only be applied to a single value.';
      throw refusalAt(this.place(at), message, { target: name });
    }
    if (!isOpen || name.includes('.')) throw this.refuseName(name, at);
    this.steps.push({ kind: 'dynamic', name });
    this.type = undefined;
  }

  /** Casts if the name is a type's. */
  private cast({ name, at, parentheses }: NameStep): boolean {
    const wanted = findNamedType(this.binder.model, name);
    if (wanted?.kind !== 'entity' && wanted?.kind !== 'complex') return false;
    const { type } = this;
    const owner = type?.kind === 'entity' || type?.kind === 'complex' ? type : undefined;
    // Without a namespace it may as well be a dynamic member.
    if (!name.includes('.') && !(owner && areRelated(owner, wanted))) return false;
    if (!owner) throw notServedAt(this.place(at), 'Only entities and complex values are cast.');
    checkCast(this.place(at), owner, wanted);
    if (!isKindOf(owner, wanted)) this.steps.push({ kind: 'cast', type: wanted });
    this.type = wanted;
    if (parentheses) this.key(at, parentheses);
    return true;
  }

  private refuseFunction({ name, at }: NameStep): Error {
    if (isOperation(this.binder.model, name)) {
      return notServedAt(this.place(at), `The function '${name}' is not served in a query.`);
    }
    const message = `An unknown function with name '${name}' was found.`;
    return refusalAt(this.place(at), message, { target: name });
  }

  private refuseName(name: string, at: number): Error {
    const steps = [...this.steps.flatMap(nameOf), name];
    const path = steps.length > 1 ? { path: steps.join('/') } : {};
    const place = { ...this.place(at), ...path };
    if (!name.includes('.') && this.type) return refuseMember(place, this.type, name);
    return refusalAt(place, `The type '${name}' is not declared.`, { target: name });
  }
}

function nameOf(step: PathStep): string[] {
  if (step.kind === 'property') return [step.property.name];
  if (step.kind === 'navigation') return [step.navigation.name];
  return step.kind === 'dynamic' ? [step.name] : [];
}
