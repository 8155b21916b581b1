import type {
  EntityType,
  Navigation,
  Property,
  PropertyType,
  StructuredType,
} from '#model/model.ts';
import { findPrimitive, type PrimitiveName } from '#model/model-primitives.ts';
import type { Value } from '#plan/document.ts';
import type {
  Call,
  Comparison,
  Expression,
  FunctionName,
  Literal,
  Path,
  PathStep,
} from '#plan/expression.ts';
import { queryModel } from './query-model.ts';

/** The type of that name in the queries' model. */
export function typeNamed(name: string): PropertyType | EntityType {
  const type = findPrimitive(name) ?? queryModel.types.get(name);
  if (!type) throw new Error(`There is no type ${name}.`);
  return type;
}

/** A constant of a named type. */
export function literal(type: PrimitiveName | `test.${string}`, value: Value): Literal {
  const collection = Array.isArray(value);
  return { kind: 'literal', result: { type: typeNamed(type), collection }, value };
}

/** Null. */
export const nothing: Literal = {
  kind: 'literal',
  result: { type: undefined, collection: false },
  value: null,
};

/**
 * The path from a variable along names: properties, navigation, `test.type` for a cast, `?name`
 * for an undeclared member, `'key'` for a member of a navigation.
 */
export function path(written: string, variable = '$it', start: string = 'test.item'): Path {
  let type: PropertyType | EntityType | undefined = typeNamed(start);
  let collection = false;
  const steps: PathStep[] = [];
  for (const name of written === '' ? [] : written.split('/')) {
    const structured = type as StructuredType & { navigation: ReadonlyMap<string, Navigation> };
    const property: Property | undefined = structured?.properties?.get(name);
    const navigation: Navigation | undefined = structured?.navigation?.get(name);
    if (name.startsWith('?')) {
      steps.push({ kind: 'dynamic', name: name.slice(1) });
      type = undefined;
    } else if (name.startsWith("'")) {
      steps.push({ kind: 'key', value: name.slice(1, -1) });
      collection = false;
    } else if (name.startsWith('test.')) {
      type = typeNamed(name);
      steps.push({ kind: 'cast', type: type as StructuredType });
    } else if (property) {
      steps.push({ kind: 'property', property });
      ({ type, collection } = property);
    } else if (navigation) {
      steps.push({ kind: 'navigation', navigation });
      type = navigation.target;
      collection = navigation.collection;
    } else throw new Error(`There is no ${name} in ${written}.`);
  }
  return { kind: 'path', result: { type, collection }, variable, steps };
}

/** A comparison. */
export function compare(
  left: Expression,
  operator: Comparison['operator'],
  right: Expression,
): Comparison {
  return { kind: 'comparison', operator, left, right };
}

/** A canonical function. */
export function call(name: FunctionName, ...args: readonly Expression[]): Call {
  return { kind: 'call', name, result: { type: undefined, collection: false }, args };
}
