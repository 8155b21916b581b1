import { hash } from 'node:crypto';

type Colour = readonly [red: number, green: number, blue: number];

/** An ellipse, in units of the picture's edge. */
interface Shape {
  readonly colour: Colour;
  readonly x: number;
  readonly y: number;
  /** Half of its width and of its height. */
  readonly across: number;
  readonly down: number;
  /** Where it is cut off below. */
  readonly until?: number;
}

/**
 * Draws the picture that a text describes, `portrait:...` or `emblem:...`, as pixels of a square,
 * three bytes each. The same text gives the same picture in every size.
 */
export function drawPicture(text: string, edge: number): Buffer {
  const [kind = ''] = text.split(':', 1);
  const dice = hash('sha256', text, 'buffer');
  const shapes = kind === 'emblem' ? emblemOf(dice) : portraitOf(dice);
  return paint(pick(GROUNDS, dice[0]!), shapes, edge);
}

const GROUNDS: readonly Colour[] = [
  [196, 214, 226],
  [214, 226, 200],
  [236, 214, 190],
  [222, 206, 228],
  [200, 224, 220],
  [238, 222, 170],
];
const SKINS: readonly Colour[] = [
  [246, 214, 190],
  [226, 180, 146],
  [196, 142, 104],
  [150, 100, 70],
  [108, 70, 50],
];
const HAIRS: readonly Colour[] = [
  [40, 32, 30],
  [84, 54, 38],
  [132, 86, 50],
  [206, 170, 110],
  [158, 156, 156],
];
const CLOTHES: readonly Colour[] = [
  [44, 72, 112],
  [120, 46, 60],
  [46, 96, 80],
  [88, 64, 112],
  [68, 72, 80],
  [182, 104, 48],
];

/** A head with hair above shoulders. */
function portraitOf(dice: Buffer): Shape[] {
  const skin = pick(SKINS, dice[1]!);
  const hair = pick(HAIRS, dice[2]!);
  const length = 0.3 + (dice[4]! % 3) * 0.13;
  const brow = 0.3 + (dice[5]! % 4) * 0.015;
  const eye = { colour: shade(hair, 0.8), y: 0.43, across: 0.014, down: 0.017 };
  const middle = { x: 0.5 };
  return [
    { ...middle, colour: hair, y: 0.2 + length / 2, across: 0.2, down: length / 2 + 0.06 },
    { ...middle, colour: pick(CLOTHES, dice[3]!), y: 1.02, across: 0.36, down: 0.3 },
    { ...middle, colour: shade(skin, 0.9), y: 0.68, across: 0.075, down: 0.13 },
    { ...middle, colour: skin, y: 0.44, across: 0.155, down: 0.205 },
    { ...middle, colour: hair, y: 0.42, across: 0.168, down: 0.222, until: brow },
    { ...eye, x: 0.44 },
    { ...eye, x: 0.56 },
    { ...middle, colour: shade(skin, 0.75), y: 0.545, across: 0.045, down: 0.011 },
  ];
}

/** Three discs of a group. */
function emblemOf(dice: Buffer): Shape[] {
  const turn = (dice[1]! / 256) * Math.PI * 2;
  return [0, 1, 2].map((index) => {
    const angle = turn + (index * Math.PI * 2) / 3;
    const at = { x: 0.5 + 0.17 * Math.cos(angle), y: 0.5 + 0.17 * Math.sin(angle) };
    return { ...at, colour: pick(CLOTHES, dice[2]! + index * 5), across: 0.2, down: 0.2 };
  });
}

function pick(colours: readonly Colour[], number: number): Colour {
  return colours[number % colours.length]!;
}

function shade([red, green, blue]: Colour, by: number): Colour {
  return [red * by, green * by, blue * by];
}

/** Paints shapes above each other; their rims are one pixel soft. */
function paint(ground: Colour, shapes: readonly Shape[], edge: number): Buffer {
  const pixels = Buffer.alloc(edge * edge * 3);
  for (let at = 0; at < pixels.length; at++) pixels[at] = ground[at % 3]!;
  for (const shape of shapes) paintShape(pixels, shape, edge);
  return pixels;
}

function paintShape(pixels: Buffer, shape: Shape, edge: number): void {
  const { colour, x, y, across, down, until = 1 } = shape;
  const clamp = (value: number) => Math.min(Math.max(value, 0), edge);
  const bottom = Math.min(y + down, until);
  const scale = Math.min(across, down) * edge;
  const [left, right] = [clamp(Math.floor((x - across) * edge)), clamp((x + across) * edge + 1)];
  for (let row = clamp(Math.floor((y - down) * edge)); row < clamp(bottom * edge + 1); row++) {
    const inside = Math.min(Math.max(until * edge - row, 0), 1);
    const rise = ((row + 0.5) / edge - y) / down;
    for (let column = left; column < right; column++) {
      const reach = Math.hypot(((column + 0.5) / edge - x) / across, rise);
      const cover = Math.min(Math.max(0.5 - (reach - 1) * scale, 0), inside);
      if (cover === 0) continue;
      const at = (row * edge + column) * 3;
      for (const band of [0, 1, 2] as const) {
        pixels[at + band] = pixels[at + band]! + (colour[band] - pixels[at + band]!) * cover;
      }
    }
  }
}
