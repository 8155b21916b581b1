import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** About 40 ms and 32 MB each, on a thread of the pool. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** What a stored hash may cost, at most. */
const COST_MAX = 2 ** 20;
/** Hashes that are computed or wait at once; each takes 32 MB while it is computed. */
const WAITING_MAX = 64;
const RUNNING_MAX = 4;

/** Hashes a password with scrypt: `scrypt$N$r$p$salt$hash`, in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, COST);
  const { N, r, p } = COST;
  return ['scrypt', N, r, p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Whether a password is the one of a stored hash; takes as long where there is no hash. */
export async function matchesPassword(
  password: string,
  stored: string | undefined,
): Promise<boolean> {
  const [name, N, r, p, salt, hash] = (stored ?? NO_HASH).split('$');
  const cost = { ...COST, N: Number(N), r: Number(r), p: Number(p) };
  const isKnown = name === 'scrypt' && salt && hash && cost.N * cost.r * cost.p <= COST_MAX;
  if (!isKnown) return false;
  const found = await derive(password, Buffer.from(salt, 'base64url'), cost);
  const isSame = timingSafeEqual(found, Buffer.from(hash, 'base64url').subarray(0, HASH_BYTES));
  return isSame && stored !== undefined;
}

/** Too many passwords are being hashed for another one to wait. */
export class HashesBusyError extends Error {}

/** A hash of the same cost that no password has. */
const NO_HASH = `scrypt$${COST.N}$${COST.r}$${COST.p}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

let running = 0;
const waiting: (() => void)[] = [];

async function derive(password: string, salt: Buffer, cost: ScryptOptions): Promise<Buffer> {
  if (waiting.length >= WAITING_MAX) throw new HashesBusyError('Too many passwords at once.');
  if (running >= RUNNING_MAX) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      scrypt(password.normalize('NFKC'), salt, HASH_BYTES, cost, (error, key) => {
        if (error) reject(error);
        else resolve(key);
      });
    });
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}
