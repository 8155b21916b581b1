import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';

/** An application for browsers, at `http://localhost` and a free port. */
export interface BrowserApp extends AsyncDisposable {
  readonly origin: string;
}

/**
 * Bundles programs and serves a page for each under its name; the one called `app` has every other
 * path. Modules that a program loads when it needs them stay files of their own.
 */
export async function startBrowserApp(
  programs: Readonly<Record<string, string>>,
): Promise<BrowserApp> {
  const scripts = new Map<string, string>();
  for (const [name, contents] of Object.entries(programs)) {
    for (const [path, text] of await bundle(name, contents)) scripts.set(path, text);
  }
  const server = createServer((request, response) => {
    const path = request.url!.split(/[?#]/, 1)[0]!;
    const script = scripts.get(path);
    const name = path.slice(1) in programs ? path.slice(1) : 'app';
    response.setHeader('Content-Type', script === undefined ? 'text/html' : 'text/javascript');
    response.end(script ?? pageOf(name));
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

function pageOf(name: string): string {
  const script = `<script type="module" src="/${name}.js"></script>`;
  return `<!doctype html><html lang="en"><title>App</title>${script}<body><main></main></html>`;
}

async function bundle(name: string, contents: string): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname, sourcefile: `${name}.js` },
    entryNames: name,
    chunkNames: `${name}-[hash]`,
    bundle: true,
    splitting: true,
    write: false,
    format: 'esm',
    outdir: '/',
    logLevel: 'error',
  });
  return new Map(outputFiles.map(({ path, text }) => [path, text]));
}
