import { collectDefaultMetrics, Registry } from 'prom-client';
import { RequestDurations } from './request-durations.ts';

/** What `/_kith/metrics` shows. */
export interface Metrics {
  readonly registry: Registry;
  /** Counts an answered request; the duration is in seconds. */
  observe(root: string, method: string, status: number, seconds: number): void;
}

/** Prometheus metrics of this process and its requests, in a registry of their own. */
export function openMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const durations = new RequestDurations();
  registry.registerMetric(durations);
  return { registry, observe: durations.record.bind(durations) };
}
