import sharp from 'sharp';
import { SQUARE_EDGES } from '#engine/photos/photo-sizes.ts';
import { openImages } from '#server/images/open-images.ts';
import { median } from './measure.ts';

const ROUNDS = 9;

/**
 * How long Kith takes for all sizes of a photo of 2000 x 2000 pixels, its master included and in a
 * process of its own, in parts of what sharp takes for the nine squares alone. Both in turn.
 */
export async function measureNineSizes(): Promise<number> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  const small = { width: 500, height: 500, channels: 3 as const, background: '#888', noise };
  const soft = await sharp({ create: small }).blur(2).png().toBuffer();
  const jpeg = await sharp(soft).resize(2000, 2000).jpeg({ quality: 90 }).toBuffer();
  await using images = openImages();
  const kith = async () => {
    const squares = { edges: SQUARE_EDGES, firstMax: 240 };
    await (await images.take(jpeg, 'jpeg', squares)).rest;
  };
  const alone = async () => {
    for (const edge of SQUARE_EDGES) {
      const image = sharp(jpeg).autoOrient();
      const square = image.resize(edge, edge, { fit: 'cover', position: 'attention' });
      await square.jpeg({ quality: 85 }).toBuffer();
    }
  };
  await kith();
  await alone();
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const own = await timeOf(kith);
    ratios.push(own / (await timeOf(alone)));
  }
  return median(ratios);
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
