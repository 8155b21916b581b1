import { type CommonGround, counter, formatGap, formatMonth, type Phrases } from './phrases.ts';

const list = new Intl.ListFormat('fr');
const numbers = new Intl.NumberFormat('fr');
const gapWords = {
  years: counter('an', 'ans'),
  months: counter('mois', 'mois'),
  days: counter('jour', 'jours'),
  and: ' et ',
};

/**
 * French sentences. A name never follows `de` or `que`, which lose their vowel before another, and
 * no participle agrees with a person.
 */
export const french: Phrases = {
  countConnections: (count) =>
    `${numbers.format(count)} ${count === 1 ? 'relation' : 'relations'} en commun`,

  bothKnow(name, names, others) {
    const people = others === 1 ? 'autre personne' : 'autres personnes';
    const rest = `${numbers.format(others)} ${people}`;
    return `${name} et vous connaissez ${list.format(others > 0 ? [...names, rest] : names)}.`;
  },

  nameGround: ({ kind, organization }) =>
    `${kind === 'work' ? 'Employeur commun' : 'Établissement commun'} : ${organization}`,

  tellGround({ kind, organization, name, overlap }: CommonGround): string {
    const gap = formatGap(overlap?.gap, gapWords);
    const later = gap === '' ? 'ensuite' : `${gap} plus tard`;
    const at = kind === 'work' ? `chez ${organization}` : `à ${organization}`;
    const did = kind === 'work' ? 'travaillé' : 'étudié';
    switch (overlap?.type) {
      case 'BOTH_CURRENT_VIEWER_STARTED_FIRST':
        return `Vous avez commencé ${at} ${gap} avant ${name}.`;
      case 'BOTH_CURRENT_VIEWEE_STARTED_FIRST':
        return `Vous avez commencé ${at} ${gap} après ${name}.`;
      case 'BOTH_CURRENT_STARTED_IN_SAME_MONTH':
        return `${name} et vous avez commencé ${at} le même mois.`;
      case 'NOT_BOTH_CURRENT_NO_OVERLAP_VIEWER_STARTED_FIRST':
        return `Vous avez ${did} ${at} ; ${name} y a commencé ${later}.`;
      case 'NOT_BOTH_CURRENT_NO_OVERLAP_VIEWEE_STARTED_FIRST':
        return `${name} a ${did} ${at} ; vous y avez commencé ${later}.`;
      case 'NOT_BOTH_CURRENT_OVERLAP': {
        const [start, end] = [overlap.range?.start, overlap.range?.end].map(formatMonth);
        return `${name} et vous avez ${did} ensemble ${at} de ${start} à ${end}.`;
      }
      default:
        return `${name} et vous avez ${did} ${at}.`;
    }
  },
};
