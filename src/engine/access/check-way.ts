import type { Model } from '#model/model.ts';
import type { Caller } from '#plan/caller.ts';
import type { Addressed, KeyStep, Step, Target } from '#plan/target.ts';
import { checkMember, checkVisible } from './check-visible.ts';
import { needsUser } from './grants.ts';
import { leadAlong, type Standpoint, seenAs } from './standpoint.ts';

/**
 * Refuses an application on a way that begins with its user, and with 403 a way that finds
 * entities by what the caller does not see of them: `/$filter(...)`, and keys that are named.
 */
export function checkWay(model: Model, caller: Caller, target: Addressed): void {
  if ('operation' in target) {
    if (target.binding) checkWay(model, caller, target.binding);
    return;
  }
  const { isCaller, path } = target.resource;
  if (caller.user === undefined && isCaller && path === '') throw needsUser();
  for (const step of target.steps) {
    if (!asksOfMembers(step)) continue;
    checkSteps(model, caller, target);
    return;
  }
}

function asksOfMembers(step: Step): boolean {
  if (step.kind === 'filter') return true;
  return step.kind === 'key' && (step.alternate ?? step.filtered ?? step.property) !== undefined;
}

function checkSteps(model: Model, caller: Caller, { resource, steps }: Target): void {
  const { type, set, isCaller, path } = resource;
  const way = path === '' ? '' : `/${path}`;
  let at: Standpoint = { type, entity: type, sets: [set], way, isOwn: isCaller };
  for (const [index, step] of steps.entries()) {
    if (step.kind === 'navigation') at = leadAlong(at, step.navigation);
    else if (step.kind === 'cast') at = seenAs(at, step.type);
    else if (step.kind === 'filter') {
      checkVisible({ model, caller }, { conditions: [step.predicate] }, at);
    } else if (step.kind === 'key') {
      // Users may be named by either of their names; `locate` compares them where that tells much.
      const isNamed = index === 0 && set === 'users' && !step.filtered;
      if (!isNamed) checkKey(model, caller, step, at);
    }
  }
}

function checkKey(model: Model, caller: Caller, step: KeyStep, at: Standpoint): void {
  const { property, alternate = [], filtered } = step;
  const names = [...alternate, ...(filtered?.values ?? [])].map(({ path }) => path[0]!);
  const all = property === undefined ? names : [property, ...names];
  for (const name of all) checkMember({ model, caller }, name, at);
  checkVisible({ model, caller }, { conditions: filtered?.predicates ?? [] }, at);
}
