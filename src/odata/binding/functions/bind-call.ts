import type { PrimitiveName } from '#model/model.ts';
import { type Call, type Expression, type FunctionName, functionNames } from '#plan/expression.ts';
import type { CallSyntax } from '../../language/expressions/syntax.ts';
import type { Binder, Scope } from '../binder.ts';
import { fit } from '../operands/agree.ts';
import { coerceLiteral } from '../operands/coerce-literal.ts';
import {
  edm,
  familyOf,
  isFloat,
  isInteger,
  isNull,
  nameOf,
  resultOf,
} from '../operands/value-types.ts';
import { notServedAt, type Place, refusalAt } from '../refuse-at.ts';
import { fitList, memberOf } from './fit-members.ts';
import { forCollections, type ParameterKind, type Signature, signatures } from './signatures.ts';

const names: ReadonlySet<string> = new Set(functionNames);

/** A call of a canonical function, its arguments brought to the types that it takes. */
export function bindCall(binder: Binder, syntax: CallSyntax, scope: Scope): Call {
  const place = { option: scope.option, at: syntax.at };
  const name = syntax.name.toLowerCase() as FunctionName;
  if (!names.has(name)) throw notServedAt(place, `The function '${syntax.name}' is not served.`);
  const given = syntax.arguments.map((argument) => binder.bind(argument, scope));
  const signature = signatures[name];
  const least = signature.parameters.length - signature.optional;
  if (given.length < least || given.length > signature.parameters.length) {
    throw noSignature(place, syntax.name, given);
  }
  const args = bindArguments(place, name, given);
  if (name === 'substring') checkLength(place, args[2]);
  return { kind: 'call', name, result: resultType(signature, args), args };
}

function bindArguments(
  place: Place,
  name: FunctionName,
  given: readonly Expression[],
): readonly Expression[] {
  const [first] = given;
  const isCollection = first !== undefined && resultOf(first).collection;
  if (name === 'length' && isCollection) return given;
  if (isCollection && forCollections.has(name)) {
    throw notServedAt(place, `The function '${name}' is not served for collections.`);
  }
  const args = given.map((each, index) => accept(each, signatures[name].parameters[index]!));
  const fitted = args.filter((each) => each !== undefined);
  if (fitted.length < given.length || !areAlike(fitted)) throw noSignature(place, name, given);
  return name.startsWith('hassub') ? fitMembers(place, name, fitted) : fitted;
}

/** The argument as the parameter wants it; undefined where it is of another type. */
function accept(argument: Expression, parameter: ParameterKind): Expression | undefined {
  const { type, collection } = resultOf(argument);
  if (parameter === 'collection') return collection || !type ? argument : undefined;
  if (collection) return undefined;
  if (familyOf(type) === 'untyped') return argument;
  if (parameter === 'integer') return isInteger(type) ? argument : undefined;
  if (parameter === 'number') return familyOf(type) === 'numeric' ? argument : undefined;
  if (type && parameter.includes(type.name as PrimitiveName)) return argument;
  if (argument.kind !== 'literal') return undefined;
  for (const name of parameter) {
    const coerced = coerceLiteral(argument, edm(name));
    if (coerced) return coerced;
  }
  return undefined;
}

/** Places on the earth and on a plane have nothing to do with each other. */
function areAlike(args: readonly Expression[]): boolean {
  const systems = args
    .filter((each) => familyOf(resultOf(each).type) === 'place')
    .map((each) => resultOf(each).type?.name.startsWith('Edm.Geography'));
  return new Set(systems).size <= 1;
}

/** Members of two collections have to compare; those of a literal take the other's type. */
function fitMembers(
  place: Place,
  name: FunctionName,
  args: readonly Expression[],
): readonly Expression[] {
  const [left, right] = args as [Expression, Expression];
  const one = memberOf(left);
  const other = memberOf(right);
  if (familyOf(resultOf(one).type) === 'complex' || familyOf(resultOf(one).type) === 'entity') {
    throw notServedAt(place, `The function '${name}' is served for primitive values alone.`);
  }
  if (isNull(left) || isNull(right) || fit(one, other) || fit(other, one)) {
    return [fitList(left, right), fitList(right, left)];
  }
  throw noSignature(place, name, args);
}

function resultType({ result }: Signature, args: readonly Expression[]): Call['result'] {
  if (result !== 'same') return { type: edm(result), collection: false };
  const isDouble = args.some((each) => isFloat(resultOf(each).type));
  return { type: edm(isDouble ? 'Edm.Double' : 'Edm.Decimal'), collection: false };
}

function checkLength(place: Place, length: Expression | undefined): void {
  if (length?.kind !== 'literal' || length.value === null || Number(length.value) >= 0) return;
  throw refusalAt(place, "The length that 'substring' takes cannot be negative.");
}

function noSignature(place: Place, name: string, given: readonly Expression[]): Error {
  const signature = signatures[name.toLowerCase() as FunctionName];
  const described = signature.parameters.map((each) =>
    typeof each === 'string' ? each : each.join(' or '),
  );
  const found = given.map((each) => nameOf(resultOf(each))).join(', ');
  return refusalAt(
    place,
    `No function signature for the function with name '${name}' matches the specified ` +
      `arguments. It takes (${described.join(', ')}), and is given (${found}).`,
  );
}
