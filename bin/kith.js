#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runOnNode } from './run-on-node.js';

// A checkout runs its source, whatever an earlier `npm pack` has built; a package has no source.
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, 'src', 'server', 'main.ts');
const file = existsSync(source) ? source : join(root, 'dist', 'main.js');
await runOnNode({ file, args: process.argv.slice(2) });
