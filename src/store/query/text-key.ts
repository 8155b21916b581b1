import type { EntityType, PropertyType } from '#model/model.ts';
import { foldText } from '#plan/compare.ts';
import type { Context } from './context.ts';
import type { Fragment } from './fragment.ts';

type TextType = PropertyType | EntityType | undefined;

/**
 * Whether texts of the type compare without regard to case. All do in Graph; where OData's rules
 * alone hold, strings differ by their case (URL Conventions 4.01, 5.1.1.1.1), GUIDs do not.
 */
export function ignoresCase({ model }: Context, type: TextType): boolean {
  return !model.isForeign || (type?.kind === 'primitive' && type.name === 'Edm.Guid');
}

/** The key by which a text of the type is compared; without a type, that of a string. */
export function textKey(context: Context, text: Fragment, type?: TextType): Fragment {
  const { words } = context;
  return ignoresCase(context, type) ? words.fold(text) : words.keyText(text);
}

/** The key of a constant text, as `textKey` makes it in the database. */
export function constantKey(context: Context, text: string, type?: TextType): string {
  return ignoresCase(context, type) ? foldText(text) : text.replaceAll('\0', '\u0001');
}
