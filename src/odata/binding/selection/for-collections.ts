import type { OptionsSyntax } from '../../language/options/syntax.ts';
import { type Place, refusalAt } from '../refuse-at.ts';

const names = ['$filter', '$orderby', '$skip', '$top', '$count', '$search'] as const;

/** The first of the options that only a collection takes; undefined where none is there. */
export function findForCollection(options: OptionsSyntax): string | undefined {
  return names.find((name) => options[name] !== undefined);
}

/** The refusal of such an option at what is no collection. */
export function refuseForSingle(place: Place, member: string, option: string): Error {
  const message = `'${member}' is no collection and takes no ${option}.`;
  return refusalAt(place, message, { target: member });
}
