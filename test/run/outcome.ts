/** A test that failed, with all that is known about why. */
export interface Failure {
  /** The test's names from the outermost suite inwards, joined by ` > `. */
  readonly name: string;
  /** Path and line, relative to the repository. */
  readonly place: string;
  readonly reason: string;
}

/** A test that did not run, with the reason its author gave. */
export interface Skip {
  readonly name: string;
  readonly reason: string;
}

/** What one group of tests (a check, the unit tests, or a file) came to. */
export interface Outcome {
  readonly group: string;
  readonly passed: number;
  readonly failures: readonly Failure[];
  readonly skips: readonly Skip[];
  readonly milliseconds: number;
  /** What the tests printed; shown only where it explains a failure. */
  readonly output: string;
}
