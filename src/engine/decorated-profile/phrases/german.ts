import { type CommonGround, counter, formatGap, formatMonth, type Phrases } from './phrases.ts';

const list = new Intl.ListFormat('de');
const numbers = new Intl.NumberFormat('de');
const gapWords = {
  years: counter('Jahr', 'Jahre'),
  months: counter('Monat', 'Monate'),
  days: counter('Tag', 'Tage'),
  and: ' und ',
};

/** German sentences; the reader is addressed formally. */
export const german: Phrases = {
  countConnections: (count) =>
    count === 1 ? '1 gemeinsamer Kontakt' : `${numbers.format(count)} gemeinsame Kontakte`,

  bothKnow(name, names, others) {
    const rest = `${numbers.format(others)} weitere ${others === 1 ? 'Person' : 'Personen'}`;
    return `Sie und ${name} kennen beide ${list.format(others > 0 ? [...names, rest] : names)}.`;
  },

  nameGround: ({ kind, organization }) =>
    `${kind === 'work' ? 'Gemeinsamer Arbeitgeber' : 'Gemeinsame Bildungsstätte'}: ${organization}`,

  tellGround({ kind, organization, name, overlap }: CommonGround): string {
    const gap = formatGap(overlap?.gap, gapWords);
    const earlier = gap === '' ? 'bevor' : `${gap} bevor`;
    const at = kind === 'work' ? `bei ${organization}` : `an ${organization}`;
    const did = kind === 'work' ? 'gearbeitet' : 'studiert';
    switch (overlap?.type) {
      case 'BOTH_CURRENT_VIEWER_STARTED_FIRST':
        return `Sie haben ${gap} vor ${name} ${at} angefangen.`;
      case 'BOTH_CURRENT_VIEWEE_STARTED_FIRST':
        return `Sie haben ${gap} nach ${name} ${at} angefangen.`;
      case 'BOTH_CURRENT_STARTED_IN_SAME_MONTH':
        return `Sie und ${name} haben im selben Monat ${at} angefangen.`;
      case 'NOT_BOTH_CURRENT_NO_OVERLAP_VIEWER_STARTED_FIRST':
        return `Sie haben ${at} ${did}, ${earlier} ${name} dort angefangen hat.`;
      case 'NOT_BOTH_CURRENT_NO_OVERLAP_VIEWEE_STARTED_FIRST':
        return `${name} hat ${at} ${did}, ${earlier} Sie dort angefangen haben.`;
      case 'NOT_BOTH_CURRENT_OVERLAP': {
        const [start, end] = [overlap.range?.start, overlap.range?.end].map(formatMonth);
        return `Sie und ${name} haben von ${start} bis ${end} zusammen ${at} ${did}.`;
      }
      default:
        return `Sie und ${name} haben beide ${at} ${did}.`;
    }
  },
};
