import { Refusal } from '#errors.ts';

/** What a behaviour throws to refuse a call. */
interface Thrown {
  readonly status?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly target?: unknown;
}

/** A refusal in a behaviour's own words, with a status and a code of its own. */
class BehaviourRefusal extends Refusal {
  override readonly status: number;
  override readonly code: string;

  constructor(status: number, code: string, message: string, target: string | undefined) {
    super('operationRefused', message, target === undefined ? {} : { target });
    this.status = status;
    this.code = code;
  }
}

/**
 * What a behaviour has thrown, as the client gets it: a refusal as it is, what carries a status
 * from 400 to 499 as such, and anything else as an error of the server.
 */
export function readThrown(thrown: unknown, operation: string): Error {
  if (thrown instanceof Refusal) return thrown;
  const { status, code, message, target } = (thrown ?? {}) as Thrown;
  if (Number.isInteger(status) && (status as number) >= 400 && (status as number) < 500) {
    return new BehaviourRefusal(
      status as number,
      typeof code === 'string' ? code : 'OperationRefused',
      typeof message === 'string' ? message : `'${operation}' refuses the call.`,
      typeof target === 'string' ? target : undefined,
    );
  }
  return new Error(`The behaviour of '${operation}' has failed.`, { cause: thrown });
}
