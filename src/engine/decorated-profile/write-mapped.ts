import { newId } from '#ids.ts';
import { type ProfileHome, profileHomes } from '#model/decorated/profile-homes.ts';
import type { Document, Value } from '#plan/document.ts';
import { derivedId } from '#plan/facet-id.ts';
import type { Facet } from '../profile/combine-facets.ts';
import { homesOf } from '../profile/derive-facets.ts';
import { valueAt } from '../profile/member-path.ts';
import { readFacets } from '../profile/person-facets.ts';
import type { SpreadContext } from '../type-rules.ts';
import { contentOf, contentOfFacet, facetOfValue, isOfHome } from './facet-values.ts';

/**
 * Writes as facets what a change of a decorated profile says of them: those that it does not say
 * any more go, as far as the writer sees them, and new ones come. What only the directory changes
 * stays there and is left out of the profile, as the document remembers then.
 */
export async function writeMapped(written: Document, context: SpreadContext): Promise<Document> {
  const homes = profileHomes.filter(({ member }) => member in written);
  if (homes.length === 0) return {};
  const { model, tx, caller, place } = context;
  const { owner } = place.address;
  const facets = await readFacets({ model, reader: tx, caller, owner });
  const before = (context.members.leftOut ?? []) as string[];
  const leftOut = new Set(before);
  const changed: Document = {};
  for (const home of homes) {
    const seen = (facets.get(home.facet) ?? []).filter(({ members }) => isOfHome(home, members));
    const { kept, gone, added } = compare(home, seen, written[home.member]);
    for (const { key } of kept) leftOut.delete(key);
    for (const facet of gone) {
      for (const key of facet.derived ? [facet.key] : behind(place.ownerId, facet))
        leftOut.add(key);
      if (!facet.derived) tx.remove(addressOf(owner, facet), facet);
    }
    for (const value of added) addFacet(context, home, value);
    if (gone.length + added.length > 0) changed[home.member] = written[home.member]!;
  }
  const isSame = leftOut.size === before.length && before.every((key) => leftOut.has(key));
  return isSame ? changed : { ...changed, leftOut: [...leftOut] };
}

/** Which facets values tell again, which none tells any more, and which values no facet tells. */
function compare(home: ProfileHome, seen: readonly Facet[], written: Value | undefined) {
  const values = Array.isArray(written) ? written : [written ?? null];
  const left = new Map(values.map((value) => [contentOf(home, value), value]));
  left.delete(undefined);
  const kept: Facet[] = [];
  const gone: Facet[] = [];
  for (const facet of seen) {
    if (left.delete(contentOfFacet(home, facet.members))) kept.push(facet);
    else gone.push(facet);
  }
  return { kept, gone, added: [...left.values()] };
}

/** The facets of the directory that come forward when one of the person's own goes. */
function behind(personId: string, { facet, members }: Facet): string[] {
  const each = homesOf(facet).filter(({ isEach }) => isEach);
  return each.map((home) => {
    return derivedId(personId, home, String(valueAt(members, home.members[0]!.member)));
  });
}

function addressOf(owner: number, { facet, key }: Pick<Facet, 'facet' | 'key'>) {
  return { set: 'users', owner, path: `profile/${facet}`, key };
}

function addFacet({ tx, place }: SpreadContext, home: ProfileHome, value: Value): void {
  const id = newId();
  const members = { id, ...facetOfValue(home, value) };
  const address = addressOf(place.address.owner, { facet: home.facet, key: id });
  tx.write(address, members, undefined, Object.keys(members));
}
