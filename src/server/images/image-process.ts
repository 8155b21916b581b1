/**
 * The process in which images are decoded and made, one at a time: it can be ended at any moment,
 * as a thread that has called into libvips cannot. It is told what to do over its channel, and ends
 * with it. Only the five formats that are taken can be loaded here.
 */
import sharp, { type Sharp, type SharpOptions } from 'sharp';
import type { PictureSource, Size } from '#plan/images.ts';
import { drawInitials, isInitials } from './draw-initials.ts';
import { drawPicture } from './draw-picture.ts';
import type { ImageMessage, ImageTask, Square } from './image-task.ts';

/** The largest edge of a kept master, in pixels. */
const MASTER_EDGE = 2048;
/** Bytes of memory that a task may take beyond what the process has at rest. */
const MEMORY_MAX = 320 * 1024 * 1024;
const WATCH_MS = 20;

const LOADERS = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'];

sharp.concurrency(1);
sharp.cache(false);
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: LOADERS.map((name) => `VipsForeignLoad${name}Buffer`) });

const untrusted: SharpOptions = { limitInputPixels: 24_000_000, failOn: 'error' };

/** Pixels in memory, three bytes each. */
interface Pixels extends Size {
  readonly data: Buffer;
}

process.on('message', (task: ImageTask) => {
  const atRest = process.memoryUsage.rss();
  const watch = setInterval(() => {
    // What goes beyond is ended here, whatever libvips is about to do.
    if (process.memoryUsage.rss() - atRest > MEMORY_MAX) process.kill(process.pid, 'SIGKILL');
  }, WATCH_MS);
  const work = task.kind === 'take' ? take(task) : render(task);
  work
    .catch((error: Error) => send({ kind: 'failed', reason: error.message }))
    .finally(() => clearInterval(watch));
});
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
send({ kind: 'ready' });

function send(message: ImageMessage): void {
  process.send!(message);
}

async function take({ bytes, format, squares }: Extract<ImageTask, { kind: 'take' }>) {
  const image = sharp(bytes, untrusted);
  const { format: found } = await image.metadata();
  const isSame = found === format || (found === 'heif' && format === 'avif');
  if (!isSame) throw new Error(`it begins as ${format} and is ${found}`);
  const upright = image
    .autoOrient()
    .toColourspace('srgb')
    .flatten({ background: '#fff' })
    .resize({ ...box(MASTER_EDGE), fit: 'inside', withoutEnlargement: true });
  const master = await pixelsOf(upright);
  const edges = squares.edges.filter((edge) => edge <= Math.min(master.width, master.height));
  const first = edges.findLast((edge) => edge <= squares.firstMax) ?? edges[0];
  const square = await cutSquare(master, edges.at(-1));
  const { width, height } = master;
  const kept = await jpegOf(open(master), 90);
  send({ kind: 'taken', width, height, bytes: kept, first: await squaresOf(square, [first]) });
  const others = edges.filter((edge) => edge !== first);
  send({ kind: 'done', squares: await squaresOf(square, others) });
}

async function render({ source, sizes, squares }: Extract<ImageTask, { kind: 'render' }>) {
  const pictures = await (source.kind === 'drawing'
    ? Promise.all(sizes.map((size) => draw(source, size)))
    : renderMaster(source.bytes, sizes, squares));
  send({ kind: 'rendered', pictures });
}

async function renderMaster(
  bytes: Uint8Array,
  sizes: readonly Size[],
  squares: readonly number[],
): Promise<Uint8Array[]> {
  const master = await pixelsOf(sharp(bytes, untrusted).toColourspace('srgb'));
  const largest = squares.findLast((edge) => edge <= Math.min(master.width, master.height));
  const square = await cutSquare(master, largest);
  const pictures: Uint8Array[] = [];
  for (const size of sizes) {
    const { width, height } = size;
    const isMaster = width === master.width && height === master.height;
    const isSquare = square && width === height && squares.includes(width);
    const from = open(isSquare && width <= square.width ? square : master);
    const cut = { width, height, fit: 'cover', position: 'attention' } as const;
    pictures.push(await jpegOf(isMaster ? from : from.resize(cut)));
  }
  return pictures;
}

async function draw({ text }: Extract<PictureSource, { kind: 'drawing' }>, size: Size) {
  const edge = Math.max(size.width, size.height);
  if (isInitials(text)) return jpegOf(drawInitials(text, edge).resize({ ...size, fit: 'cover' }));
  const drawn = open({ data: drawPicture(text, edge), width: edge, height: edge });
  return jpegOf(drawn.resize({ ...size, fit: 'cover' }));
}

/** The largest square, cut where the eye goes; all smaller ones are made of it. */
async function cutSquare(master: Pixels, edge: number | undefined): Promise<Pixels | undefined> {
  if (edge === undefined) return undefined;
  return pixelsOf(open(master).resize({ ...box(edge), fit: 'cover', position: 'attention' }));
}

async function squaresOf(
  square: Pixels | undefined,
  edges: readonly (number | undefined)[],
): Promise<Square[]> {
  const made: Square[] = [];
  for (const edge of edges) {
    if (!square || edge === undefined) continue;
    made.push([edge, await jpegOf(open(square).resize(box(edge)))]);
  }
  return made;
}

function open({ data, width, height }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } });
}

function box(edge: number): Size {
  return { width: edge, height: edge };
}

async function pixelsOf(image: Sharp): Promise<Pixels> {
  const { data, info } = await image.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

function jpegOf(image: Sharp, quality = 85): Promise<Uint8Array> {
  return image.jpeg({ quality }).toBuffer();
}
