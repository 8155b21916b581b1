import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { Refusal } from '#errors.ts';
import { checkImage } from './check-image.ts';

const latin = (text: string) => Buffer.from(text, 'latin1');
const u16 = (value: number) => Buffer.from([value >> 8, value & 255]);
const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const le = (value: number, length: number) => {
  const bytes = Buffer.alloc(length);
  bytes.writeUIntLE(value, 0, length);
  return bytes;
};

function chunk(name: string, data: Buffer, length = data.length): Buffer {
  return Buffer.concat([u32(length), latin(name), data, u32(0)]);
}

function png(width: number, height: number, ...chunks: Buffer[]): Buffer {
  const head = Buffer.concat([u32(width), u32(height), Buffer.from([8, 2, 0, 0, 0])]);
  const picture = [chunk('IDAT', Buffer.alloc(9)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([latin('\x89PNG\r\n\x1a\n'), chunk('IHDR', head), ...chunks, ...picture]);
}

function segment(marker: number, data: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0xff, marker]), u16(data.length + 2), data]);
}

function jpeg(width: number, height: number, ...segments: Buffer[]): Buffer {
  const frame = Buffer.concat([Buffer.from([8]), u16(height), u16(width), Buffer.alloc(10)]);
  const all = [...segments, segment(0xc2, frame), segment(0xda, Buffer.alloc(10))];
  return Buffer.concat([Buffer.from([0xff, 0xd8]), ...all]);
}

function riff(...chunks: (readonly [name: string, data: Buffer])[]): Buffer {
  const parts = chunks.map(([name, data]) => {
    return Buffer.concat([latin(name), le(data.length, 4), data, Buffer.alloc(data.length % 2)]);
  });
  const inside = Buffer.concat([latin('WEBP'), ...parts]);
  return Buffer.concat([latin('RIFF'), le(inside.length, 4), inside]);
}

function canvas(width: number, height: number): readonly [string, Buffer] {
  return ['VP8X', Buffer.concat([Buffer.alloc(4), le(width - 1, 3), le(height - 1, 3)])];
}

function gif(width: number, height: number, frames: number): Buffer {
  const head = Buffer.concat([
    latin('GIF89a'),
    le(width, 2),
    le(height, 2),
    Buffer.from([0, 0, 0]),
  ]);
  const sides = Buffer.concat([le(0, 4), le(width, 2), le(height, 2), Buffer.from([0])]);
  const frame = Buffer.concat([Buffer.from([0x2c]), sides, Buffer.from([2, 1, 0, 0])]);
  return Buffer.concat([head, ...Array(frames).fill(frame), Buffer.from([0x3b])]);
}

function box(name: string, ...parts: Buffer[]): Buffer {
  const data = Buffer.concat(parts);
  return Buffer.concat([u32(data.length + 8), latin(name), data]);
}

function avif(width: number, height: number, ...more: Buffer[]): Buffer {
  const size = box('ispe', u32(0), u32(width), u32(height));
  const meta = box('meta', u32(0), box('iprp', box('ipco', size, ...more)));
  return Buffer.concat([box('ftyp', latin('avif'), u32(0), latin('avifmif1')), meta]);
}

const profile = (length: number) => Buffer.concat([u32(length), Buffer.alloc(124)]);
const exif = (count: number) =>
  Buffer.concat([latin('Exif\0\0MM\0*'), u32(8), u16(1), u16(0x927c), u16(7), u32(count), u32(26)]);

for (const [name, bytes] of [
  ['jpeg', jpeg(640, 480, segment(0xe1, exif(100)))],
  ['png', png(640, 480)],
  ['webp', riff(canvas(640, 480), ['VP8 ', Buffer.alloc(10)])],
  ['webp', riff(['VP8L', Buffer.concat([Buffer.from([0x2f]), le(639 + 479 * 2 ** 14, 4)])])],
  ['gif', gif(640, 480, 3)],
  ['avif', avif(640, 480)],
] as const) {
  test(`the size of a ${name} stands in its header`, () => {
    const { header } = checkImage(bytes);
    assert.deepEqual([header.format, header.width, header.height], [name, 640, 480]);
  });
  test(`a ${name} may come as base64`, () => {
    const text = bytes.toString('base64');
    assert.deepEqual(Buffer.from(checkImage(latin(text)).bytes), bytes);
    assert.deepEqual(Buffer.from(checkImage(latin(JSON.stringify(text))).bytes), bytes);
  });
  test(`a ${name} that ends anywhere before its picture is refused, or has the same size`, () => {
    for (let length = 0; length < bytes.length; length++) {
      try {
        const { header } = checkImage(bytes.subarray(0, length));
        assert.deepEqual([header.width, header.height], [640, 480]);
      } catch (error) {
        assert.ok(error instanceof Refusal, String(error));
      }
    }
  });
}

