import { createReadStream } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';

/** One line of a seed, and where it stands, for messages. */
export interface SeedLine {
  readonly value: unknown;
  readonly where: string;
  /** The folder from which files that the line names are taken. */
  readonly folder?: string;
}

/** A seed that cannot be loaded; the message names the line and says what is wrong with it. */
export class SeedError extends Error {}

/** Reads JSON Lines files one after another, as a stream. Throws a SeedError for a bad line. */
export async function* readSeedFiles(paths: readonly string[]): AsyncGenerator<SeedLine> {
  for (const path of paths) {
    const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
    let number = 0;
    try {
      for await (const text of lines) {
        number += 1;
        if (text.trim() !== '') {
          const where = `${path}:${number}`;
          yield { value: parseLine(text, path, number), where, folder: dirname(path) };
        }
      }
    } catch (error) {
      if (error instanceof SeedError) throw error;
      throw new SeedError(`The seed file ${path} cannot be read: ${(error as Error).message}`);
    }
  }
}

function parseLine(text: string, path: string, number: number): unknown {
  try {
    // A byte order mark may open a file that an editor wrote.
    return JSON.parse(number === 1 ? text.replace(/^\uFEFF/, '') : text);
  } catch (error) {
    throw new SeedError(`${path}:${number} is not JSON: ${(error as Error).message}`);
  }
}
