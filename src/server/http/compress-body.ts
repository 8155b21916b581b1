import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { ServiceAnswer } from '../service-request.ts';

interface Compressed {
  readonly body: Buffer;
  readonly encoding: string;
}

/** Below this many characters compressing costs more than it saves. */
const COMPRESS_FROM = 1024;
/** Quality 4 is where brotli is as fast as gzip and smaller. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

const runBrotli = promisify(brotliCompress);
const runGzip = promisify(gzip);

/** The body compressed as the client likes best, off the main thread; undefined to send it as it is. */
export function compressBody(
  { headers }: IncomingMessage,
  { body, headers: sent, status }: ServiceAnswer,
): Promise<Compressed> | undefined {
  const accepted = headers['accept-encoding'];
  if (accepted === undefined || body === undefined || body.length <= COMPRESS_FROM)
    return undefined;
  // A part of a content is no whole content, and pictures are compressed as they are.
  if (status === 206 || sent['Content-Type']?.startsWith('image/')) return undefined;
  const encoding = chooseEncoding(String(accepted));
  if (encoding === 'br')
    return runBrotli(body, BROTLI).then((bytes) => ({ body: bytes, encoding }));
  if (encoding === 'gzip') return runGzip(body).then((bytes) => ({ body: bytes, encoding }));
  return undefined;
}

/** RFC 9110, section 12.5.3: the greatest weight wins, brotli among equals. */
function chooseEncoding(accepted: string): 'br' | 'gzip' | undefined {
  const weights = new Map<string, number>();
  for (const part of accepted.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((each) => each.trim());
    const weight = parameters.find((each) => each.startsWith('q='));
    weights.set(name, weight === undefined ? 1 : Number(weight.slice(2)));
  }
  const weightOf = (name: string) => weights.get(name) ?? weights.get('*') ?? 0;
  const [br, gz] = [weightOf('br'), weightOf('gzip')];
  if (br > 0 && br >= gz) return 'br';
  return gz > 0 ? 'gzip' : undefined;
}