const bomb = deflateSync(profile(64 * 1024 * 1024));
const icc = Buffer.concat([latin('ICC_PROFILE\0\x01\x01'), profile(64 * 1024 * 1024)]);

for (const [what, bytes] of [
  ['a PNG of 16,000 x 16,000', png(16_000, 16_000)],
  ['a JPEG of 65,535 x 65,535', jpeg(65_535, 65_535)],
  ['a WebP of 16,384 x 16,384', riff(canvas(16_384, 16_384))],
  ['a GIF of 60,000 x 60,000', gif(60_000, 60_000, 1)],
  ['an AVIF of 30,000 x 30,000', avif(30_000, 30_000)],
  ['a picture without pixels', png(0, 5)],
  ['a PNG of 10,000 frames', png(50, 50, chunk('acTL', Buffer.concat([u32(10_000), u32(0)])))],
  ['a GIF of 10,000 frames', gif(50, 50, 10_000)],
  [
    'a WebP of 10,000 frames',
    riff(canvas(50, 50), ...Array(10_000).fill(['ANMF', Buffer.alloc(16)])),
  ],
  [
    'an AVIF of 10,000 frames',
    Buffer.concat([
      avif(50, 50),
      box(
        'moov',
        box(
          'trak',
          box('mdia', box('minf', box('stbl', box('stsz', u32(0), u32(0), u32(10_000))))),
        ),
      ),
    ]),
  ],
  ['a JPEG with a profile of 64 MB', jpeg(50, 50, segment(0xe2, icc))],
  [
    'a PNG with a profile of 64 MB',
    png(50, 50, chunk('iCCP', Buffer.concat([latin('x\0\0'), bomb]))),
  ],
  ['a WebP with a profile of 64 MB', riff(canvas(50, 50), ['ICCP', profile(64 * 1024 * 1024)])],
  [
    'an AVIF with a profile of 64 MB',
    avif(50, 50, box('colr', latin('prof'), profile(64 * 1024 * 1024))),
  ],
  ['a JPEG with Exif of 64 MB', jpeg(50, 50, segment(0xe1, exif(64 * 1024 * 1024)))],
  ['a PNG with Exif of 64 MB', png(50, 50, chunk('eXIf', exif(64 * 1024 * 1024)))],
  [
    'a PNG whose chunk is longer than the file',
    png(50, 50, chunk('zTXt', Buffer.alloc(5), 2 ** 31)),
  ],
  [
    'a WebP whose chunk is longer than the file',
    Buffer.concat([latin('RIFF'), le(4096, 4), latin('WEBP')]),
  ],
] as const) {
  test(`${what} is refused by its header, at once`, () => {
    const refuse = () => {
      const started = performance.now();
      assert.throws(
        () => checkImage(bytes),
        (error) => error instanceof Refusal && error.refusal === 'invalidImage',
      );
      return performance.now() - started;
    };
    // The machine may be busy with something else; it is not each time.
    const fastest = Math.min(...Array.from({ length: 5 }, refuse));
    assert.ok(fastest < 50, `${fastest} ms`);
  });
}

for (const [what, bytes] of [
  ['an SVG', latin('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['a TIFF', latin('II*\0\x08\0\0\0\0\0\0\0')],
  ['a HEIC', box('ftyp', latin('heic'), u32(0), latin('heicmif1'))],
  ['a page', latin('<!doctype html><script>alert(1)</script>')],
  ['a ZIP', latin('PK\x03\x04')],
  ['base64 of a text', latin(Buffer.from('nothing to see here').toString('base64'))],
] as const) {
  test(`${what} is no image that is taken`, () => {
    assert.throws(
      () => checkImage(bytes),
      (error) => error instanceof Refusal && error.refusal === 'unsupportedMediaType',
    );
  });
}

test('no bytes at all are refused as no image', () => {
  assert.throws(
    () => checkImage(new Uint8Array()),
    (error) => error instanceof Refusal && error.refusal === 'invalidImage',
  );
});
