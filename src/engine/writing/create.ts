import type { Clock } from '#clock.ts';
import type { Model } from '#model/model.ts';
import type { Answer } from '#plan/answer.ts';
import type { Caller } from '#plan/caller.ts';
import type { CreatePlan, Fidelity } from '#plan/request.ts';
import type { Store } from '#plan/store.ts';
import type { Target } from '#plan/target.ts';
import { checkAccess } from '../access/check-access.ts';
import { notServed } from '../place.ts';
import { readerFor } from '../profile/facet-reader.ts';
import { dependentMembers, inSet, insideOf, setFor } from './destination.ts';
import { Draft, type Held } from './draft.ts';
import { holdOwner, lastNavigation, type Opening } from './hold-target.ts';
import { connect } from './relate.ts';
import { type HashSecret, hashSecrets } from './secrets.ts';
import { writeFidelity } from './settle.ts';
import { checkShown, showWritten } from './show-written.ts';
import { createIn, type Given } from './write-tree.ts';

/** What writing needs of the running server. */
export interface WriteParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly hashSecret: HashSecret;
  readonly fidelity: Fidelity;
}

/** An entity that has been written. */
export interface Written {
  readonly answer: Answer;
  /** Whether it has been made. */
  readonly isNew: boolean;
}

/**
 * Makes an entity in a set, inside another entity, or in the set that a navigation leads to, and
 * gives it once that is durable (OData Protocol 4.01, section 11.4.2). Refuses with 400 what is no
 * complete entity, with 409 a key that is taken, with 404 an owner or relative that is not there;
 * a refusal changes nothing.
 */
export async function createEntity(
  plan: CreatePlan,
  caller: Caller,
  parts: WriteParts,
): Promise<Written> {
  return createWith(plan, caller, parts, async () => {});
}

/** As `createEntity`, and in the same transaction what `also` does with the new entity. */
export async function createWith(
  plan: CreatePlan & { readonly given?: Given },
  caller: Caller,
  parts: WriteParts,
  also: (draft: Draft, held: Held) => Promise<void>,
): Promise<Written> {
  const { model, target, change, selection, languages } = plan;
  const access = checkAccess(caller, 'POST', target, model);
  const hashes = await hashSecrets(change, parts.hashSecret);
  const now = parts.clock.now();
  const held = await parts.store.transact(caller.tenant, async (tx) => {
    const fidelity = writeFidelity(model, parts);
    const draft = new Draft({ tx, model, caller, access, now, hashes, fidelity });
    const { destination, link } = await open(draft, target, model);
    const given = {
      ...plan.given,
      members: link ? dependentMembers(link.navigation, link.owner) : {},
    };
    const made = await createIn(draft, destination, change, given);
    if (link) await connect(draft, link.owner, link.navigation, made);
    await also(draft, made);
    checkShown(made, { model, type: target.type, selection }, caller);
    draft.write();
    return draft.result(made);
  });
  const reader = readerFor(parts.store, model, caller);
  const viewer = { model, caller, reader, languages, now };
  const { type } = target;
  return { answer: await showWritten(held, { model, type, selection, viewer }), isNew: true };
}

/** Where the target's collection is. */
async function open(draft: Draft, target: Target, model: Model): Promise<Opening> {
  const { resource, steps } = target;
  if (steps.some(({ kind }) => kind === 'filter')) throw notServed();
  const at = lastNavigation(target);
  const step = steps[at];
  if (step?.kind !== 'navigation') {
    if (resource.path !== '' || resource.isCaller) throw notServed();
    return { destination: inSet(model, resource.name), link: undefined };
  }
  const { navigation } = step;
  const owner = await holdOwner(draft, target, at);
  if (navigation.contains) {
    const template = target.template.replace(/\/[^/]*$/, '');
    return { destination: insideOf(owner, navigation, template), link: undefined };
  }
  const set = setFor(model, target.type, navigation, owner.address);
  return { destination: inSet(model, set), link: { owner, navigation } };
}
