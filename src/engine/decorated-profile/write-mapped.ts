import { type ProfileHome, profileHomes } from '#model/decorated/profile-homes.ts';
import { facetCollections } from '#model/profile/facet-members.ts';
import type { Document, Value } from '#plan/document.ts';
import type { Facet } from '../profile/combine-facets.ts';
import { readFacets } from '../profile/person-facets.ts';
import type { FacetDrafts } from '../profile-writing/facet-drafts.ts';
import { isInferred } from '../profile-writing/stamp-facet.ts';
import { openFacets, writeFacets } from '../profile-writing/write-facets.ts';
import type { SpreadContext } from '../type-rules.ts';
import { contentOf, contentOfFacet, facetOfValue, isOfHome } from './facet-values.ts';
import { keepMemberName } from './member-names.ts';
import { keptPicture } from './picture.ts';

/**
 * Writes as facets what a change of a decorated profile says of them: those that it does not say
 * any more go, as far as the writer sees them, and new ones come. What the directory says stays
 * there and is left out of the decorated profile, as the document remembers then.
 */
export async function writeMapped(written: Document, context: SpreadContext): Promise<Document> {
  const { tx, place, caller, model } = context;
  const { picture = null } = written;
  const changed: Document =
    picture === null ? {} : { picture: keptPicture(picture, place.ownerId) };
  if ('firstName' in written || 'lastName' in written) {
    await keepMemberName(tx, place.ownerId, context.members);
  }
  const homes = profileHomes.filter(({ member }) => member in written);
  const user = homes.length > 0 && (await tx.find('users', 'id', place.ownerId, 'doc'));
  if (!user) return changed;
  const writing = { ...context, user };
  const seen = await readFacets({ model, reader: tx, caller, owner: user.owner });
  const { drafts } = await openFacets(tx, writing, [...facetCollections.keys()]);
  const before = (context.members.leftOut ?? []) as string[];
  const leftOut = new Set(before);
  for (const home of homes) {
    const told = (seen.get(home.facet) ?? []).filter(({ members }) => isOfHome(home, members));
    const isChanged = writeHome({ home, drafts, leftOut }, told, written[home.member]);
    if (isChanged) changed[home.member] = written[home.member]!;
  }
  await writeFacets(tx, writing, drafts);
  const isSame = leftOut.size === before.length && before.every((key) => leftOut.has(key));
  return isSame ? changed : { ...changed, leftOut: [...leftOut] };
}

/** Where a member's facets are edited, and which ones are not to be shown with it. */
interface HomeWriting {
  readonly home: ProfileHome;
  readonly drafts: FacetDrafts;
  readonly leftOut: Set<string>;
}

/** Makes the facets of a member tell its values; gives whether anything had to be done. */
function writeHome(
  { home, drafts, leftOut }: HomeWriting,
  told: readonly Facet[],
  written: Value | undefined,
): boolean {
  const navigation = facetCollections.get(home.facet)!;
  const prefix = `${home.member}/`;
  const { kept, gone, added } = compare(home, told, written);
  for (const { key } of kept) leftOut.delete(key);
  // There is one of it: what told the value before tells the new one.
  const [only] = home.isCollection || added.length === 0 ? [] : gone.filter(isOwn);
  if (only) {
    drafts.set({ navigation, key: only.key }, facetOfValue(home, added[0]!), prefix);
    leftOut.delete(only.key);
  }
  for (const facet of gone) {
    if (facet === only) continue;
    if (isOwn(facet) && !facet.derived) drafts.take({ navigation, key: facet.key }, prefix);
    else if (facet.derived?.home.isEach) drafts.take({ navigation, key: facet.key }, prefix);
    else leftOut.add(facet.key);
  }
  const others = only ? added.slice(1) : added;
  for (const value of others) drafts.add(navigation, facetOfValue(home, value), prefix);
  return gone.length + added.length > 0;
}

/** Whether the person may change it: nobody else has found it out. */
function isOwn({ members }: Facet): boolean {
  return !isInferred(members);
}

/** Which facets tell values again, which tell none any more, and which values none has told. */
function compare(home: ProfileHome, told: readonly Facet[], written: Value | undefined) {
  const values = Array.isArray(written) ? written : [written ?? null];
  const left = new Map(values.map((value) => [contentOf(home, value), value]));
  left.delete(undefined);
  const kept: Facet[] = [];
  const gone: Facet[] = [];
  for (const facet of told) {
    if (left.delete(contentOfFacet(home, facet.members))) kept.push(facet);
    else gone.push(facet);
  }
  return { kept, gone, added: [...left.values()] };
}
