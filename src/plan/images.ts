/** How large a picture is, in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A JPEG, upright, in sRGB, without metadata. */
export interface Picture extends Size {
  readonly bytes: Uint8Array;
}

/** The squares that are made of an image, by their edges in pixels. */
export interface Squares {
  /** Those that the image is large enough for are made. */
  readonly edges: readonly number[];
  /** The largest edge that is made at once, before the others. */
  readonly firstMax: number;
}

/** What has been made of an uploaded image. */
export interface TakenImage {
  readonly master: Picture;
  /** The one square that was made at once, by its edge; empty for an image that is too small. */
  readonly first: ReadonlyMap<number, Uint8Array>;
  /** The other squares, which are being made; rejects where the decoder ends before. */
  readonly rest: Promise<ReadonlyMap<number, Uint8Array>>;
}

/** What pictures of a photo are made from: a kept master, or a drawing by its description. */
export type PictureSource =
  | { readonly kind: 'master'; readonly bytes: Uint8Array }
  | { readonly kind: 'drawing'; readonly text: string };

/** Decodes and makes pictures, elsewhere than on the thread that asks, within time and memory. */
export interface Images {
  /**
   * Decodes an image of that format. Refuses with 400 what cannot be decoded within the limits, and
   * with 503 what would have to wait too long.
   */
  take(bytes: Uint8Array, format: ImageFormat, squares: Squares): Promise<TakenImage>;
  /**
   * JPEGs in these sizes, cut on the centre of attention. `squares` are the edges that share one
   * cut, so that all sizes of a photo show the same.
   */
  render(
    source: PictureSource,
    sizes: readonly Size[],
    squares: readonly number[],
  ): Promise<readonly Uint8Array[]>;
}

/** The formats that are taken. */
export type ImageFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif';
