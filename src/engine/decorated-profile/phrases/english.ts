import { type CommonGround, counter, formatGap, formatMonth, type Phrases } from './phrases.ts';

const list = new Intl.ListFormat('en');
const numbers = new Intl.NumberFormat('en');
const verbs = { work: 'worked', study: 'studied' } as const;
const gapWords = {
  years: counter('year', 'years'),
  months: counter('month', 'months'),
  days: counter('day', 'days'),
  and: ' and ',
};

/** English sentences, as the types' descriptions spell them where they give examples. */
export const english: Phrases = {
  countConnections: (count) =>
    `${numbers.format(count)} Mutual ${count === 1 ? 'Connection' : 'Connections'}`,

  bothKnow(name, names, others) {
    const rest = `${numbers.format(others)} ${others === 1 ? 'other' : 'others'}`;
    return `You and ${name} both know ${list.format(others > 0 ? [...names, rest] : names)}.`;
  },

  nameGround: ({ kind, organization }) =>
    `${kind === 'work' ? 'Shared Employer' : 'Shared School'}: ${organization}`,

  tellGround({ kind, organization, name, overlap }: CommonGround): string {
    const gap = formatGap(overlap?.gap, gapWords);
    const earlier = gap === '' ? 'before' : `${gap} before`;
    const did = verbs[kind];
    switch (overlap?.type) {
      case 'BOTH_CURRENT_VIEWER_STARTED_FIRST':
        return `You started at ${organization} ${gap} before ${name}.`;
      case 'BOTH_CURRENT_VIEWEE_STARTED_FIRST':
        return `You started at ${organization} ${gap} after ${name}.`;
      case 'BOTH_CURRENT_STARTED_IN_SAME_MONTH':
        return `You and ${name} started at ${organization} in the same month.`;
      case 'NOT_BOTH_CURRENT_NO_OVERLAP_VIEWER_STARTED_FIRST':
        return `You ${did} at ${organization} ${earlier} ${name} started.`;
      case 'NOT_BOTH_CURRENT_NO_OVERLAP_VIEWEE_STARTED_FIRST':
        return `${name} ${did} at ${organization} ${earlier} you started.`;
      case 'NOT_BOTH_CURRENT_OVERLAP': {
        const [start, end] = [overlap.range?.start, overlap.range?.end].map(formatMonth);
        return `You and ${name} ${did} together at ${organization} from ${start} to ${end}.`;
      }
      default:
        return `You and ${name} both ${did} at ${organization}.`;
    }
  },
};
