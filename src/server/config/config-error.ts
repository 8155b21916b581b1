/**
 * A start that the operator can put right: the message is one clear sentence that says how.
 * The caller prints it without a stack and ends with exit code 2.
 */
export class ConfigError extends Error {
  constructor(message: string, options?: { readonly cause: unknown }) {
    super(message, options);
    this.name = 'ConfigError';
  }
}
