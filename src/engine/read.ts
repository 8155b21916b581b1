import type { Clock } from '#clock.ts';
import type { Answer } from '#plan/answer.ts';
import type { Caller } from '#plan/caller.ts';
import type { ReadPlan } from '#plan/request.ts';
import type { Store, StoredRecord } from '#plan/store.ts';
import { checkAccess } from './check-access.ts';
import { expand } from './expand.ts';
import { locate } from './locate.ts';
import {
  actualType,
  contextOf,
  membersContent,
  shownMembers,
  textContent,
  wholeText,
} from './show.ts';

/** What reading needs of the running server. */
export interface ReadParts {
  readonly store: Store;
  readonly clock: Clock;
}

/**
 * Reads one entity as the caller sees it. Refuses with 403 what the caller may not read, with 404
 * what is not there, and with 501 what is declared without a behaviour.
 */
export async function readEntity(
  plan: ReadPlan,
  caller: Caller,
  parts: ReadParts,
): Promise<Answer> {
  const { model, target, selection, languages } = plan;
  const { type } = target;
  const access = checkAccess(caller, 'GET', target);
  const reader = parts.store.reader(caller.tenant);
  const shape = { model, type, selection };
  const whole = target.ending.kind === 'entities' ? wholeText(shape) : undefined;
  const place = await locate({ target, caller, access, reader, wanted: whole ?? 'doc' });
  const record: StoredRecord | undefined = place.found ?? (await reader.read(place.address));
  const context = contextOf(place, selection);
  const answer = { type, version: record?.version ?? 0, path: place.shown, context };
  if (record && place.found && whole) {
    return { ...answer, actualType: type, content: textContent(record.text), expanded: [] };
  }
  const rule = { place, caller, reader, languages, now: parts.clock.now() };
  const members = await shownMembers(type, record?.text, rule);
  const expanded = await expand(shape, place.address, rule);
  const actual = actualType(model, type, members);
  const content = membersContent({ ...shape, type: actual }, members);
  return { ...answer, actualType: actual, content, expanded };
}
