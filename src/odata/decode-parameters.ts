import { Refusal } from '#errors.ts';
import {
  type ComplexType,
  type EntityType,
  localName,
  type Model,
  type Operation,
  type OperationValue,
} from '#model/model.ts';
import { type Document, TYPE, type Value } from '#plan/document.ts';
import { findMissing, refuseIncomplete } from '#plan/find-missing.ts';
import { completeChange, decodeChange, decodeLoaded } from './decode-change.ts';
import { plainProperty } from './undeclared-type.ts';

/** What a known client sends beside the parameters, and Graph does not mind: PnP names one type. */
const UNREAD: ReadonlyMap<string, string> = new Map([['microsoft.graph.getByIds', 'type']]);
/** The name of the only member that stands for an operation's result. */
const RESULT = 'value';

/**
 * The values of an operation's parameters by name, checked against their types: what an action's
 * body says, or what a URL says of a function's (OData JSON 4.01, section 17). Nullable ones that
 * are missing are null, collections empty (Protocol, section 11.5.5.1). Refuses others that are
 * missing, complex values without what they must have, what is not declared, and what does not fit.
 */
export function decodeParameters(
  model: Model,
  operation: Operation,
  given: unknown,
): ReadonlyMap<string, Value> {
  const parameters = operation.bound ? operation.parameters.slice(1) : operation.parameters;
  const body = given ?? {};
  if (typeof body !== 'object' || Array.isArray(body)) {
    throw new Refusal('malformedRequest', 'The request body must be a JSON object.');
  }
  const values = new Map<string, Value>();
  const plain: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(body)) {
    const parameter = parameters.find((each) => each.name === name);
    if (parameter && isEntity(parameter)) {
      values.set(name, decodeEntities(model, parameter, { name, value }));
    } else if (model.isForeign || UNREAD.get(operation.name) !== name) plain[name] = value;
  }
  const simple = parameters.filter((each) => !isEntity(each));
  const type = recordOf(
    operation.name,
    simple.map((parameter) => [parameter.name, parameter]),
  );
  const decoded = completeChange(decodeChange(model, type, plain));
  // A parameter that is missing itself is refused below.
  const missing = findMissing(model.types, type, decoded).filter(({ path }) => path.includes('/'));
  if (missing.length > 0) throw refuseIncomplete(operation, missing);
  for (const [name, value] of Object.entries(decoded)) {
    if (name !== TYPE && value !== undefined) values.set(name, value);
  }
  for (const { name, optional, nullable, collection } of parameters) {
    if (values.has(name) || optional) continue;
    if (!nullable && !collection) {
      const message = `The parameter '${name}' of '${operation.name}' is missing.`;
      throw new Refusal('malformedRequest', message, { target: name });
    }
    values.set(name, collection ? [] : null);
  }
  return values;
}

/**
 * What an operation gives, checked against its declared type as a body is; throws a Refusal where
 * it does not fit. Entities keep what else their documents hold.
 */
export function decodeResult(
  model: Model,
  { name, returns }: Operation,
  given: Value | undefined,
): Value | undefined {
  if (!returns) return undefined;
  if (given === null || given === undefined) return returns.collection ? [] : undefined;
  if (isEntity(returns)) {
    return decodeEntities(model, returns, { name: RESULT, value: given });
  }
  const type = recordOf(name, [[RESULT, returns]]);
  return completeChange(decodeLoaded(model, type, { [RESULT]: given }))[RESULT];
}

function isEntity({ type }: OperationValue): boolean {
  return type.kind === 'entity';
}

/** One entity or many; each keeps the reference by which it may be given. */
function decodeEntities(
  model: Model,
  { type, collection, nullable }: OperationValue,
  { name, value }: { name: string; value: unknown },
): Value {
  if (collection) {
    if (Array.isArray(value)) return value.map((each) => decodeEntity(model, type, each));
    throw invalid(name);
  }
  if (value !== null) return decodeEntity(model, type, value);
  if (nullable) return null;
  throw invalid(name);
}

function decodeEntity(model: Model, type: OperationValue['type'], value: unknown): Document {
  if (type.kind !== 'entity') throw new Error(`${type.name} is no entity type.`);
  const { '@odata.id': long, '@id': short = long } = (value ?? {}) as Record<string, unknown>;
  // The operation may be another root's: its type has the same name in this model.
  const declared = model.types.get(type.name) as EntityType | undefined;
  const document = completeChange(decodeLoaded(model, declared ?? type, value));
  return typeof short === 'string' ? { ...document, '@odata.id': short } : document;
}

function invalid(name: string): Refusal {
  return new Refusal('badRequest', `Invalid value specified for '${name}'.`, { target: name });
}

/** A complex type with the values as its properties, so that they are checked as a body is. */
function recordOf(
  name: string,
  values: readonly (readonly [name: string, value: OperationValue])[],
): ComplexType {
  const properties = values.map(([each, { type, ...value }]) => {
    if (type.kind === 'entity') throw new Error(`${each} is an entity, not a value.`);
    return [each, plainProperty(each, { ...value, type })] as const;
  });
  return {
    kind: 'complex',
    name: localName(name),
    base: undefined,
    abstract: false,
    open: false,
    opensTo: undefined,
    kinds: new Set(),
    properties: new Map(properties),
    navigation: new Map(),
    annotations: {},
  };
}
