import type { Dialect } from '#model/dialect.ts';
import type { Model, Property } from '#model/model.ts';
import { TYPE, type Value } from '#plan/document.ts';
import type { Target } from '#plan/target.ts';
import { meaningOf, restore } from './translate-value.ts';

/** What every plan that a dialect may be spoken in has. */
export interface DialectPlan {
  readonly model: Model;
  readonly target: Target;
}

/**
 * The plan in Graph's dialect that a plan of the dialect means: every type, property, navigation
 * and set in it replaced by the one that is meant. What an open type holds is nobody's dialect.
 */
export function translatePlan<Plan extends DialectPlan>(dialect: Dialect, plan: Plan): Plan {
  const meant = new Translation(dialect).value(plan) as Plan;
  const { resource } = plan.target;
  const rest = plan.target.template.slice(`/${resource.name}`.length);
  const template = `/${meant.target.resource.name}${rest}`;
  return { ...meant, target: { ...meant.target, template } };
}

type Plain = Readonly<Record<string, unknown>>;

class Translation {
  private readonly dialect: Dialect;

  constructor(dialect: Dialect) {
    this.dialect = dialect;
  }

  value(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    const { meanings, parts } = this.dialect;
    const meaning = meanings.get(value);
    if (meaning) return meaning;
    if (parts.has(value)) return value;
    if (Array.isArray(value)) return value.map((each) => this.value(each));
    if (value instanceof Map)
      return new Map([...value].map(([key, each]) => [key, this.value(each)]));
    if (value instanceof Set) return new Set([...value].map((each) => this.value(each)));
    if (Object.getPrototypeOf(value) !== Object.prototype) return value;
    return this.members(value as Plain);
  }

  private members(value: Plain): Plain {
    const members: Record<string, unknown> = {};
    for (const [name, held] of Object.entries(value)) {
      if (name === 'undeclared') members[name] = held;
      else if (name === TYPE) members[name] = meaningOf(this.dialect, held as Value);
      else members[name] = this.value(held);
    }
    return this.keepUnsaid(value, members);
  }

  /** A collection that is written anew keeps in its members what the dialect does not say. */
  private keepUnsaid(value: Plain, members: Plain): Plain {
    const property = value.property as Property | undefined;
    const isWritten = value.kind === 'value' && Array.isArray(value.value);
    if (!isWritten || property?.type?.kind !== 'complex') return members;
    const written = value.value as Value;
    const { dialect } = this;
    return {
      ...members,
      keeping: (before: Value | undefined) => restore(dialect, property, written, before),
    };
  }
}
