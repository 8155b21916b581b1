import { foldText } from '#plan/compare.ts';
import { calendarOf, DAY, ticksOf } from './naive-moment.ts';
import { floorOf, roundHalf, whole } from './naive-number.ts';
import type { Naive } from './naive-value.ts';

type Given = NonNullable<Naive>;

/** The instant at which the tests' clock stands. */
export const NOW = 1_700_000_000_000;

/** A canonical function; null where an argument is null. */
export function callFunction(name: string, args: readonly Naive[]): Naive {
  if (name === 'now') return { kind: 'instant', ticks: ticksOf(NOW), offset: 0 };
  if (name === 'mindatetime') return { kind: 'instant', ticks: 0n, offset: 0 };
  if (name === 'maxdatetime') {
    return { kind: 'instant', ticks: 3_155_378_975_999_999_999n, offset: 0 };
  }
  if (args.some((each) => each === null)) return null;
  const given = args as readonly Given[];
  const [first] = given;
  if (first?.kind === 'instant' || first?.kind === 'date' || first?.kind === 'time') {
    return callMoment(name, first);
  }
  if (first?.kind === 'duration') {
    return { kind: 'exact', number: { over: first.ticks, under: 10_000_000n } };
  }
  if (first && ('number' in first || first.kind === 'float')) return callRound(name, first);
  return callText(name, given);
}

function callText(name: string, args: readonly Given[]): Naive {
  const texts = args.map((each) => ('text' in each ? String(each.text) : ''));
  const [one = '', other = ''] = texts;
  const [folded, sought] = [foldText(one), foldText(other)];
  switch (name) {
    case 'concat':
      return text(one + other);
    case 'tolower':
      return text(one.toLowerCase());
    case 'toupper':
      return text(one.toUpperCase());
    case 'trim':
      return text(one.trim());
    case 'length':
      return number([...one].length);
    case 'substring':
      return text(substring(one, args.slice(1).map(integerOf)));
    case 'indexof': {
      const at = folded.indexOf(sought);
      return number(at < 0 ? -1 : [...folded.slice(0, at)].length);
    }
    case 'contains':
      return truth(folded.includes(sought));
    case 'startswith':
      return truth(folded.startsWith(sought));
    case 'endswith':
      return truth(folded.endsWith(sought));
    case 'matchespattern':
      return truth(new RegExp(other, `u${texts[2] ?? ''}`).test(one));
    default:
      throw new Error(`${name} is not known.`);
  }
}

function substring(given: string, [start = 0, size]: readonly number[]): string {
  const characters = [...given];
  const from = start < 0 ? Math.max(0, characters.length + start) : start;
  const until = size === undefined ? characters.length : from + Math.max(0, size);
  return characters.slice(from, until).join('');
}

function integerOf(value: Given): number {
  if (!('number' in value)) throw new Error('A position is a number.');
  return Number(value.number.over / value.number.under);
}

function callMoment(name: string, value: Given & { ticks: bigint }): Naive {
  const offset = value.kind === 'instant' ? value.offset : 0;
  const local =
    value.kind === 'date' ? value.ticks * DAY : value.ticks + BigInt(offset) * 600_000_000n;
  const day = floorOf({ over: local, under: DAY });
  const rest = local - day * DAY;
  const part = (unit: bigint, count: bigint) => number(Number((rest / unit) % count));
  switch (name) {
    case 'date':
      return { kind: 'date', ticks: day };
    case 'time':
      return { kind: 'time', ticks: rest };
    case 'year':
    case 'month':
    case 'day':
      return number(calendarOf(day)[name]);
    case 'hour':
      return part(36_000_000_000n, 24n);
    case 'minute':
      return part(600_000_000n, 60n);
    case 'second':
      return part(10_000_000n, 60n);
    case 'fractionalseconds':
      return { kind: 'exact', number: { over: rest % 10_000_000n, under: 10_000_000n } };
    case 'totaloffsetminutes':
      return number(offset);
    default:
      throw new Error(`${name} is not known.`);
  }
}

function callRound(name: string, value: Given): Naive {
  if (value.kind === 'float') {
    const size = Math.abs(value.value);
    const half = size - Math.floor(size) >= 0.5 ? Math.ceil(size) : Math.floor(size);
    const results = {
      floor: Math.floor(value.value),
      ceiling: Math.ceil(value.value),
      round: Math.sign(value.value) * half,
    };
    return { kind: 'float', value: results[name as keyof typeof results] };
  }
  if (!('number' in value)) throw new Error('Only numbers are rounded.');
  const { over, under } = value.number;
  const results = {
    floor: () => floorOf({ over, under }),
    ceiling: () => -floorOf({ over: -over, under }),
    round: () => roundHalf({ over, under }),
  };
  return { kind: value.kind, number: whole(results[name as keyof typeof results]()) };
}

function text(given: string): Naive {
  return { kind: 'text', text: given };
}

function truth(value: boolean): Naive {
  return { kind: 'boolean', value };
}

function number(value: number): Naive {
  return { kind: 'whole', number: whole(BigInt(value)) };
}
