/** The entry: one command line in, one exit code out. */
import { enableCompileCache } from 'node:module';
import { compileCacheDirectory } from '#src/demo/compile-cache.ts';
import { processTerminal } from './process-terminal.ts';

// Before the rest is loaded, so that it comes from the cache.
enableCompileCache(process.env['NODE_COMPILE_CACHE'] ?? compileCacheDirectory);
const { runTansiq } = await import('./run.ts');

const code = await runTansiq(process.argv.slice(2), processTerminal(), process.env);
// A command that has answered is done: an idle connection must not hold the terminal.
process.stdout.write('', () => process.exit(code));
