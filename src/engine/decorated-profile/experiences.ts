import { foldText } from '#plan/compare.ts';
import type { Document, Value } from '#plan/document.ts';
import { type CalendarDate, compareDates, parseDate } from './calendar.ts';
import { partOf, rangeValue, type Span, textOf, typedValue } from './document-values.ts';

/** What every type that names a company or a school begins with; `name` may be empty. */
export type Organization = { name: string } & Document;

/** Something that a member did at a company or a school. */
export interface Experience {
  readonly organization: Organization;
  readonly span: Span;
  /** As the decorated profile shows it: a `Position` or an `Education`. */
  readonly value: Document;
}

/** As many of each as `recentPositions` and `recentEducations` show, by their description. */
const RECENT_MAX = 3;

/**
 * Facets of the type `workPosition` as positions, the most recent first; `known` are those that
 * the directory tells, which are none of their own where the person tells of a current one there.
 */
export function listPositions(
  told: readonly Document[],
  known: readonly Document[] = [],
): Experience[] {
  const own = told.map(readPosition);
  const current = new Set(own.filter(({ span }) => !span.end).map(organizationKey));
  const others = known.map(readPosition).filter((each) => !current.has(organizationKey(each)));
  return sortByRecency([...own, ...others]);
}

/** Facets of the type `educationalActivity` as educations, the most recent first. */
export function listEducations(facets: readonly Document[]): Experience[] {
  return sortByRecency(facets.map(readEducation));
}

/** What the profile shows of sorted experiences. */
export function showRecent(experiences: readonly Experience[]): Document[] {
  return experiences.slice(0, RECENT_MAX).map(({ value }) => value);
}

/** The text by which organisations are the same; empty where the organisation has no name. */
export function organizationKey({ organization }: Pick<Experience, 'organization'>): string {
  return foldText(organization.name.trim());
}

function readPosition(facet: Document): Experience {
  const detail = partOf(facet.detail);
  const company = partOf(detail.company);
  const place = textOf(company.officeLocation) ?? textOf(partOf(company.address).city);
  const organization = describeOrganization(company, place);
  const span = readSpan(detail.startMonthYear, detail.endMonthYear);
  const value = typedValue('Position', {
    ...organization,
    title: textOf(detail.jobTitle),
    startEndDate: rangeValue(span),
    description: textOf(detail.description) ?? textOf(detail.summary),
  });
  return { organization, span, value };
}

function readEducation(facet: Document): Experience {
  const institution = partOf(facet.institution);
  const program = partOf(facet.program);
  const organization = describeOrganization(institution, textOf(partOf(institution.location).city));
  const span = readSpan(facet.startMonthYear, facet.endMonthYear ?? facet.completionMonthYear);
  const { fieldsOfStudy } = program;
  const value = typedValue('Education', {
    ...organization,
    degreeName: textOf(program.displayName),
    startEndDate: rangeValue(span),
    fieldOfStudy: textOf(Array.isArray(fieldsOfStudy) ? fieldsOfStudy.join(', ') : fieldsOfStudy),
    description: textOf(program.description),
  });
  return { organization, span, value };
}

function describeOrganization(held: Document, location: string | undefined): Organization {
  return { name: textOf(held.displayName) ?? '', url: textOf(held.webUrl), location };
}

function readSpan(start: Value | undefined, end: Value | undefined): Span {
  return { start: parseDate(start), end: parseDate(end) };
}

/** By end, then by start; without an end it still goes on, without a start it is of old. */
function sortByRecency(experiences: Experience[]): Experience[] {
  return experiences.sort(
    (one, other) =>
      compareLatest(one.span.end, other.span.end, 1) ||
      compareLatest(one.span.start, other.span.start, -1),
  );
}

/** The later date first; a date that is missing counts as later than all (1) or earlier (-1). */
function compareLatest(
  one: CalendarDate | undefined,
  other: CalendarDate | undefined,
  missing: 1 | -1,
): number {
  if (one && other) return compareDates(other, one);
  return one === other ? 0 : one ? missing : -missing;
}
