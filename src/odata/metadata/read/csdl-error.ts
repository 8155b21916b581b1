/** A model that is not CSDL, or that says what Kith cannot serve; the message names the line. */
export class CsdlError extends Error {
  override readonly name = 'CsdlError';
  /** Counted from 1. */
  readonly line: number;

  constructor(line: number, message: string) {
    super(`Line ${line}: ${message}`);
    this.line = line;
  }
}
