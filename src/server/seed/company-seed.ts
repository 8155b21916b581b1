import { setImmediate } from 'node:timers/promises';
import type { Model } from '#model/model.ts';
import { decodeSeed, type SeedPiece } from './decode-seed.ts';
import type { SeedLine } from './read-seed.ts';

/** The company that the emulator shows when it is given none. */
const COMPANY = { people: 50, seed: 1 };
/** How long after a start it is prepared. */
const QUIET_MS = 500;

/** The made-up company, which is always the same, and so is generated and checked once. */
export class CompanySeed {
  private readonly model: Model;
  private known: readonly SeedPiece[] | undefined;

  constructor(model: Model) {
    this.model = model;
  }

  pieces(): AsyncIterable<SeedPiece> | readonly SeedPiece[] {
    return this.known ?? this.make();
  }

  /** Generates it in a while, if nobody has needed it until then; what is asked meanwhile is answered. */
  prepareLater(): Disposable {
    const prepare = async () => {
      if (this.known) return;
      for await (const _piece of this.make()) await setImmediate();
    };
    const timer = setTimeout(prepare, QUIET_MS).unref();
    return { [Symbol.dispose]: () => clearTimeout(timer) };
  }

  private async *make(): AsyncGenerator<SeedPiece> {
    const made: SeedPiece[] = [];
    // A start on a filled store needs no company.
    const { generateCompany } = await import('#emulator/company/generate-company.ts');
    for await (const piece of decodeSeed(linesOf(generateCompany(COMPANY)), this.model)) {
      made.push(piece);
      yield piece;
    }
    this.known = made;
  }
}

function* linesOf(company: Iterable<object>): Generator<SeedLine> {
  let number = 0;
  for (const value of company) {
    number += 1;
    yield { value, where: `the company's line ${number}` };
  }
}
