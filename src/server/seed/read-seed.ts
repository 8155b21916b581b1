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

/** A line of a file as it is written. */
export interface WrittenLine {
  readonly path: string;
  /** Counted from 1. */
  readonly number: number;
  readonly bytes: Buffer;
}

const READ_BYTES = 1 << 20;
/** Bytes of lines that go together. */
const TURN_BYTES = 1 << 20;
const LINE_FEED = 10;

/** A seed that cannot be loaded; the message names the line and says what is wrong with it. */
export class SeedError extends Error {}

/** Reads JSON Lines files one after another, as a stream. Throws a SeedError for a bad line. */
export async function* readSeedFiles(paths: readonly string[]): AsyncGenerator<SeedLine> {
  for await (const lines of readTurns(paths)) yield* parseLines(lines);
}

/**
 * The lines of files one after another, in turns of about a megabyte: several readers who take them
 * in turn cut the same ones. Throws a SeedError for a file that cannot be read.
 */
export async function* readTurns(paths: readonly string[]): AsyncGenerator<WrittenLine[]> {
  let turn: WrittenLine[] = [];
  let length = 0;
  for (const path of paths) {
    let number = 0;
    for await (const lines of cutFile(path)) {
      for (const bytes of lines) {
        number += 1;
        turn.push({ path, number, bytes });
        length += bytes.length;
        if (length < TURN_BYTES) continue;
        yield turn;
        turn = [];
        length = 0;
      }
    }
  }
  yield turn;
}

/** What lines say that are not blank. Throws a SeedError for one that is not JSON. */
export function* parseLines(lines: readonly WrittenLine[]): Generator<SeedLine> {
  for (const { path, number, bytes } of lines) {
    const text = bytes.toString();
    if (text.trim() === '') continue;
    const where = `${path}:${number}`;
    // A byte order mark may open a file that an editor wrote.
    const value = parseText(number === 1 ? text.replace(/^\uFEFF/, '') : text, where);
    yield { value, where, folder: dirname(path), length: text.length };
  }
}

/** The lines that end in each piece of a file, cut at line feeds alone: JSON may hold other ends. */
async function* cutFile(path: string): AsyncGenerator<Buffer[]> {
  let rest: Buffer[] = [];
  try {
    for await (const piece of createReadStream(path, { highWaterMark: READ_BYTES })) {
      const bytes = piece as Buffer;
      const lines: Buffer[] = [];
      let from = 0;
      for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, from)) {
        const line = bytes.subarray(from, at);
        from = at + 1;
        lines.push(rest.length > 0 ? Buffer.concat([...rest, line]) : line);
        rest = [];
      }
      rest.push(bytes.subarray(from));
      yield lines;
    }
  } catch (error) {
    throw new SeedError(`The seed file ${path} cannot be read: ${(error as Error).message}`);
  }
  yield [Buffer.concat(rest)];
}

function parseText(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SeedError(`${where} is not JSON: ${(error as Error).message}`);
  }
}
