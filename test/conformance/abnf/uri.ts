import { SyntaxRefusal } from '#odata/language/syntax-refusal.ts';
import { isResourceName, type Names } from './names.ts';

const authority =
  /^(?:\[[\da-f:.]+\]|\[v[\da-f]+\.[\w.~!$&'()*+,;=:-]+\]|[\w.~!$&'()*+,;=%-]+)(?::\d*)?$/i;

/**
 * Where the part of an absolute URL that is relative to the service root starts (OData ABNF 4.01,
 * odataUri): behind the slash before the first segment that the model or OData names.
 */
export function splitUri(input: string, names: Names): number {
  const [scheme = ''] = /^https?/i.exec(input) ?? [];
  const start = scheme.length + '://'.length;
  if (scheme === '' || !input.startsWith('://', scheme.length)) refuse(scheme.length, "'://'");
  const slash = input.indexOf('/', start);
  if (slash < 0 || !authority.test(input.slice(start, slash))) refuse(start, 'a host');
  let at = slash + 1;
  for (const segment of input.slice(at).split('/')) {
    const word = /^\$?\w*/.exec(segment)![0];
    if (word.startsWith('$') || isResourceName(word, names)) return at;
    at += segment.length + 1;
  }
  return input.length;
}

function refuse(position: number, expected: string): never {
  throw new SyntaxRefusal({ target: 'the URL', position, problem: `Expected ${expected}` });
}
