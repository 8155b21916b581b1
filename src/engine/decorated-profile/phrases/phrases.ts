import type { CalendarDate, CalendarGap } from '../calendar.ts';
import type { Overlap } from '../overlap.ts';

/** What a pair of people have in common at one organisation. */
export interface CommonGround {
  readonly kind: 'work' | 'study';
  readonly organization: string;
  /** The viewee's first name. */
  readonly name: string;
  readonly overlap: Overlap | undefined;
}

/** The sentences of simple highlights in one language. */
export interface Phrases {
  /** Title: how many people both know, one or more. */
  countConnections(count: number): string;
  /** Detail: whom both know, by full names, and how many others. */
  bothKnow(name: string, names: readonly string[], others: number): string;
  /** Title: where both have been. */
  nameGround(ground: CommonGround): string;
  /** Detail: how their times there lie to each other. */
  tellGround(ground: CommonGround): string;
}

/** How a language says so many years, months and days, and what stands between two of these. */
export interface GapWords {
  readonly years: (count: number) => string;
  readonly months: (count: number) => string;
  readonly days: (count: number) => string;
  readonly and: string;
}

/** Years and months; days only where it is less than a month; empty for no time at all. */
export function formatGap(gap: CalendarGap | undefined, words: GapWords): string {
  if (!gap) return '';
  const { years, months, days } = gap;
  const parts = [years > 0 ? words.years(years) : '', months > 0 ? words.months(months) : ''];
  const text = parts.filter((part) => part !== '').join(words.and);
  return text === '' && days > 0 ? words.days(days) : text;
}

/** A month as `05/2012`. */
export function formatMonth(date: CalendarDate | undefined): string {
  return date ? `${String(date.month).padStart(2, '0')}/${date.year}` : '';
}

/** Counts with a word that has one form for one and another for more. */
export function counter(one: string, more: string): (count: number) => string {
  return (count) => `${count} ${count === 1 ? one : more}`;
}
