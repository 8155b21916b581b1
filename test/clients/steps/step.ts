import type { Client } from '@microsoft/microsoft-graph-client';
import type { GraphServiceClient } from '@microsoft/msgraph-sdk';

/** What the steps work with: clients of Ada's and of the application's own, and what was made. */
export interface World {
  readonly origin: string;
  /** As Ada, at v1.0 and at beta, and as an application. */
  readonly graph: Client;
  readonly beta: Client;
  readonly app: Client;
  readonly kiota: GraphServiceClient;
  // biome-ignore lint/suspicious/noExplicitAny: PnP adds its parts to a module unknown to tsc.
  readonly pnp: any;
  /** Ids by the names that steps give them. */
  readonly kept: Map<string, string>;
}

/** One thing that an application does: its name, the call, and what comes of it, where that is said. */
export type Step = readonly [
  name: string,
  run: (world: World) => Promise<unknown>,
  expected?: unknown,
];

/** The names of what a list has. */
export function names(list: { readonly value: readonly { displayName: string }[] }): string[] {
  return list.value.map(({ displayName }) => displayName);
}

/** The status with which something is refused; undefined where it is not. */
export async function refusal(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
    return undefined;
  } catch (error) {
    const { statusCode, responseStatusCode, status } = error as Readonly<Record<string, unknown>>;
    return statusCode ?? responseStatusCode ?? status;
  }
}

/** Remembers the id of what is made, and gives what it is called. */
export async function keep<Made extends { readonly id?: string | null }>(
  { kept }: World,
  name: string,
  making: Promise<Made>,
): Promise<Made> {
  const made = await making;
  kept.set(name, String(made.id));
  return made;
}
