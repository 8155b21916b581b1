import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

// Stripping types and compiling take half of a start; from the second one on they are remembered,
// in a folder that only this user can write to. Where there is none, nothing is lost but time.
enableCompileCache(join(homedir(), '.cache', 'kith'));
const { start } = await import('./start.ts');
await start();
