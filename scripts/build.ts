/**
 * Bundles Kith into `dist/` as JavaScript, for `npm pack`: Node does not strip types under
 * `node_modules`. Entries are `src/server/main.ts` and every file that the source starts with
 * `new URL('./NAME.ts', import.meta.url)`, a worker or a child process. All of them and the
 * chunks they share lie flat in `dist/`, so that `./NAME.js` is right from any of them.
 *
 * Arguments: the repository (default: this one) and where to write (default: its `dist/`).
 */
import { globSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { build, type Plugin } from 'esbuild';

const root = process.argv[2] ?? join(import.meta.dirname, '..');
const outdir = process.argv[3] ?? join(root, 'dist');
const source = join(root, 'src');
const startedFile = /new URL\(\s*'\.\/([\w-]+)\.ts',\s*import\.meta\.url,?\s*\)/g;
const unmovable = /import\.meta\.(dirname|filename|resolve)|new URL\([^)]*import\.meta\.url/;

function findEntries(): string[] {
  const entries = [join(source, 'server', 'main.ts')];
  for (const path of globSync('**/*.ts', { cwd: source }).sort()) {
    if (path.endsWith('.test.ts')) continue;
    const text = readFileSync(join(source, path), 'utf8');
    for (const [, name] of text.matchAll(startedFile)) {
      entries.push(join(source, dirname(path), `${name}.ts`));
    }
  }
  const unique = [...new Set(entries)];
  const names = unique.map((path) => basename(path));
  const twin = names.find((name, index) => names.indexOf(name) !== index);
  if (twin !== undefined) throw new Error(`Two entries are called ${twin}: rename one.`);
  return unique;
}

/** Points the addresses of started files at their JavaScript, and refuses what cannot move. */
const moveAddresses: Plugin = {
  name: 'move-addresses',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const address = "new URL('./$1.js', import.meta.url)";
      const rest = text.replaceAll(startedFile, '');
      const found = unmovable.exec(rest);
      if (found !== null) {
        const message = `${found[0]} points elsewhere once bundled; import the file instead.`;
        return { errors: [{ text: message, location: { file: path } }] };
      }
      return { contents: text.replaceAll(startedFile, address), loader: 'ts' };
    });
  },
};

rmSync(outdir, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: findEntries(),
  outdir,
  entryNames: '[name]',
  chunkNames: 'chunk-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  packages: 'external',
  keepNames: true,
  legalComments: 'none',
  plugins: [moveAddresses],
  logLevel: 'warning',
});
