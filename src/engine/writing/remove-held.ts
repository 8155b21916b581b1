import { Refusal } from '#errors.ts';
import type { Draft, Held } from './draft.ts';
import { disconnect, partnerOf, relatedTo } from './relate.ts';

/**
 * Removes an entity with what it contains. What is related is deleted, let go or left, as its
 * navigations say (OData CSDL 4.01, section 8.6); refuses where they forbid it.
 */
export async function removeHeld(draft: Draft, held: Held): Promise<void> {
  if (!draft.remove(held)) return;
  for (const navigation of held.type.navigation.values()) {
    const { contains, onDelete } = navigation;
    if (contains || !navigation.relation) continue;
    const partner = partnerOf(navigation);
    const isPrincipal = partner !== undefined && partner.constraints.size > 0;
    if (onDelete === undefined && !isPrincipal) continue;
    for (const each of await relatedTo(draft, held, navigation)) {
      if (onDelete === 'Cascade') await removeHeld(draft, each);
      else if (onDelete === 'None') throw inUse(held, navigation.name);
      else if (isPrincipal) await disconnect(draft, held, { ...navigation, nullable: true }, each);
    }
  }
  draft.tx.remove(held.address, { version: held.version });
}

function inUse({ path }: Held, name: string): Refusal {
  const message = `'${path}' cannot be deleted while '${name}' leads to other entities.`;
  return new Refusal('alreadyExists', message, { target: name });
}
