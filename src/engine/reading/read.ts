import type { Clock } from '#clock.ts';
import type { Answer } from '#plan/answer.ts';
import type { Caller } from '#plan/caller.ts';
import { type MaybePromise, proceed } from '#plan/maybe-promise.ts';
import type { ReadPlan } from '#plan/request.ts';
import type { Store, StoredRecord } from '#plan/store.ts';
import type { Target } from '#plan/target.ts';
import { type Access, checkAccess } from '../access/check-access.ts';
import { checkVisible } from '../access/check-visible.ts';
import { standAt } from '../access/standpoint.ts';
import { isCallers, maskMembers, viewOf } from '../access/view.ts';
import { readerFor } from '../profile/facet-reader.ts';
import { checkRead } from '../queries/check-read.ts';
import type { ShowContext } from '../type-rules.ts';
import { expand } from './expand.ts';
import { inlineFacets } from './inline-facets.ts';
import { locate } from './locate.ts';
import { locateRoot } from './locate-root.ts';
import {
  actualType,
  contextOf,
  declaredType,
  pathOf,
  shownContent,
  shownMembers,
  wholeText,
} from './show.ts';
import { wantedBy } from './show-entry.ts';
import { WholeEntity } from './whole-entity.ts';

/** What reading needs of the running server. */
export interface ReadParts {
  readonly store: Store;
  readonly clock: Clock;
}

/**
 * Reads one entity as the caller sees it. Refuses with 403 what the caller may not read, with 404
 * what is not there, and with 501 what is declared without a behaviour.
 */
export function readEntity(plan: ReadPlan, caller: Caller, parts: ReadParts): MaybePromise<Answer> {
  const { model, target, selection, languages } = plan;
  const { type } = target;
  const access = checkAccess(caller, 'GET', target, model);
  checkRead(plan);
  const reader = parts.store.reader(caller.tenant);
  const isEntity = target.ending.kind === 'entities';
  const view = isEntity ? viewOf(model, caller, type, isSurelyOwn(target, access)) : undefined;
  const whole = view && wholeText({ model, type, selection }, view);
  const asked = { target, caller, access, reader };
  const root = whole && locateRoot(asked, whole === 'doc' ? 'bytes' : whole);
  if (root) return proceed(root, (found) => new WholeEntity(plan, found));
  const now = parts.clock.now();
  const seen = readerFor(parts.store, model, caller);
  return proceed(locate({ ...asked, wanted: 'doc', model, now }), (place) => {
    const wanted = wantedBy(selection);
    const rule = { model, place, caller, reader: seen, languages, now, wanted };
    const record = place.found ?? seen.read(place.address);
    return proceed(record, (stored) => showMembers(plan, stored, rule));
  });
}

/** Whether the target is the signed-in user, or nothing is read of it. */
function isSurelyOwn({ resource, steps }: Target, { reach }: Access): boolean {
  if (!resource.isCaller && reach !== 'self') return false;
  return resource.set === 'users' && steps.every(({ kind }) => kind !== 'navigation');
}

/** An entity whose members are chosen or computed. */
function showMembers(
  { model, target, selection }: ReadPlan,
  record: StoredRecord | undefined,
  rule: ShowContext,
): MaybePromise<Answer> {
  const { type } = target;
  const { place, reader, caller } = rule;
  checkVisible({ model, caller }, { selection }, standAt(model, caller, place, type));
  return proceed(shownMembers(type, record?.text, rule), (all) => {
    const actual = actualType(model, type, all);
    const isOwn = isCallers(caller, place.address.set, place.ownerId);
    const members = maskMembers(viewOf(model, caller, actual, isOwn), all);
    const path = pathOf(place, type);
    const entity = { place, path, actualType: actual, members };
    const declared = declaredType(model, place, type);
    const context = contextOf(place, selection, { type: declared, actualType: actual });
    const shown = { type, actualType: actual, version: record?.version ?? 0, path, context };
    const at = { reader, address: place.address };
    const inlined = inlineFacets(type, selection);
    return proceed(expand({ model, type, selection: inlined }, entity, rule), (expanded) =>
      proceed(
        shownContent({ model, type: actual, selection: inlined }, members, at),
        (content) => ({
          ...shown,
          ...content,
          expanded,
        }),
      ),
    );
  });
}
