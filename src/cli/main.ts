/** The entry: one command line in, one exit code out. */
import { processTerminal } from './process-terminal.ts';
import { runTansiq } from './run.ts';

const terminal = processTerminal();
process.exitCode = await runTansiq(process.argv.slice(2), terminal, process.env);
// A command that has answered is done: an idle connection must not hold the terminal.
process.stdout.write('', () => process.exit());
