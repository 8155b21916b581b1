import { Refusal } from '#errors.ts';

/** Where a text stops being well formed, and why. */
export interface SyntaxProblem {
  /** What is read: `$filter`, `the path`. */
  readonly target: string;
  /** The 0-based character of the option's decoded text. */
  readonly position: number;
  /** A clause without its full stop: `Expected a name, found ')'`. */
  readonly problem: string;
  /** The same place in the text that the entry point was given, before decoding. */
  readonly rawPosition?: number;
}

/**
 * A request that is not written in the language: 400, as OData Protocol 4.01, section 9.3 asks.
 * The message says the position and what was expected; tests and callers read them as fields.
 */
export class SyntaxRefusal extends Refusal {
  readonly position: number;
  readonly problem: string;
  readonly rawPosition: number;

  constructor({ target, position, problem, rawPosition = position }: SyntaxProblem) {
    super('malformedRequest', sayProblem({ target, position, problem }), { target });
    this.position = position;
    this.problem = problem;
    this.rawPosition = rawPosition;
  }

  /** What the refusal says, as data. */
  describe(): SyntaxProblem {
    const { target = '', position, problem, rawPosition } = this;
    return { target, position, problem, rawPosition };
  }

  /** The same refusal, with its place in the raw text. */
  locate(rawPosition: number): SyntaxRefusal {
    const { target = '', position, problem } = this;
    return new SyntaxRefusal({ target, position, problem, rawPosition });
  }
}

function sayProblem({ target, position, problem }: SyntaxProblem): string {
  if (!target.startsWith('$')) return `${problem}, at character ${position} of ${target}.`;
  const [first = '', ...rest] = problem;
  return `Invalid ${target}: ${first.toLowerCase()}${rest.join('')}, at character ${position}.`;
}
