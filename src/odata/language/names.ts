/**
 * Identifiers (OData ABNF 4.01, odataIdentifier; OData CSDL 4.01, section 17.2): a letter or `_`,
 * then letters, digits and marks of any script. Functions take a text and an offset and give the
 * offset behind what they find, or the offset itself where they find nothing.
 */

const unicodeIdentifier = /[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Cf}]*/uy;

const leads = new Uint8Array(128);
const parts = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  if (/[A-Za-z_]/.test(character)) leads[code] = 1;
  if (/\w/.test(character)) parts[code] = 1;
}

/** Whether a name starts with this character; `NaN` stands for the end of the text. */
export function isNameStart(code: number): boolean {
  return code < 128 ? leads[code] === 1 : code >= 128;
}

/** Whether this character continues a name or a number. */
export function isNamePart(code: number): boolean {
  return code < 128 ? parts[code] === 1 : code >= 128;
}

/** Where the identifier that starts at `from` ends. */
export function identifierEnd(text: string, from: number): number {
  let at = from;
  let code = text.charCodeAt(at);
  if (!(code < 128)) return unicodeEnd(text, from);
  if (leads[code] === 0) return from;
  do code = text.charCodeAt(++at);
  while (code < 128 && parts[code] === 1);
  return code >= 128 ? unicodeEnd(text, from) : at;
}

function unicodeEnd(text: string, from: number): number {
  unicodeIdentifier.lastIndex = from;
  return unicodeIdentifier.test(text) ? unicodeIdentifier.lastIndex : from;
}

/** Where the name, plain or qualified by a namespace, that starts at `from` ends. */
export function qualifiedEnd(text: string, from: number): number {
  let end = identifierEnd(text, from);
  if (end === from) return from;
  while (text.charCodeAt(end) === 46) {
    const next = identifierEnd(text, end + 1);
    if (next === end + 1) return end;
    end = next;
  }
  return end;
}

/** Whether a whole text is an identifier. */
export function isIdentifier(text: string): boolean {
  return text !== '' && identifierEnd(text, 0) === text.length;
}
