import { Refusal } from '#errors.ts';
import type { Navigation } from '#model/model.ts';
import { facetNames } from '#model/profile/facet-members.ts';
import type { Change, Reference, RelatedChange, RelatedEntry } from '#plan/change.ts';
import { joinKeys } from '#plan/key-text.ts';

/** What becomes of one facet: it is made, changed, or taken away. */
export type FacetEdit = {
  readonly navigation: Navigation;
  /** What stands before the names of its members in the body. */
  readonly before: string;
} & (
  | { readonly kind: 'create'; readonly change: Change }
  | { readonly kind: 'merge'; readonly key: string; readonly change: Change }
  | { readonly kind: 'remove'; readonly key: string }
);

/** Facets that one request changes, at most. */
const EDITS_MAX = 1_000;

/**
 * What the body of a profile does to its facets: those with an id are merged with the one that has
 * it, those without are new, and those with `@removed` are taken away; what it does not name stays.
 */
export function editsOf({ related }: Change): FacetEdit[] {
  const edits = [...related.values()].flatMap((each) => editsIn(each));
  if (edits.length <= EDITS_MAX) return edits;
  const message = `One request changes at most ${EDITS_MAX} facets.`;
  throw new Refusal('badRequest', message);
}

function editsIn({ navigation, entries }: RelatedChange): FacetEdit[] {
  const { name } = navigation;
  if (!facetNames.includes(name)) {
    const message = `'${name}' are no facets: they are written where they stand.`;
    throw new Refusal('badRequest', message, { target: name });
  }
  return entries.map((entry) => editOf(navigation, entry));
}

function editOf(navigation: Navigation, entry: RelatedEntry): FacetEdit {
  const before = `${navigation.name}/`;
  if (entry.kind === 'removed') {
    const key = 'members' in entry.of ? idOf(entry.of) : keyOf(entry.of);
    if (key === undefined) throw withoutId(before);
    return { navigation, before, kind: 'remove', key };
  }
  if (entry.kind === 'reference') {
    const message = `'${navigation.name}' takes facets, and not references to others.`;
    throw new Refusal('badRequest', message, { target: navigation.name });
  }
  const { change, reference } = entry;
  const key = reference ? keyOf(reference) : idOf(change);
  if (key === undefined) return { navigation, before, kind: 'create', change };
  return { navigation, before, kind: 'merge', key, change };
}

/** The id that a body gives a facet, as a key. */
function idOf({ members }: Change): string | undefined {
  const member = members.get('id');
  if (member?.kind !== 'value' || typeof member.value !== 'string') return undefined;
  return member.value === '' ? undefined : joinKeys([member.value]);
}

function keyOf(reference: Reference): string | undefined {
  if (reference.kind === 'key') return joinKeys([reference.key]);
  const last = reference.target.steps.at(-1);
  return last?.kind === 'key' ? joinKeys([last.value]) : undefined;
}

function withoutId(before: string): Refusal {
  const message = 'What is removed is named by its id.';
  return new Refusal('badRequest', message, { target: `${before}id` });
}
