import { buildGraph, type Import, listImports } from './imports.ts';
import type { Finding, Source } from './source.ts';

/** What each room under `src/` may import, as the table of the house says. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  model: [],
  plan: ['model'],
  odata: ['model', 'plan'],
  store: ['model', 'plan'],
  engine: ['model', 'plan'],
  authority: ['model', 'plan'],
  emulator: ['model', 'plan'],
  server: ['model', 'plan', 'odata', 'store', 'engine', 'authority', 'emulator'],
};

/** Files open to every room, with the packages that they may import. */
const openFiles: Readonly<Record<string, readonly string[]>> = {
  'src/errors.ts': [],
  'src/clock.ts': [],
  'src/ids.ts': [],
  'src/log.ts': ['pino'],
};

const pureRooms = ['model', 'plan', 'odata'];
const worldly =
  /^node:(child_process|cluster|dgram|dns|fs|http|http2|https|net|sqlite|tls|worker_threads)\b/;

function roomOf(path: string): string | undefined {
  const [, folder, room] = /^(src)\/([^/]+)\//.exec(path) ?? [];
  return folder === undefined ? undefined : room;
}

function refuse(of: Import, message: string): Finding {
  return { path: of.path, line: of.line, message };
}

function checkOpenFile(of: Import): Finding[] {
  const name = of.path.replace('.test.ts', '.ts');
  const allowed = openFiles[name];
  if (allowed === undefined) return [refuse(of, 'A file in src/ itself that is not open to all.')];
  if (of.target === name || of.specifier.startsWith('node:')) return [];
  if (of.path !== name || allowed.includes(of.specifier)) return [];
  return [refuse(of, `${of.path} is open to all rooms and must not import ${of.specifier}.`)];
}

function checkInside(of: Import, room: string): Finding[] {
  if (of.target === undefined) {
    if (pureRooms.includes(room) && worldly.test(of.specifier)) {
      return [refuse(of, `${room} is pure: it must not import ${of.specifier}.`)];
    }
    return [];
  }
  if (of.target in openFiles) return [];
  if (of.target === 'package.json' && room === 'server') return [];
  const other = roomOf(of.target);
  if (other === room || (other !== undefined && arrows[room]?.includes(other))) return [];
  return [refuse(of, `${room} must not import ${other ?? of.target}.`)];
}

/** The arrows between rooms: who may import whom, and that pure rooms do no I/O. */
export function checkArrows(sources: readonly Source[]): Finding[] {
  return sources.flatMap((source) => {
    if (!source.path.startsWith('src/')) return [];
    const room = roomOf(source.path);
    const name = source.path.replace('.test.ts', '.ts');
    if (room === undefined && !(name in openFiles)) {
      return [{ path: source.path, line: 1, message: 'A file in src/ itself, open to nobody.' }];
    }
    if (room !== undefined && arrows[room] === undefined) {
      return [{ path: source.path, line: 1, message: `src/${room} is not a room of the house.` }];
    }
    const imports = listImports(source);
    return imports.flatMap((of) => (room ? checkInside(of, room) : checkOpenFile(of)));
  });
}

/** How imports are written: `#` out of a room, relative inside it, extensions always. */
export function checkSpecifiers(sources: readonly Source[]): Finding[] {
  return sources.flatMap((source) =>
    listImports(source).flatMap((of) => {
      if (of.target === undefined) return [];
      const isHash = of.specifier.startsWith('#');
      const home = roomOf(of.path) ?? (of.path.startsWith('src/') ? 'src' : 'outside');
      const there = roomOf(of.target) ?? (of.target.startsWith('src/') ? 'src' : 'outside');
      if (!/\.(ts|json)$/.test(of.target)) {
        return [refuse(of, `${of.specifier} is written without its extension .ts.`)];
      }
      if (isHash && home === there) {
        return [refuse(of, `${of.specifier} is in the same room: import it relatively.`)];
      }
      if (!isHash && !of.isStarted && home !== there && there !== 'outside') {
        return [refuse(of, `${of.specifier} leaves the room: import it with #.`)];
      }
      return [];
    }),
  );
}

/** The folder of a room in which a file lies; undefined for files of the room itself. */
function chapterOf(path: string): string | undefined {
  return /^(src\/[^/]+\/[^/]+)\/./.exec(path)?.[1];
}

/** Chapters of one room that import each other. */
export function checkChapters(sources: readonly Source[]): Finding[] {
  const ways = new Map<string, Import>();
  for (const of of sources.flatMap(listImports)) {
    const [from, to] = [chapterOf(of.path), of.target && chapterOf(of.target)];
    const isInside = from && to && from !== to && roomOf(of.path) === roomOf(of.target!);
    if (isInside) ways.set(`${from} ${to}`, of);
  }
  return [...ways].flatMap(([way, of]) => {
    const [from, to] = way.split(' ') as [string, string];
    const isRing = from < to && ways.has(`${to} ${from}`);
    return isRing ? [refuse(of, `${from} and ${to} import each other.`)] : [];
  });
}

/** Circles among files, `import type` included; each is told once, as the way around. */
export function checkCircles(sources: readonly Source[]): Finding[] {
  const graph = buildGraph(sources, 'imports');
  const done = new Set<string>();
  const findings: Finding[] = [];
  const visit = (path: string, way: readonly string[]): void => {
    const start = way.indexOf(path);
    if (start >= 0) {
      const circle = [...way.slice(start), path].join(' -> ');
      findings.push({ path, line: 1, message: `A circle of imports: ${circle}.` });
      return;
    }
    if (done.has(path)) return;
    for (const target of graph.get(path) ?? []) visit(target, [...way, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return findings;
}

/** Files under `src/` that cannot be reached from an entry point; tests do not count as use. */
export function checkUnused(sources: readonly Source[], entries: readonly string[]): Finding[] {
  const graph = buildGraph(sources, 'imports and starts');
  const missing = entries.filter((path) => !graph.has(path));
  if (missing.length > 0) {
    return missing.map((path) => ({ path, line: 1, message: 'This entry point is not there.' }));
  }
  const reached = new Set<string>();
  const visit = (path: string): void => {
    if (reached.has(path)) return;
    reached.add(path);
    for (const target of graph.get(path) ?? []) visit(target);
  };
  for (const entry of entries) visit(entry);
  return sources
    .filter(({ path }) => path.startsWith('src/') && !path.endsWith('.test.ts'))
    .filter(({ path }) => !reached.has(path))
    .map(({ path }) => ({ path, line: 1, message: 'No entry point uses this file.' }));
}
