import { compileDialect, type Dialect } from '#model/dialect.ts';
import { fastPiDialect } from '#model/fast-pi/graph-dialect.ts';
import type { Model } from '#model/model.ts';
import type { Answer, ListAnswer, ReferencesAnswer, ShownReference } from '#plan/answer.ts';
import type { Caller } from '#plan/caller.ts';
import { type MaybePromise, proceed } from '#plan/maybe-promise.ts';
import type { Selection } from '#plan/query.ts';
import type { Target } from '#plan/target.ts';
import type { Written } from '../writing/create.ts';
import { translateAnswer, translateList, wayIn } from './translate-answer.ts';
import { type DialectPlan, translatePlan } from './translate-plan.ts';

/** What runs a plan for a caller. */
type Run<Plan, Parts, Result> = (plan: Plan, caller: Caller, parts: Parts) => MaybePromise<Result>;

type Named = { readonly context: string } & ShownReference;

type Selecting = DialectPlan & { readonly selection: Selection };

/**
 * What reads one entity, for plans in any dialect: those of another one are run as what they mean
 * in Graph's, and answered in their own.
 */
export function readingInDialects<Plan extends Selecting, Parts>(
  run: Run<Plan, Parts, Answer>,
): Run<Plan, Parts, Answer> {
  return inDialects(run, (dialect, answer, { selection }) =>
    translateAnswer(dialect, answer, selection),
  );
}

/** The same of what lists entities. */
export function listingInDialects<Plan extends Selecting, Parts>(
  run: Run<Plan, Parts, ListAnswer>,
): Run<Plan, Parts, ListAnswer> {
  return inDialects(run, (dialect, answer, { selection }) =>
    translateList(dialect, answer, selection),
  );
}

/** The same of what names one entity. */
export function referringInDialects<Plan extends DialectPlan, Parts>(
  run: Run<Plan, Parts, Named>,
): Run<Plan, Parts, Named> {
  return inDialects(run, (dialect, named) => ({ ...named, path: wayIn(dialect, named.path) }));
}

/** The same of what lists references. */
export function namingInDialects<Plan extends Selecting, Parts>(
  run: Run<Plan, Parts, ReferencesAnswer>,
): Run<Plan, Parts, ReferencesAnswer> {
  return inDialects(run, (dialect, answer) => ({
    ...answer,
    members: answer.members.map(({ path }) => ({ path: wayIn(dialect, path) })),
  }));
}

/** The same of what writes an entity. */
export function writingInDialects<Plan extends Selecting, Parts>(
  run: Run<Plan, Parts, Written>,
): Run<Plan, Parts, Written> {
  return inDialects(run, (dialect, { answer, isNew }, { selection }) => ({
    answer: translateAnswer(dialect, answer, selection),
    isNew,
  }));
}

/** The same of what gives nothing back. */
export function doingInDialects<Plan extends DialectPlan, Parts>(
  run: Run<Plan, Parts, void>,
): Run<Plan, Parts, void> {
  return inDialects(run, () => undefined);
}

function inDialects<Plan extends DialectPlan, Parts, Result>(
  run: Run<Plan, Parts, Result>,
  answer: (dialect: Dialect, result: Result, plan: Plan) => Result,
): Run<Plan, Parts, Result> {
  return (plan, caller, parts) => {
    const dialect = dialectOf(plan);
    if (!dialect) return run(plan, caller, parts);
    const meant = translatePlan(dialect, plan);
    return proceed(run(meant, caller, parts), (result) => answer(dialect, result, plan));
  };
}

/** Whether a target is in another dialect than Graph's. */
export function isInDialect({ resource }: Pick<Target, 'resource'>): boolean {
  return !resource.isForeign && Object.hasOwn(fastPiDialect.resources, resource.name);
}

const compiled = new WeakMap<Model, Dialect>();

/** The dialect that a plan is in; undefined in Graph's own, and in models of other services. */
function dialectOf({ model, target }: { model: Model; target: Target }): Dialect | undefined {
  if (!isInDialect(target)) return undefined;
  const known = compiled.get(model);
  if (known) return known;
  const dialect = compileDialect(model, fastPiDialect);
  compiled.set(model, dialect);
  return dialect;
}
