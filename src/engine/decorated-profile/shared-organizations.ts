import type { Document } from '#plan/document.ts';
import type { CalendarDate } from './calendar.ts';
import { typedValue } from './document-values.ts';
import type { Experience, Organization } from './experiences.ts';
import { compareSpans, type Overlap, overlapValue } from './overlap.ts';
import { listStints, type Stint } from './stints.ts';

/** A company or school where both have been, as the viewee calls it. */
export interface SharedOrganization {
  readonly organization: Organization;
  readonly overlap: Overlap | undefined;
}

/** Organisations where both have been, the viewee's most recent first, each once. */
export function findSharedOrganizations(
  viewer: readonly Experience[],
  viewee: readonly Experience[],
  today: CalendarDate,
): SharedOrganization[] {
  const viewerStints = Map.groupBy(listStints(viewer), ({ key }) => key);
  const vieweeStints = Map.groupBy(listStints(viewee), ({ key }) => key);
  return [...vieweeStints].flatMap(([key, stints]) => {
    const others = viewerStints.get(key);
    if (!others) return [];
    const { organization } = stints[0]!;
    return [{ organization, overlap: findClosest(others, stints, today) }];
  });
}

/** The organisation as a `SharedExperience` or a `SharedEducation`. */
export function sharedOrganizationValue(
  type: 'SharedExperience' | 'SharedEducation',
  { organization, overlap }: SharedOrganization,
): Document {
  return typedValue(type, { ...organization, overlapInfo: overlap && overlapValue(overlap) });
}

/** Of all pairs of stints the one that says most: together now, else together once, else apart. */
function findClosest(
  viewer: readonly Stint[],
  viewee: readonly Stint[],
  today: CalendarDate,
): Overlap | undefined {
  const overlaps = viewee.flatMap((theirs) =>
    viewer.flatMap((own) => compareSpans({ viewer: own.span, viewee: theirs.span }, today) ?? []),
  );
  return overlaps.sort((one, other) => rank(one) - rank(other))[0];
}

function rank({ type }: Overlap): number {
  if (type.startsWith('BOTH_CURRENT')) return 0;
  return type === 'NOT_BOTH_CURRENT_OVERLAP' ? 1 : 2;
}
