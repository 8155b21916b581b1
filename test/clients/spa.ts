import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';

/** A single-page application with MSAL, at `http://localhost` and a free port. */
export interface RunningSpa extends AsyncDisposable {
  readonly origin: string;
}

const entry = `
import { PublicClientApplication } from '@azure/msal-browser';
globalThis.openMsal = async (auth) => {
  const app = new PublicClientApplication({ auth, cache: { cacheLocation: 'localStorage' } });
  await app.initialize();
  return app;
};`;
const bridge = `
import { broadcastResponseToMainFrame } from '@azure/msal-browser/redirect-bridge';
broadcastResponseToMainFrame();`;

/** Bundles and serves the application, and the page by which silent answers come back. */
export async function startSpa(): Promise<RunningSpa> {
  const scripts = await Promise.all([bundle(entry), bundle(bridge)]);
  const server = createServer((request, response) => {
    const path = request.url!.split(/[?#]/, 1)[0]!;
    if (path === '/app.js' || path === '/bridge.js') {
      response.setHeader('Content-Type', 'text/javascript');
      response.end(scripts[path === '/app.js' ? 0 : 1]);
      return;
    }
    const script = path === '/bridge' ? '/bridge.js' : '/app.js';
    response.setHeader('Content-Type', 'text/html');
    response.end(`<!doctype html><title>App</title><script src="${script}"></script>`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function bundle(contents: string): Promise<string> {
  const stdin = { contents, resolveDir: import.meta.dirname };
  const made = await build({ stdin, bundle: true, write: false, format: 'iife' });
  return made.outputFiles[0]!.text;
}
