import type { ImageFormat, PictureSource, Size, Squares } from '#plan/images.ts';

/** What the image process is asked to do. */
export type ImageTask =
  | {
      readonly kind: 'take';
      readonly bytes: Uint8Array;
      readonly format: ImageFormat;
      readonly squares: Squares;
    }
  | {
      readonly kind: 'render';
      readonly source: PictureSource;
      readonly sizes: readonly Size[];
      readonly squares: readonly number[];
    };

/** Bytes of a square by its edge. */
export type Square = readonly [edge: number, bytes: Uint8Array];

/** What the image process says, that it is ready first, and then of its task; the last message of a task is `done` or `failed`. */
export type ImageMessage =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'taken';
      readonly width: number;
      readonly height: number;
      readonly bytes: Uint8Array;
      readonly first: readonly Square[];
    }
  | { readonly kind: 'done'; readonly squares: readonly Square[] }
  | { readonly kind: 'rendered'; readonly pictures: readonly Uint8Array[] }
  | { readonly kind: 'failed'; readonly reason: string };
