import { type BatchContext, refuseDependent } from './answer-item.ts';
import { type BatchAnswer, type BatchUnit, hasSucceeded } from './batch-item.ts';
import { runUnit } from './run-unit.ts';

/** A unit that has run or was left out, and the answers to its requests. */
export interface UnitOutcome {
  readonly unit: BatchUnit;
  readonly answers: readonly BatchAnswer[];
}

/** Units under way at once. */
const AT_ONCE_MAX = 8;

/**
 * Runs units as soon as all that they depend on has succeeded, a few at once. What depends on a
 * failure does not run and is answered with 424. Gives the outcomes in the order of the batch.
 */
export async function runByDependency(
  units: readonly BatchUnit[],
  context: BatchContext,
): Promise<UnitOutcome[]> {
  const lanes = new Lanes(AT_ONCE_MAX);
  const running: Promise<UnitOutcome>[] = [];
  for (const unit of units) {
    const before = unit.dependsOn.map((place) => running[place]!);
    running.push(runAfter(unit, before, { context, lanes }));
  }
  return Promise.all(running);
}

/**
 * Runs units one after another, up to the first that fails unless errors are passed over. Gives the
 * answers to each unit that has run.
 */
export async function runInOrder(
  units: readonly BatchUnit[],
  passesOverErrors: boolean,
  context: BatchContext,
): Promise<UnitOutcome[]> {
  const outcomes: UnitOutcome[] = [];
  for (const unit of units) {
    const answers = await runUnit(unit, context);
    outcomes.push({ unit, answers });
    if (passesOverErrors || answers.every(hasSucceeded)) continue;
    return [...outcomes, ...refuseDependents(units, outcomes.length - 1, context)];
  }
  return outcomes;
}

/** What depends on a unit that failed, at once or by others, is answered with 424. */
function refuseDependents(
  units: readonly BatchUnit[],
  failed: number,
  context: BatchContext,
): UnitOutcome[] {
  const places = new Set([failed]);
  const outcomes: UnitOutcome[] = [];
  const why = 'The request is not executed, because a request that it depends on failed.';
  for (const [place, unit] of units.entries()) {
    if (place <= failed || !unit.dependsOn.some((each) => places.has(each))) continue;
    places.add(place);
    const answers = unit.items.map((item) => refuseDependent(item, why, context));
    outcomes.push({ unit, answers });
  }
  return outcomes;
}

async function runAfter(
  unit: BatchUnit,
  before: readonly Promise<UnitOutcome>[],
  { context, lanes }: { readonly context: BatchContext; readonly lanes: Lanes },
): Promise<UnitOutcome> {
  const earlier = (await Promise.all(before)).flatMap(({ answers }) => answers);
  const failure = earlier.find((answer) => !hasSucceeded(answer));
  if (failure) {
    const why = `The request is not executed, because the request '${failure.item.id}' failed.`;
    return { unit, answers: unit.items.map((item) => refuseDependent(item, why, context)) };
  }
  return { unit, answers: await lanes.run(() => runUnit(unit, context)) };
}

/** Lets a number of works run at once and the others wait, first come, first served. */
class Lanes {
  private free: number;
  private readonly waiting: (() => void)[] = [];

  constructor(count: number) {
    this.free = count;
  }

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.free > 0) this.free--;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free++;
    }
  }
}
