import { type EntityType, findType, type Model } from '#model/model.ts';
import type { AnswerMembers, AnswerText } from '#plan/answer.ts';
import { type Document, TYPE } from '#plan/document.ts';
import type { Selection } from '#plan/query.ts';
import type { Wanted } from '#plan/store.ts';
import { notFound, type Place } from './place.ts';
import { rulesOf } from './rules.ts';
import type { RuleContext } from './type-rules.ts';

/** What the shape of an answer depends on. */
export interface Shape {
  readonly model: Model;
  readonly type: EntityType;
  readonly selection: Selection;
}

/**
 * Which stored text is the whole answer, if any is: nothing chosen, computed or left out. At
 * `/localtest` that is the document, which names its types; at `/v1.0` the default view.
 */
export function wholeText({ model, type, selection }: Shape): Wanted | undefined {
  const { properties, expand, compute } = selection;
  const isChosen = properties !== undefined || expand.length > 0 || compute.length > 0;
  if (isChosen || rulesOf(type.name).decorate || !isStoredAsShown.has(type.name)) return undefined;
  if (model.scope === 'localtest') return 'doc';
  return model.scope === 'v1.0' && type.defaultSet ? 'view' : undefined;
}

/** Types whose stored document has no members but those that `/localtest` shows. */
const isStoredAsShown: ReadonlySet<string> = new Set(['microsoft.graph.user']);

/** The members of one entity for this caller, from its stored text or from what it is unwritten. */
export async function shownMembers(
  type: EntityType,
  text: string | undefined,
  context: RuleContext,
): Promise<Document> {
  const rules = rulesOf(type.name);
  const { place } = context;
  if (text === undefined && rules.missing) throw rules.missing(context);
  const stored =
    text === undefined ? await rules.initial?.(context) : (JSON.parse(text) as Document);
  if (!stored) throw notFound(place.key ?? place.ownerId);
  const members = rules.resolve?.(stored, context) ?? stored;
  return (await rules.decorate?.(members, context)) ?? members;
}

/** The type that a stored document names, as the root knows it; else the declared one. */
export function actualType(model: Model, declared: EntityType, members: Document): EntityType {
  const named = findType(model, String(members[TYPE]));
  return named?.kind === 'entity' ? named : declared;
}

/** The content of an answer that shows chosen members. */
export function membersContent(
  { type, selection }: Pick<Shape, 'type' | 'selection'>,
  members: Document,
): AnswerMembers {
  const chosen = selection.properties?.map(({ property }) => property.name);
  return { kind: 'members', members, names: chosen ?? type.defaultSet ?? type.properties.keys() };
}

/** The content of an answer that is stored as it is sent. */
export function textContent(text: string): AnswerText {
  return { kind: 'text', text };
}

/**
 * The fragment of the context URL (OData JSON 4.01, section 10): the set for a root entity, the
 * whole way for what it contains, and what is selected.
 */
export function contextOf(place: Place, selection: Selection): string {
  const { found, shown, address } = place;
  const where = found && address.path === '' ? shown.split('(', 1)[0]! : shown;
  return `${where}${selectedNames(selection)}/$entity`;
}

/** The part of a context URL that says what is selected: `(id,displayName)`, or nothing. */
export function selectedNames({ properties, expand }: Selection): string {
  const names = properties?.map(({ property }) => property.name) ?? [];
  const inline = expand.map(({ navigation, selection }) => {
    const inside = selectedNames(selection);
    return `${navigation.name}${inside === '' ? '()' : inside}`;
  });
  const all = [...names, ...inline];
  return all.length > 0 ? `(${all.join(',')})` : '';
}
