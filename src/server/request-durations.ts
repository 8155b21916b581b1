import { Histogram } from 'prom-client';

const BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5] as const;
const LABELS = ['root', 'method', 'status'] as const;
/** Methods are the client's to choose; only these get a series of their own. */
const METHODS = new Set(['GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'DELETE']);

type Label = (typeof LABELS)[number];

/** How often answers of one kind took how long. */
interface Series {
  readonly labels: Readonly<Record<Label, string>>;
  /** Answers in each bucket, not counting those of the buckets below; above the last at the end. */
  readonly counts: Float64Array;
  sumSeconds: number;
}

/**
 * The histogram of request durations. It counts in arrays of its own, in 0.05 microseconds an
 * answer, and tells the library when Prometheus asks.
 */
export class RequestDurations extends Histogram<Label> {
  /** By root, method and status; looked up piece by piece, no text is made of them. */
  private readonly series = new Map<string, Map<string, Map<number, Series>>>();

  constructor() {
    super({
      name: 'kith_http_request_duration_seconds',
      help: 'Time from the request line to the answer, of every answered request.',
      labelNames: LABELS,
      buckets: [...BUCKETS],
      registers: [],
    });
  }

  /** Counts an answered request; the duration is in seconds. */
  record(root: string, method: string, status: number, seconds: number): void {
    const known = this.series.get(root)?.get(method)?.get(status);
    const series = known ?? this.add(root, method, status);
    let bucket = 0;
    while (seconds > BUCKETS[bucket]!) bucket += 1;
    series.counts[bucket]! += 1;
    series.sumSeconds += seconds;
  }

  override async get() {
    const all = [...this.series.values()].flatMap((each) => [...each.values()]);
    const values = all.flatMap((each) => [...each.values()].flatMap((one) => this.valuesOf(one)));
    const { name, help } = this as unknown as { name: string; help: string };
    return { name, help, type: 'histogram', values, aggregator: 'sum' } as unknown as Awaited<
      ReturnType<Histogram<Label>['get']>
    >;
  }

  getForPromString() {
    return this.get();
  }

  private add(root: string, written: string, status: number): Series {
    const method = METHODS.has(written) ? written : 'other';
    const ofRoot = this.series.get(root) ?? new Map<string, Map<number, Series>>();
    const ofMethod = ofRoot.get(method) ?? new Map<number, Series>();
    this.series.set(root, ofRoot.set(method, ofMethod));
    const known = ofMethod.get(status);
    if (known) return known;
    const labels = { root, method, status: String(status) };
    const series = { labels, counts: new Float64Array(BUCKETS.length + 1), sumSeconds: 0 };
    ofMethod.set(status, series);
    return series;
  }

  /** Buckets count what is at most their bound, those below included. */
  private valuesOf({ labels, counts, sumSeconds }: Series) {
    const metricOf = (end: string) => `kith_http_request_duration_seconds_${end}`;
    let total = 0;
    const buckets = [...BUCKETS, '+Inf'].map((le, place) => {
      total += counts[place]!;
      return { labels: { le, ...labels }, value: total, metricName: metricOf('bucket') };
    });
    return [
      ...buckets,
      { labels, value: sumSeconds, metricName: metricOf('sum') },
      { labels, value: total, metricName: metricOf('count') },
    ];
  }
}
