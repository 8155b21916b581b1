import { Refusal } from '#errors.ts';
import type { PropertyType } from '#model/model.ts';
import type { Call, Expression } from '#plan/expression.ts';
import type { Scope } from '../binding.ts';
import type { Context } from '../context.ts';
import { type Fragment, join, sql } from '../fragment.ts';

/**
 * The call of a function of places (OData URL Conventions 4.01, section 5.1.1.11): its arguments as
 * text, which is GeoJSON or what a literal has between its quotes, and whether they lie on the
 * earth or on a plane.
 */
export function compilePlaceCall(context: Context, call: Call, scope: Scope): Fragment {
  const { name, args } = call;
  const texts = args.map((each) => placeText(context, call, each, scope));
  const isPlane = args.some((each) => typeOf(each)?.name.startsWith('Edm.Geometry'));
  const surface = context.words.bind('text', isPlane ? 'plane' : 'earth');
  return sql`kith_${name.replace('.', '_')}(${join([...texts, surface], ', ')})`;
}

function placeText(context: Context, call: Call, argument: Expression, scope: Scope): Fragment {
  // Both notations are read alike, so that a cast of a text has nothing to do.
  const read = argument.kind === 'cast' ? argument.operand : argument;
  if (read.kind === 'literal') {
    const { value } = read;
    if (value === null || typeof value === 'string') return context.words.bind('text', value);
    return context.words.bind('text', JSON.stringify(value));
  }
  const operand = context.value(read, scope);
  if (operand.kind === 'null') return context.words.bind('text', null);
  const known = operand.as ? operand.as('structure') : operand;
  if (known.kind === 'structure') return known.key;
  if (known.kind === 'text' && known.text) return known.text();
  const message = `The function '${call.name}' is not supported for these arguments.`;
  throw new Refusal('notImplemented', message, { target: call.name });
}

function typeOf(argument: Expression): PropertyType | undefined {
  const type = 'result' in argument ? argument.result.type : undefined;
  return type?.kind === 'entity' ? undefined : type;
}
