import type { ServiceAnswer } from '../service-request.ts';

/** One request of a batch as it is written, in either format. */
export interface BatchItem {
  /** The request identifier; outside change sets, multipart batches need not give any. */
  readonly id: string | undefined;
  /** In upper case. */
  readonly method: string;
  readonly url: string;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
}

/** What succeeds or fails together: one request that stands alone, or an atomic group of them. */
export interface BatchUnit {
  readonly items: readonly BatchItem[];
  /** The name of the atomicity group or change set; undefined for a request that stands alone. */
  readonly group: string | undefined;
  /** Units that have to succeed first, by their places in the batch, which are lower. */
  readonly dependsOn: readonly number[];
}

/** The answer to one request of a batch. */
export interface BatchAnswer extends ServiceAnswer {
  readonly item: BatchItem;
}

/** Whether requests that depend on this answer may run (OData JSON 4.01, section 19.1). */
export function hasSucceeded({ status }: ServiceAnswer): boolean {
  return status >= 200 && status < 300;
}

/** Whether a path below a service root is that of the batch resource. */
export function isBatchPath(path: string): boolean {
  return /^\/(\$|%24)batch\/?$/.test(path);
}
