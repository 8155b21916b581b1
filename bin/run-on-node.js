import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const nodeMajorMin = 24;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'];

/** The Node of the optional package for this platform, if npm has installed it. */
function findNode() {
  try {
    const require = createRequire(import.meta.url);
    const name = `node-${process.platform}-${process.arch}`;
    const node = join(dirname(require.resolve(`${name}/package.json`)), 'bin', 'node');
    return existsSync(node) ? node : undefined;
  } catch {
    return undefined;
  }
}

/** Runs Node as a child, passes signals on to it, and ends as it ends. */
function spawnNode(node, args) {
  // What the program starts by the name `node` is this Node too.
  const PATH = [dirname(node), process.env.PATH].filter(Boolean).join(delimiter);
  const child = spawn(node, args, { stdio: 'inherit', env: { ...process.env, PATH } });
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`Kith cannot start ${node}: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    for (const name of signals) process.removeAllListeners(name);
    if (signal === null) process.exit(code);
    process.kill(process.pid, signal);
  });
}

/**
 * Runs a script on a Node that is new enough: this one, else the one that npm has installed.
 * npm 10 loses the link `.bin/node` when two optional packages bring one (it removes the link
 * together with the package of the other platform), so PATH alone is not to be relied on.
 * This file must run on Node 18.
 */
export async function runOnNode({ file, args, nodeFlags = [] }) {
  const isNewEnough = Number.parseInt(process.versions.node, 10) >= nodeMajorMin;
  const node = isNewEnough ? process.execPath : findNode();
  if (node === undefined) {
    process.stderr.write(
      `Kith needs Node ${nodeMajorMin} or later; this is ${process.versions.node}. Install a ` +
        `newer Node; on Linux, npm install without --omit=optional brings one.\n`,
    );
    process.exitCode = 1;
  } else if (isNewEnough && nodeFlags.length === 0) {
    process.argv = [process.execPath, file, ...args];
    await import(pathToFileURL(file).href);
  } else {
    spawnNode(node, [...nodeFlags, file, ...args]);
  }
}
