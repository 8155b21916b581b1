/**
 * The thread that decodes the files of a large seed: what it says goes to the main thread as it is
 * to be written, some of it ahead of what is being written.
 */
import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { openReadyMaker } from '#store/ready-entities.ts';
import { openModels } from '../open-models.ts';
import type { AsideMessage, AsideWork } from './decode-aside.ts';
import { decodeSeed } from './decode-seed.ts';
import { withGraph } from './graph-principal.ts';
import { readSeedFiles, SeedError } from './read-seed.ts';
import { type ReadyPiece, readyPiece } from './ready-pieces.ts';

/** Characters of lines that go together. */
const TOGETHER = 1_000_000;
/** Messages that the main thread has not taken yet. */
const AHEAD_MAX = 12;

const port = parentPort!;
let ahead = 0;
port.on('message', () => {
  ahead -= 1;
});

try {
  const { paths, model: path, database } = workerData as AsideWork;
  const { stored } = await openModels(path);
  const make = await openReadyMaker(stored, database);
  let pieces: ReadyPiece[] = [];
  let length = 0;
  for await (const piece of withGraph(decodeSeed(readSeedFiles(paths), stored), stored)) {
    pieces.push(readyPiece(piece, make));
    length += piece.kind === 'entities' ? piece.length : 0;
    if (length < TOGETHER) continue;
    await send({ kind: 'pieces', pieces: joinPieces(pieces) });
    pieces = [];
    length = 0;
  }
  await send({ kind: 'pieces', pieces: joinPieces(pieces) });
  await send({ kind: 'end' });
} catch (error) {
  const { message, stack = message } = error as Error;
  const isTheirs = error instanceof SeedError;
  await send({ kind: 'failed', isTheirs, message: isTheirs ? message : stack });
}
port.close();

async function send(message: AsideMessage): Promise<void> {
  while (ahead >= AHEAD_MAX) await once(port, 'message');
  ahead += 1;
  port.postMessage(message);
}

/** What entities follow each other are one piece. */
function joinPieces(pieces: readonly ReadyPiece[]): ReadyPiece[] {
  const joined: ReadyPiece[] = [];
  let run: Extract<ReadyPiece, { kind: 'entities' }>[] = [];
  const end = () => {
    if (run.length === 0) return;
    joined.push({
      kind: 'entities',
      entities: run.flatMap(({ entities }) => entities),
      links: run.flatMap(({ links }) => links),
      length: run.reduce((sum, { length }) => sum + length, 0),
      lines: run.reduce((sum, { lines }) => sum + lines, 0),
    });
    run = [];
  };
  for (const piece of pieces) {
    if (piece.kind === 'entities') run.push(piece);
    else {
      end();
      joined.push(piece);
    }
  }
  end();
  return joined;
}
