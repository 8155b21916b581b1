/** A JSON Web Token taken apart, and not yet believed. */
export interface WrittenJwt {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  /** What the signature is over. */
  readonly signed: string;
  readonly signature: Buffer;
}

const PART = /^[A-Za-z0-9_-]+$/;

/**
 * Takes a compact token apart (RFC 7515, section 3.1). Undefined where it is not three parts of
 * base64url, or header or claims are no JSON object, or say something twice (RFC 7519, section 4).
 */
export function readJwt(token: string): WrittenJwt | undefined {
  const parts = token.split('.', 4);
  const [head = '', body = '', signature = ''] = parts;
  if (parts.length !== 3 || !parts.every((part) => PART.test(part))) return undefined;
  const header = readObject(head);
  const claims = readObject(body);
  if (!header || !claims) return undefined;
  const bytes = Buffer.from(signature, 'base64url');
  // Two texts of one signature would be two tokens with one meaning.
  if (bytes.toString('base64url') !== signature) return undefined;
  return { header, claims, signed: `${head}.${body}`, signature: bytes };
}

function readObject(part: string): Record<string, unknown> | undefined {
  const text = Buffer.from(part, 'base64url').toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const object = value as Record<string, unknown>;
  return countMembers(text) === Object.keys(object).length ? object : undefined;
}

/** Members of the outermost object of a valid JSON text, each as often as it is written. */
function countMembers(text: string): number {
  let depth = 0;
  let members = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:]/g)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    else if (token === ':' && depth === 1) members += 1;
  }
  return members;
}
