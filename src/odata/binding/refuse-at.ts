import { Refusal, type RefusalName } from '#errors.ts';

/** A character of an option's decoded text: what a refusal points at. */
export interface Place {
  /** The option whose text it is: `$filter`, `@alias`. */
  readonly option: string;
  readonly at: number;
  /** The path that ends there, where it has more than one step. */
  readonly path?: string;
}

/** What a refusal says beside its message. */
export interface RefuseOptions {
  /** The entry of the catalogue; `malformedRequest` where nothing is said. */
  readonly name?: RefusalName;
  /** The property that is refused; the option where nothing is said. */
  readonly target?: string;
}

/** A refusal of what stands at a place; the message is one or more whole sentences. */
export function refusalAt(place: Place, message: string, options: RefuseOptions = {}): Refusal {
  const { name = 'malformedRequest', target = place.option } = options;
  const path = place.path === undefined ? '' : `, in '${place.path}'`;
  const where = `It stands at character ${place.at} of ${place.option}${path}.`;
  return new Refusal(name, `${message} ${where}`, { target });
}

/** A refusal of what is well-formed and has no behaviour here: 501. */
export function notServedAt(place: Place, message: string): Refusal {
  return refusalAt(place, message, { name: 'notImplemented' });
}
