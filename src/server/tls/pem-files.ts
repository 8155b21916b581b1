import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyedCertificate } from './key-pair.ts';

/** Makes the folder of keys, for its owner's eyes only. */
export async function makeKeyFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
}

/** Reads `NAME.pem` and `NAME-key.pem`; a file that is missing gives an empty text. */
export async function readKeyedCertificate(
  folder: string,
  name: string,
): Promise<KeyedCertificate> {
  const [cert, key] = await Promise.all([
    readIfThere(join(folder, `${name}.pem`)),
    readIfThere(join(folder, `${name}-key.pem`)),
  ]);
  return { cert, key };
}

/**
 * Writes both files, each whole or not at all. A stop between the two leaves a key that does not
 * belong to the certificate, which the next start sees and makes good.
 */
export async function writeKeyedCertificate(
  folder: string,
  name: string,
  pair: KeyedCertificate,
): Promise<void> {
  await replaceFile(join(folder, `${name}-key.pem`), pair.key, 0o600);
  await replaceFile(join(folder, `${name}.pem`), pair.cert, 0o644);
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

async function replaceFile(path: string, text: string, mode: number): Promise<void> {
  const temporary = `${path}.new`;
  const file = await open(temporary, 'w', mode);
  try {
    // A file left by an earlier stop keeps the mode it had.
    await file.chmod(mode);
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}
