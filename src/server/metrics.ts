import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** What `/_kith/metrics` shows. */
export interface Metrics {
  readonly registry: Registry;
  /** Counts an answered request; the duration is in seconds. */
  observe(root: string, method: string, status: number, seconds: number): void;
}

const BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];
/** Methods are the client's to choose; only these get a series of their own. */
const METHODS = new Set(['GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'DELETE']);

/** Prometheus metrics of this process and its requests, in a registry of their own. */
export function openMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: 'kith_http_request_duration_seconds',
    help: 'Time from the request line to the answer, of every answered request.',
    labelNames: ['root', 'method', 'status'],
    buckets: BUCKETS,
    registers: [registry],
  });
  // Label objects are hashed at every call; a series is looked up once.
  const timers = new Map<string, Map<number, { observe(seconds: number): void }>>();
  const observe: Metrics['observe'] = (root, written, status, seconds) => {
    const method = METHODS.has(written) ? written : 'other';
    const series = `${root} ${method}`;
    let byStatus = timers.get(series);
    if (!byStatus) {
      byStatus = new Map();
      timers.set(series, byStatus);
    }
    let timer = byStatus.get(status);
    if (!timer) {
      timer = durations.labels({ root, method, status });
      byStatus.set(status, timer);
    }
    timer.observe(seconds);
  };
  return { registry, observe };
}
