// Runs a script of the checkout: node bin/script.js [NODE FLAGS] FILE [ARGUMENTS]
import { resolve } from 'node:path';
import { runOnNode } from './run-on-node.js';

const given = process.argv.slice(2);
const at = given.findIndex((argument) => !argument.startsWith('-'));
await runOnNode({
  file: resolve(given[at]),
  args: given.slice(at + 1),
  nodeFlags: given.slice(0, at),
});
