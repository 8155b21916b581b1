/** How much control information an answer carries (OData JSON 4.01, section 3.1). */
export type MetadataLevel = 'none' | 'minimal' | 'full';

/** What a client accepts, as far as media types say it. */
export interface JsonMedia {
  readonly metadata: MetadataLevel;
  /** Whether Int64 and Decimal values are sent as strings (section 3.2). */
  readonly isIeee754Compatible: boolean;
}

/** How the JSON of an answer is written. */
export interface JsonFormat extends JsonMedia {
  /** The version of the protocol; 4.01 leaves out the `odata.` of control information. */
  readonly version: '4.0' | '4.01';
  /** Members that are left out: nulls, or whatever has its default (`Prefer: omit-values`). */
  readonly omits: 'nulls' | 'defaults' | undefined;
  readonly contentType: string;
}

/** Composes a format; its content type is spelled as Graph spells it. */
export function jsonFormat(
  media: JsonMedia,
  { version, omits }: Pick<JsonFormat, 'version' | 'omits'>,
): JsonFormat {
  const prefix = version === '4.0' ? 'odata.' : '';
  const contentType = [
    'application/json',
    `${prefix}metadata=${media.metadata}`,
    `${prefix}streaming=true`,
    `IEEE754Compatible=${media.isIeee754Compatible}`,
    'charset=utf-8',
  ].join(';');
  return Object.freeze({ ...media, version, omits, contentType });
}

/** What is sent where nothing is asked. */
export const defaultMedia: JsonMedia = { metadata: 'minimal', isIeee754Compatible: false };

/** The format in which most is answered. */
export const defaultFormat: JsonFormat = jsonFormat(defaultMedia, {
  version: '4.0',
  omits: undefined,
});

/** What control information begins with. */
export function controlPrefix({ version }: JsonFormat): '@odata.' | '@' {
  return version === '4.0' ? '@odata.' : '@';
}
