import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** An endpoint that notifications are sent to. */
export interface Webhook extends AsyncDisposable {
  readonly url: string;
  /** What has been told, oldest first. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came.
  readonly told: any[];
  /** What says of requests with data from whom they come. */
  readonly tokens: string[];
  /** How many requests each had. */
  readonly sizes: number[];
  /** What it answers from now on, in place of 202. */
  fail(status: number | undefined): void;
  /** Waits until that much has been told; throws after ten seconds. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came.
  until(count: number): Promise<any[]>;
}

type Answer = (request: IncomingMessage, response: ServerResponse, token: string | null) => void;

/** The answer that a subscription wants to its validation. */
export const confirm: Answer = (_, response, token) => {
  response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' }).end(token);
};

/** Opens an endpoint on a free port of this machine. */
export async function openWebhook(validate: Answer = confirm): Promise<Webhook> {
  const told: unknown[] = [];
  const tokens: string[] = [];
  const sizes: number[] = [];
  let failure: number | undefined;
  const server = createServer(async (request, response) => {
    const url = new URL(request.url!, 'http://localhost');
    if (url.searchParams.has('validationToken')) {
      validate(request, response, url.searchParams.get('validationToken'));
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (failure === undefined) {
      const body = JSON.parse(Buffer.concat(chunks).toString());
      const { value, validationTokens = [] } = body as Record<string, unknown[]>;
      told.push(...value!);
      tokens.push(...(validationTokens as string[]));
      sizes.push(value!.length);
    }
    response.writeHead(failure ?? 202).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}/told?client=1`,
    told,
    tokens,
    sizes,
    fail(status) {
      failure = status;
    },
    async until(count) {
      const late = AbortSignal.timeout(10_000);
      while (told.length < count) {
        if (late.aborted) throw new Error(`Only ${told.length} of ${count} were told.`);
        await sleep(20);
      }
      return told;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
