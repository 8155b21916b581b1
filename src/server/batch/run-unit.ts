import { answerItem, type BatchContext, refuseDependent, refuseItem } from './answer-item.ts';
import { type BatchAnswer, type BatchUnit, hasSucceeded } from './batch-item.ts';
import { remember } from './resolve-references.ts';

/** Ends the joined transaction of a group, so that nothing of it is written. */
class GroupFailure extends Error {
  readonly answer: BatchAnswer;

  constructor(answer: BatchAnswer) {
    super('A request of an atomic group has failed.');
    this.answer = answer;
  }
}

/**
 * Answers the requests of a unit, in their order. Of an atomic group, all are committed together or
 * none is: then the one that failed has its own answer, and the others 424.
 */
export async function runUnit(unit: BatchUnit, context: BatchContext): Promise<BatchAnswer[]> {
  const answers = await (unit.group === undefined ? runAlone : runGroup)(unit, context);
  for (const answer of answers) remember(context.referables, answer);
  return answers;
}

function runAlone({ items }: BatchUnit, context: BatchContext): Promise<BatchAnswer[]> {
  return Promise.all(items.map((item) => answerItem(item, context)));
}

async function runGroup(unit: BatchUnit, context: BatchContext): Promise<BatchAnswer[]> {
  try {
    return await context.store.join(async (store) => {
      // The group may run again, from where the batch was when it began.
      const inside = { ...context, store, referables: new Map(context.referables) };
      const answers: BatchAnswer[] = [];
      for (const [index, item] of unit.items.entries()) {
        const answer = await answerItem(item, inside);
        if (!hasSucceeded(answer)) throw new GroupFailure({ ...answer, item: unit.items[index]! });
        remember(inside.referables, answer);
        answers.push(answer);
      }
      return answers;
    });
  } catch (error) {
    if (error instanceof GroupFailure) return refuseGroup(unit, error.answer, context);
    // The commit was refused: that concerns each of them.
    return unit.items.map((item) => refuseItem(item, error, context));
  }
}

function refuseGroup(
  { items, group }: BatchUnit,
  failure: BatchAnswer,
  context: BatchContext,
): BatchAnswer[] {
  const why =
    `Nothing of the group '${group}' is done, because ` +
    `its request '${failure.item.id ?? failure.item.url}' failed.`;
  return items.map((item) =>
    item === failure.item ? failure : refuseDependent(item, why, context),
  );
}
