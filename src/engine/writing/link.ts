import { Refusal } from '#errors.ts';
import type { Navigation } from '#model/model.ts';
import type { Caller } from '#plan/caller.ts';
import type { Reference } from '#plan/change.ts';
import type { LinkPlan } from '#plan/request.ts';
import type { KeyStep, Target } from '#plan/target.ts';
import { checkAccess } from '../access/check-access.ts';
import { notFound, notServed } from '../place.ts';
import { checkConditions } from './check-conditions.ts';
import type { WriteParts } from './create.ts';
import { Draft, type Held } from './draft.ts';
import { holdOwner, holdTarget, lastNavigation } from './hold-target.ts';
import { connect, disconnect, isRelated, relatedTo } from './relate.ts';
import { writeFidelity } from './settle.ts';

/**
 * Adds an entity to a collection (POST), makes those that are named the only ones (PUT), or ends
 * relations (DELETE): of the entity that the path or the reference names, or of all there are
 * (OData Protocol 4.01, sections 11.4.6.1 to 11.4.6.5). Refuses with 404 what is not there or not
 * related, and with 400 an entity of another type.
 */
export async function changeReference(
  method: 'POST' | 'PUT' | 'DELETE',
  plan: LinkPlan,
  caller: Caller,
  parts: Pick<WriteParts, 'store' | 'clock' | 'fidelity'>,
): Promise<void> {
  const { model, target } = plan;
  const access = checkAccess(caller, method, target, model);
  const now = parts.clock.now();
  await parts.store.transact(caller.tenant, async (tx) => {
    const fidelity = writeFidelity(model, parts);
    const draft = new Draft({ tx, model, caller, access, now, hashes: new Map(), fidelity });
    const at = lastNavigation(target);
    const step = target.steps[at];
    if (step?.kind !== 'navigation') throw notServed();
    const { navigation } = step;
    if (navigation.contains) throw contained(navigation);
    const owner = await holdOwner(draft, target, at);
    checkConditions(plan, owner.version, owner.version === 0);
    if (method === 'DELETE') await removeReferences(draft, plan, { owner, navigation });
    else if (plan.all) await replaceReferences(draft, plan.all, { owner, navigation });
    else {
      const other = await draft.findNamed(plan.reference!, navigation.target);
      await connect(draft, owner, navigation, other);
    }
    draft.write();
  });
}

/** Relates the entity to exactly those that are named (Protocol 4.01, section 11.4.6.5). */
async function replaceReferences(
  draft: Draft,
  all: readonly Reference[],
  { owner, navigation }: { owner: Held; navigation: Navigation },
): Promise<void> {
  const before = await relatedTo(draft, owner, navigation);
  const wanted = new Map<number, Held>();
  for (const reference of all) {
    const other = await draft.findNamed(reference, navigation.target);
    wanted.set(other.address.owner, other);
  }
  for (const each of before) {
    if (!wanted.delete(each.address.owner)) await disconnect(draft, owner, navigation, each);
  }
  for (const each of wanted.values()) await connect(draft, owner, navigation, each);
}

async function removeReferences(
  draft: Draft,
  { target, reference }: LinkPlan,
  { owner, navigation }: { owner: Held; navigation: Navigation },
): Promise<void> {
  const key = keyBehind(target);
  if (!key && !reference) {
    const related = await relatedTo(draft, owner, navigation);
    for (const each of related) await disconnect(draft, owner, navigation, each);
    if (related.length === 0 && !navigation.collection) throw notFound(navigation.name);
    return;
  }
  // A path to one that is not related leads nowhere.
  const other = reference
    ? await draft.find(reference, navigation.target)
    : await holdTarget(draft, target);
  const isThere = other && (!reference || (await isRelated(draft, owner, navigation, other)));
  if (!isThere) throw notFound(reference?.written ?? key!.value);
  await disconnect(draft, owner, navigation, other);
}

/** The key of one member of the collection. */
function keyBehind({ steps }: Target): KeyStep | undefined {
  const last = steps.findLast(({ kind }) => kind !== 'cast');
  return last?.kind === 'key' ? last : undefined;
}

function contained({ name }: Navigation): Refusal {
  const message = `'${name}' contains its entities: they are made and deleted, and not linked.`;
  return new Refusal('badRequest', message, { target: name });
}
