import type { RefusalDetail } from '#errors.ts';
import type { DirectorySupport } from '#model/filter-support.ts';
import type { EntityType } from '#model/model.ts';

/** What a request brings along that decides whether its query is an advanced one. */
export interface Circumstances {
  /** Whether the header `ConsistencyLevel: eventual` is there. */
  readonly isEventual: boolean;
  /** Whether `$count=true` is there, or the path ends with `/$count`. */
  readonly hasCount: boolean;
  /** Whether something is expanded: Graph then takes no notice of the header. */
  readonly isExpanding: boolean;
}

/** What a query of directory objects is held against. */
export interface QueryRules {
  readonly type: EntityType;
  readonly support: DirectorySupport;
  readonly circumstances: Circumstances;
}

/** Whether Graph answers the query from the store that its advanced queries use. */
export function isAdvanced({ isEventual, hasCount, isExpanding }: Circumstances): boolean {
  return isEventual && hasCount && !isExpanding;
}

/** Which part of an advanced query is missing; `$search` and `/$count` need the header alone. */
export function adviseAdvanced(
  { isEventual, hasCount, isExpanding }: Circumstances,
  needs: 'header' | 'header and count' = 'header and count',
): RefusalDetail {
  const missing: string[] = [];
  if (!isEventual) missing.push('the header ConsistencyLevel: eventual');
  if (!hasCount && needs === 'header and count') missing.push('$count=true');
  const sentences: string[] = [];
  if (isExpanding) sentences.push('Leave out $expand, which advanced queries do not support.');
  if (missing.length > 0) sentences.push(`Add ${missing.join(' and ')}.`);
  const target = isExpanding ? '$expand' : isEventual ? '$count' : 'ConsistencyLevel';
  return { code: 'AdvancedQueryRequired', message: sentences.join(' '), target };
}
