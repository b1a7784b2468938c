import { parseArgs } from 'node:util';
import { NodeUnreachable, RefusedByNode } from '#src/features/client.ts';
import { refusalSentences } from '#src/protocol/refusal-text.ts';
import { type Command, everywhere, RefusedHere, UsageError } from './command.ts';
import { commands } from './commands/index.ts';
import { guarded } from './guarded.ts';
import { helpOfCommand, overview } from './help.ts';
import { languageOf, type Say, speak } from './messages.ts';
import { Output } from './output.ts';
import type { Env, Terminal } from './terminal.ts';

export const exitCodes = { ok: 0, refused: 1, usage: 2, unreachable: 3 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Runs one command line. Everything expected becomes an exit code and a sentence; a bug throws. */
export async function runTansiq(argv: readonly string[], given: Terminal, env: Env): Promise<ExitCode> {
  const terminal = guarded(given);
  // Read loosely at first, so that even a faulty command line is answered in its language and form.
  const json = argv.includes('--json');
  const say = speak(languageOf(wishedLanguage(argv), env));
  const output = new Output(terminal, json);
  try {
    const found = findCommand(argv);
    if (!found) {
      const words = argv.slice(
        0,
        Math.max(
          0,
          argv.concat('-').findIndex((word) => word.startsWith('-')),
        ),
      );
      if (words.length > 0) throw new UsageError(say('usage.unknown-command', { command: words.join(' ') }));
      output.answer({ commands: commands.map((command) => command.name) }, overview(say));
      return argv.length === 0 ? exitCodes.usage : exitCodes.ok;
    }
    return await runCommand(found.command, found.rest, { say, output, terminal, env });
  } catch (error) {
    return explain(error, say, output);
  }
}

async function runCommand(
  command: Command,
  rest: readonly string[],
  around: { say: Say; output: Output; terminal: Terminal; env: Env },
): Promise<ExitCode> {
  const { say, output } = around;
  const { values, positionals } = parse(command, rest);
  if (values['help'] === true) {
    output.answer({ command: command.name, options: Object.keys(command.options) }, helpOfCommand(command, say));
    return exitCodes.ok;
  }
  if (typeof values['language'] === 'string' && !/^(ar|fr|en)$/.test(values['language'])) {
    throw new UsageError(say('usage.one-of', { option: '--language', values: 'ar, fr, en' }));
  }
  if (positionals.length < command.operandsMin || positionals.length > command.operandsMax) {
    throw new UsageError(say('usage.operands', { usage: `tansiq ${command.name} ${command.operands}`.trim() }));
  }
  await command.run({ ...around, values: values as never, operands: positionals });
  return exitCodes.ok;
}

function parse(command: Command, rest: readonly string[]) {
  const options = Object.fromEntries(
    Object.entries({ ...command.options, ...everywhere }).map(([name, spec]) => [
      name,
      { type: spec.type, multiple: 'repeats' in spec },
    ]),
  );
  try {
    const { values, positionals } = parseArgs({ args: [...rest], options, strict: true, allowPositionals: true });
    const joined = Object.entries(values).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : value,
    ]);
    return { values: Object.fromEntries(joined) as { [name: string]: string | boolean | undefined }, positionals };
  } catch (error) {
    if (error instanceof TypeError && String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS')) {
      throw new UsageError(error.message);
    }
    throw error;
  }
}

/** The words before the first option; two-word commands first. */
function findCommand(argv: readonly string[]): { command: Command; rest: readonly string[] } | null {
  const [first, second] = argv;
  for (const words of [2, 1]) {
    const name = argv.slice(0, words).join(' ');
    const command = commands.find((candidate) => candidate.name === name);
    if (command) return { command, rest: argv.slice(words) };
  }
  const grouped = commands.some((candidate) => candidate.name.startsWith(`${first} `));
  if (grouped && (second === undefined || second.startsWith('-'))) {
    return { command: groupHelp(first ?? ''), rest: argv.slice(1) };
  }
  return null;
}

/** `tansiq partner` alone: shows what there is in the group. */
function groupHelp(group: string): Command {
  return {
    name: group,
    operands: '',
    operandsMin: 0,
    operandsMax: 0,
    help: 'help.overview',
    options: {},
    run: async ({ output, say }) => {
      const members = commands.filter((command) => command.name.startsWith(`${group} `));
      output.answer({ commands: members.map((command) => command.name) }, overview(say, members));
    },
  };
}

function wishedLanguage(argv: readonly string[]): string | undefined {
  const at = argv.findIndex((word) => word === '--language' || word.startsWith('--language='));
  const word = argv[at];
  if (word === undefined) return undefined;
  return word.includes('=') ? word.slice(word.indexOf('=') + 1) : argv[at + 1];
}

function explain(error: unknown, say: Say, output: Output): ExitCode {
  if (error instanceof UsageError) {
    fail(output, { usage: error.message }, [error.message, say('usage.see-help')]);
    return exitCodes.usage;
  }
  if (error instanceof RefusedByNode || error instanceof RefusedHere) {
    const { refusal } = error;
    const { says, next } = refusalSentences(refusal, say.language);
    const place = refusal.at === undefined ? '' : ` — ${refusal.at}`;
    fail(output, { ...refusal, says, next }, [says, `  [${refusal.rule} · ${refusal.code}${place}]`, `  ${next}`]);
    return exitCodes.refused;
  }
  if (error instanceof NodeUnreachable) {
    const detail = error.cause instanceof Error ? error.cause.message : '';
    fail(output, { unreachable: error.node, detail }, [say('unreachable', { node: error.node, detail })]);
    return exitCodes.unreachable;
  }
  if (error instanceof Error && error.name === 'AbortError') {
    output.warn(say('given-up'));
    return exitCodes.refused;
  }
  throw error;
}

function fail(output: Output, document: unknown, lines: readonly string[]): void {
  if (output.json) output.answer(document, []);
  else for (const line of lines) output.warn(line);
}
