import { Refusal } from '#errors.ts';
import type { Navigation } from '#model/model.ts';
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
      else if (onDelete === 'None' || isBound(each, partner)) throw inUse(held, navigation.name);
      else if (isPrincipal) await disconnect(draft, held, { ...navigation, nullable: true }, each);
    }
  }
  draft.tx.remove(held.address, { version: held.version });
}

/** Whether an entity cannot be without the one that its key, or a value it must have, depends on. */
function isBound({ type }: Held, partner: Navigation | undefined): boolean {
  const names = [...(partner?.constraints.keys() ?? [])];
  return names.some((name) => {
    return type.key.includes(name) || type.properties.get(name)?.nullable === false;
  });
}

function inUse({ path }: Held, name: string): Refusal {
  const message = `'${path}' cannot be deleted while '${name}' leads to other entities.`;
  return new Refusal('alreadyExists', message, { target: name });
}
