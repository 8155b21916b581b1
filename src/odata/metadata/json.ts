/** A value of an metadata document. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** An object of an metadata document. */
export type JsonObject = Readonly<Record<string, JsonValue>>;
