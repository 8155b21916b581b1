/** The entity tags of a conditional header, or `*` for whichever there is. */
export type EntityTags = readonly string[] | '*';

/** Whether a tag is among others, or any will do: the weak comparison of RFC 9110, section 8.8.3.2. */
export function isAmong(tags: EntityTags, tag: string): boolean {
  if (tags === '*') return true;
  const opaque = opaqueOf(tag);
  return tags.some((each) => opaqueOf(each) === opaque);
}

function opaqueOf(tag: string): string {
  return tag.startsWith('W/') ? tag.slice(2) : tag;
}
