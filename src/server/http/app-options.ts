import type { Server as HttpServer } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Clock } from '#clock.ts';
import type { Log } from '#log.ts';
import type { Jobs } from '../asynchronous/jobs.ts';
import type { Metrics } from '../metrics.ts';
import type { ServiceParts } from '../service-parts.ts';

/** What the HTTP face is built from. */
export interface AppOptions {
  readonly service: ServiceParts;
  /** Requests that are answered later. */
  readonly jobs: Jobs;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly trustProxy: readonly string[];
  /** The server whose requests are answered; it is opened elsewhere. */
  readonly server: HttpServer;
  /** Registers the routes under `/_kith/`. */
  readonly control: (app: FastifyInstance) => void;
}
