const SPACE = /[ \t\r\n]*/y;
const TOKEN =
  /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-f]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?|true|false|null|[[\]{},:]/iuy;

/** What may come next. */
type Expected = 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'commaOrEnd' | 'nothing';

/**
 * Where a text stops being JSON, for messages: `JSON.parse` names the place of some mistakes alone.
 * The length of the text where it ends too early, or where it is JSON.
 */
export function findJsonError(text: string): number {
  const open: ('[' | '{')[] = [];
  let expected: Expected = 'value';
  for (let at = 0; ; ) {
    SPACE.lastIndex = at;
    at += SPACE.exec(text)![0].length;
    TOKEN.lastIndex = at;
    const token: string | undefined = TOKEN.exec(text)?.[0];
    const next: Expected | undefined =
      token === undefined ? undefined : follow(token, expected, open);
    if (token === undefined || next === undefined) return at;
    expected = next;
    at += token.length;
  }
}

/** What may come behind a token; undefined where the token itself may not come. */
function follow(token: string, expected: Expected, open: ('[' | '{')[]): Expected | undefined {
  const takesValue = expected === 'value' || expected === 'valueOrEnd';
  const behind = (): Expected => (open.length > 0 ? 'commaOrEnd' : 'nothing');
  if (token === '[' || token === '{') {
    if (!takesValue) return undefined;
    open.push(token);
    return token === '[' ? 'valueOrEnd' : 'keyOrEnd';
  }
  if (token === ']' || token === '}') {
    const mayEnd = expected.endsWith('OrEnd') && open.at(-1) === (token === ']' ? '[' : '{');
    if (!mayEnd) return undefined;
    open.pop();
    return behind();
  }
  if (token === ':') return expected === 'colon' ? 'value' : undefined;
  if (token === ',') {
    if (expected !== 'commaOrEnd') return undefined;
    return open.at(-1) === '[' ? 'value' : 'key';
  }
  if (takesValue) return behind();
  const isKey = token.startsWith('"') && (expected === 'key' || expected === 'keyOrEnd');
  return isKey ? 'colon' : undefined;
}
