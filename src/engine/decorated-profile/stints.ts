import { type CalendarDate, compareDates, countDays } from './calendar.ts';
import type { Span } from './document-values.ts';
import { type Experience, type Organization, organizationKey } from './experiences.ts';

/** An unbroken time at one organisation, whatever the posts held there. */
export interface Stint {
  /** Equal for the same organisation. */
  readonly key: string;
  readonly organization: Organization;
  readonly span: Span;
}

/** Some people write the last month of a post, others the first after it: both are unbroken. */
const BREAK_DAYS_MIN = 32;

/** Whether somebody is still there on this day. */
export function isCurrent({ end }: Span, today: CalendarDate): boolean {
  return !end || compareDates(end, today) > 0;
}

/**
 * The stints of sorted experiences: by organisation in the order given, the latest stint of each
 * first. Experiences without the name of an organisation are left out.
 */
export function listStints(experiences: readonly Experience[]): Stint[] {
  const named = experiences.filter((experience) => organizationKey(experience) !== '');
  const groups = Map.groupBy(named, organizationKey);
  return [...groups].flatMap(([key, group]) => {
    const { organization } = group[0]!;
    const spans = joinSpans(group.map(({ span }) => span));
    return spans.map((span) => ({ key, organization, span }));
  });
}

/** Joins spans that meet or overlap; one without a start stays alone. The latest comes first. */
function joinSpans(spans: readonly Span[]): Span[] {
  const undated = spans.filter(({ start }) => !start);
  const dated = spans.filter((span): span is DatedSpan => span.start !== undefined);
  const joined: DatedSpan[] = [];
  for (const span of dated.sort((one, other) => compareDates(one.start, other.start))) {
    const last = joined.at(-1);
    if (last && isUnbroken(last, span)) {
      joined[joined.length - 1] = { start: last.start, end: laterEnd(last.end, span.end) };
    } else joined.push(span);
  }
  return [...joined.reverse(), ...undated];
}

type DatedSpan = Span & { readonly start: CalendarDate };

function isUnbroken({ end }: Span, { start }: DatedSpan): boolean {
  return !end || countDays(end, start) < BREAK_DAYS_MIN;
}

function laterEnd(one: Span['end'], other: Span['end']): Span['end'] {
  if (!one || !other) return undefined;
  return compareDates(one, other) > 0 ? one : other;
}
