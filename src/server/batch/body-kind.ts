const JSON_TYPE = /^application\/([\w.-]+\+)?json\s*(;|$)/i;
const TEXT_TYPE = /^text\//i;

/** How a body stands in a JSON batch, by its media type (OData JSON 4.01, section 19.1). */
export function bodyKind(mediaType: string): 'json' | 'text' | 'base64' {
  if (JSON_TYPE.test(mediaType)) return 'json';
  return TEXT_TYPE.test(mediaType) ? 'text' : 'base64';
}
