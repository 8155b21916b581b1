import type { CalendarDate } from '../calendar.ts';
import { type CommonGround, formatGap, type Phrases } from './phrases.ts';

const numbers = new Intl.NumberFormat('ja');
const gapWords = {
  years: (count: number) => `${count}年`,
  months: (count: number) => `${count}か月`,
  days: (count: number) => `${count}日`,
  and: '',
};

/** Japanese sentences; every person but the reader is a さん. */
export const japanese: Phrases = {
  countConnections: (count) => `共通の知り合い${numbers.format(count)}人`,

  bothKnow(name, names, others) {
    const known = names.map((each) => `${each}さん`);
    if (others > 0) known.push(`他${numbers.format(others)}人`);
    return `あなたと${name}さんは、${known.join('、')}と知り合いです。`;
  },

  nameGround: ({ kind, organization }) =>
    `${kind === 'work' ? '共通の勤務先' : '共通の学校'}：${organization}`,

  tellGround({ kind, organization, name, overlap }: CommonGround): string {
    const gap = formatGap(overlap?.gap, gapWords);
    const joined = kind === 'work' ? '入社しました' : '入学しました';
    switch (overlap?.type) {
      case 'BOTH_CURRENT_VIEWER_STARTED_FIRST':
        return `あなたは${name}さんより${gap}早く${organization}に${joined}。`;
      case 'BOTH_CURRENT_VIEWEE_STARTED_FIRST':
        return `あなたは${name}さんより${gap}遅く${organization}に${joined}。`;
      case 'BOTH_CURRENT_STARTED_IN_SAME_MONTH':
        return `あなたと${name}さんは同じ月に${organization}に${joined}。`;
      case 'NOT_BOTH_CURRENT_NO_OVERLAP_VIEWER_STARTED_FIRST':
        return `あなたが${organization}を離れた${gap}後に、${name}さんが${joined}。`;
      case 'NOT_BOTH_CURRENT_NO_OVERLAP_VIEWEE_STARTED_FIRST':
        return `${name}さんが${organization}を離れた${gap}後に、あなたが${joined}。`;
      case 'NOT_BOTH_CURRENT_OVERLAP': {
        const [start, end] = [overlap.range?.start, overlap.range?.end].map(formatMonth);
        const did = kind === 'work' ? '働いていました' : '学んでいました';
        return `あなたと${name}さんは${start}から${end}まで${organization}で一緒に${did}。`;
      }
      default: {
        const did = kind === 'work' ? '働いた' : '学んだ';
        return `あなたと${name}さんはどちらも${organization}で${did}ことがあります。`;
      }
    }
  },
};

function formatMonth(date: CalendarDate | undefined): string {
  return date ? `${date.year}年${date.month}月` : '';
}
