import sharp, { type Sharp } from 'sharp';

/** A picture with something to see at a place: a bright disc on a dark ground. */
export function picture(width: number, height = width, at = { x: 0.5, y: 0.5 }): Sharp {
  const radius = Math.max(Math.min(width, height) / 8, 1);
  const disc = `<circle cx="${at.x * width}" cy="${at.y * height}" r="${radius}" fill="#f4c020"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="#203040"/>${disc}</svg>`;
  return sharp(Buffer.from(svg)).flatten();
}

/** The colour of a pixel of an image, at a place in parts of its edges. */
export async function colourAt(bytes: Uint8Array, x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(bytes)
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const column = Math.min(Math.floor(x * info.width), info.width - 1);
  const row = Math.min(Math.floor(y * info.height), info.height - 1);
  const start = (row * info.width + column) * info.channels;
  return [...data.subarray(start, start + 3)];
}

/** The format and size of an image, and whether it carries anything but its pixels. */
export async function describePicture(bytes: Uint8Array) {
  const { format, width, height, exif, icc, xmp, iptc, space, orientation } =
    await sharp(bytes).metadata();
  const isBare = !exif && !icc && !xmp && !iptc && orientation === undefined;
  return { format, width, height, isBare, space };
}
