/**
 * A thread that decodes its share of the files of a large seed: what it says goes to the main
 * thread as it is to be written, some of it ahead of what is being written.
 */
import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { openReadyMaker } from '#store/ready-entities.ts';
import { openModels } from '../open-models.ts';
import type { AsideMessage, AsideWork } from './decode-aside.ts';
import { decodePiece } from './decode-seed.ts';
import { parseLines, readTurns, SeedError } from './read-seed.ts';
import { type ReadyPiece, readyPiece } from './ready-pieces.ts';

/** Messages that the main thread has not taken yet. */
const AHEAD_MAX = 8;

const port = parentPort!;
let ahead = 0;
port.on('message', () => {
  ahead -= 1;
});

try {
  const { paths, model: path, database, threads, thread } = workerData as AsideWork;
  const { stored } = await openModels(path);
  const { makeReady, takePacks } = await openReadyMaker(stored, database);
  let turn = 0;
  for await (const lines of readTurns(paths)) {
    if (turn % threads === thread) {
      const pieces: ReadyPiece[] = [];
      for (const line of parseLines(lines)) {
        pieces.push(readyPiece(decodePiece(line, stored), makeReady));
      }
      await send({ kind: 'pieces', pieces: joinPieces(pieces) }, takePacks());
    }
    turn += 1;
  }
  await send({ kind: 'end' });
} catch (error) {
  const { message, stack = message } = error as Error;
  const isTheirs = error instanceof SeedError;
  await send({ kind: 'failed', isTheirs, message: isTheirs ? message : stack });
}
port.close();

async function send(message: AsideMessage, moved: ArrayBuffer[] = []): Promise<void> {
  while (ahead >= AHEAD_MAX) await once(port, 'message');
  ahead += 1;
  port.postMessage(message, moved);
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
      bringsGraph: run.some(({ bringsGraph }) => bringsGraph),
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
