import { createReadStream } from 'node:fs';
import { dirname } from 'node:path';

/** One line of a seed, and where it stands, for messages. */
export interface SeedLine {
  readonly value: unknown;
  readonly where: string;
  /** The folder from which files that the line names are taken. */
  readonly folder?: string;
  /** Characters of the line, where it has been read. */
  readonly length?: number;
}

const READ_BYTES = 1 << 20;
const LINE_FEED = 10;

/** A seed that cannot be loaded; the message names the line and says what is wrong with it. */
export class SeedError extends Error {}

/** Reads JSON Lines files one after another, as a stream. Throws a SeedError for a bad line. */
export async function* readSeedFiles(paths: readonly string[]): AsyncGenerator<SeedLine> {
  for (const path of paths) {
    const folder = dirname(path);
    let number = 0;
    try {
      for await (const text of readLines(path)) {
        number += 1;
        if (text.trim() === '') continue;
        const where = `${path}:${number}`;
        yield { value: parseLine(text, path, number), where, folder, length: text.length };
      }
    } catch (error) {
      if (error instanceof SeedError) throw error;
      throw new SeedError(`The seed file ${path} cannot be read: ${(error as Error).message}`);
    }
  }
}

/** The lines of a file, cut at line feeds alone: JSON may hold other characters that end lines. */
async function* readLines(path: string): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  for await (const piece of createReadStream(path, { highWaterMark: READ_BYTES })) {
    const bytes = piece as Buffer;
    let from = 0;
    for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, from)) {
      const line = bytes.subarray(from, at);
      from = at + 1;
      yield (rest.length > 0 ? Buffer.concat([...rest, line]) : line).toString();
      rest = [];
    }
    rest.push(bytes.subarray(from));
  }
  yield Buffer.concat(rest).toString();
}

function parseLine(text: string, path: string, number: number): unknown {
  try {
    // A byte order mark may open a file that an editor wrote.
    return JSON.parse(number === 1 ? text.replace(/^\uFEFF/, '') : text);
  } catch (error) {
    throw new SeedError(`${path}:${number} is not JSON: ${(error as Error).message}`);
  }
}
