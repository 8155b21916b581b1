/** Times of one operation in milliseconds. */
export interface Times {
  /** By the clock, whatever else had the core meanwhile. */
  readonly all: Percentiles;
  /** Of those times alone during which this process was not made to wait for another one. */
  readonly undisturbed: Percentiles;
}

/** The median, and what one in a hundred takes more than. */
export interface Percentiles {
  readonly p50: number;
  readonly p99: number;
}

/** Collects times, and tells those apart in which the system took the core away. */
export class Watch {
  private readonly all: number[] = [];
  private readonly undisturbed: number[] = [];
  private from = 0;
  private switches = 0;

  start(): void {
    this.switches = process.resourceUsage().involuntaryContextSwitches;
    this.from = performance.now();
  }

  stop(): void {
    const time = performance.now() - this.from;
    this.all.push(time);
    const { involuntaryContextSwitches } = process.resourceUsage();
    if (involuntaryContextSwitches === this.switches) this.undisturbed.push(time);
  }

  times(): Times {
    return { all: percentilesOf(this.all), undisturbed: percentilesOf(this.undisturbed) };
  }
}

function percentilesOf(times: readonly number[]): Percentiles {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}
