import type { ExpressionSyntax } from '../language/expressions/syntax.ts';
import type { OptionsSyntax } from '../language/options/syntax.ts';

/** What of a request beside its path may say what the path means. */
export interface PathOptions {
  /** The options, which hold aliases and parameters; read only where the path may need them. */
  readonly options: () => OptionsSyntax | undefined;
  /** Root URL of the service, with which absolute ids begin; undefined where none is known. */
  readonly serviceRoot: string | undefined;
}

/** A path on its own. */
export const noOptions: PathOptions = { options: () => undefined, serviceRoot: undefined };

/** The aliases of a request, looked up only when one is asked for. */
export function aliasesOf({ options }: PathOptions): ReadonlyMap<string, ExpressionSyntax> {
  return options()?.aliases ?? new Map();
}
