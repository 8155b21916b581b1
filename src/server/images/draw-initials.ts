import { hash } from 'node:crypto';
import sharp, { type Sharp } from 'sharp';

/** What a drawing of initials begins with: `initials:MO:` and whatever chooses the colour. */
const KIND = 'initials:';
/** Grounds on which white letters are read: a contrast of 4.5 at least (WCAG 2.2, 1.4.3). */
const GROUNDS = ['#8e3b46', '#2f5d8a', '#2f6b4f', '#6b4a8a', '#8a5a2b', '#2b6b74', '#7a3b6b'];
/** The letters' box, as a share of the edge. */
const ACROSS = 0.62;
const DOWN = 0.4;

/** Whether a text describes a drawing of initials. */
export function isInitials(text: string): boolean {
  return text.startsWith(KIND);
}

/** Draws initials in white on a ground, in the fonts that the machine has. */
export function drawInitials(text: string, edge: number): Sharp {
  const [, letters = '', seed = ''] = text.split(':', 3);
  const ground = GROUNDS[hash('sha256', seed, 'buffer')[0]! % GROUNDS.length]!;
  const size = { width: Math.round(edge * ACROSS), height: Math.round(edge * DOWN) };
  const markup = `<span foreground="white">${escapeMarkup(letters)}</span>`;
  const input = {
    text: { text: markup, font: 'sans', align: 'centre', rgba: true, ...size },
  } as const;
  const square = { width: edge, height: edge, channels: 3, background: ground } as const;
  return sharp({ create: square }).composite([{ input, gravity: 'centre' }]);
}

function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
