import type { Document } from '#plan/document.ts';
import { type CalendarDate, compareDates, countDays, findNextAnniversary } from './calendar.ts';
import { dateValue, typedValue } from './document-values.ts';
import { type Experience, organizationKey } from './experiences.ts';
import { isCurrent, listStints } from './stints.ts';

/** A week, so that congratulations can be prepared. */
const COMING_DAYS = 7;
/** A quarter of a year, after which nobody calls a post new. */
const NEW_DAYS = 90;

/** What occasions are found in. */
export interface OccasionFacts {
  /** The most recent first. */
  readonly positions: readonly Experience[];
  readonly birthday: Omit<CalendarDate, 'year'> | undefined;
  readonly today: CalendarDate;
}

/** What calls for a word to the member now, each as one member of a profile highlight. */
export function listOccasions({ positions, birthday, today }: OccasionFacts): Document[] {
  return [
    ...listAnniversaries(positions, today),
    ...listBirthdays(birthday, today),
    ...listNewPositions(positions, today),
  ];
}

/** Anniversaries of the day on which the member came to the organisation, not to the post. */
function listAnniversaries(positions: readonly Experience[], today: CalendarDate): Document[] {
  return listStints(positions).flatMap(({ organization, span }) => {
    const { start } = span;
    if (!start || !isCurrent(span, today)) return [];
    const anniversary = findNextAnniversary(start, today);
    const numberOfYears = anniversary.year - start.year;
    if (countDays(today, anniversary) > COMING_DAYS || numberOfYears < 1) return [];
    const startedOn = dateValue(start);
    const value = { ...organization, startedOn, numberOfYears };
    return [{ workAnniversary: typedValue('WorkAnniversary', value) }];
  });
}

/** The day of the celebration; the year of birth stays out of it. */
function listBirthdays(birthday: OccasionFacts['birthday'], today: CalendarDate): Document[] {
  if (!birthday) return [];
  const day = findNextAnniversary(birthday, today);
  if (countDays(today, day) > COMING_DAYS) return [];
  return [{ birthday: typedValue('Birthday', { celebratedOn: dateValue(day) }) }];
}

function listNewPositions(positions: readonly Experience[], today: CalendarDate): Document[] {
  const current = positions.find(({ span }) => isCurrent(span, today) && isNew(span.start, today));
  const hiredOn = current?.span.start;
  if (!current || !hiredOn) return [];
  const earlier = positions.filter((each) => each !== current && isEarlier(each, hiredOn));
  const key = organizationKey(current);
  const occasions: Document[] = [];
  if (key !== '' && !earlier.some((each) => organizationKey(each) === key)) {
    const value = { ...current.organization, hiredOn: dateValue(hiredOn) };
    occasions.push({ meetNewHire: typedValue('MeetNewHire', value) });
  }
  const [old] = earlier.sort((one, other) => compareDates(begin(other)!, begin(one)!));
  if (old) occasions.push({ positionChange: describeChange(current, old, today) });
  return occasions;
}

function describeChange(current: Experience, old: Experience, today: CalendarDate): Document {
  return typedValue('PositionChange', {
    newPosition: current.value,
    oldPosition: old.value,
    positionChangeType: changeType(current, old, today),
  });
}

function changeType(current: Experience, old: Experience, today: CalendarDate): string {
  const key = organizationKey(current);
  if (key !== '' && organizationKey(old) === key) return 'PROMOTION';
  return isCurrent(old.span, today) ? 'ADDITIONAL_POSITION' : 'COMPANY_CHANGE';
}

function isNew(start: CalendarDate | undefined, today: CalendarDate): boolean {
  if (!start) return false;
  const days = countDays(start, today);
  return days >= 0 && days <= NEW_DAYS;
}

function isEarlier(position: Experience, date: CalendarDate): boolean {
  const known = begin(position);
  return known !== undefined && compareDates(known, date) < 0;
}

/** The earliest day at which the post is known to have been held. */
function begin({ span }: Experience): CalendarDate | undefined {
  return span.start ?? span.end;
}
