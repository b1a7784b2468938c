import { type Command, everywhere, type Options } from './command.ts';
import { commands } from './commands/index.ts';
import type { Say } from './messages.ts';

/** All commands, one line each. */
export function overview(say: Say, shown: readonly Command[] = commands): string[] {
  const left = shown.map((command) => `tansiq ${command.name} ${command.operands}`.trimEnd());
  const width = Math.max(...left.map((text) => text.length));
  return [
    say('help.overview'),
    '',
    ...shown.map((command, at) => `  ${(left[at] ?? '').padEnd(width)}   ${say(command.help)}`),
    '',
    say('help.more'),
    say('help.exit-codes'),
  ];
}

/** One command with its options. */
export function helpOfCommand(command: Command, say: Say): string[] {
  const all: Options = { ...command.options, ...everywhere };
  const options = Object.entries(all);
  const left = options.map(([name, option]) => `--${name}${option.value ? ` ${option.value}` : ''}`);
  const width = Math.max(...left.map((text) => text.length));
  return [
    `tansiq ${command.name} ${command.operands}`.trimEnd(),
    '',
    say(command.help),
    '',
    ...options.map(([, option], at) => `  ${(left[at] ?? '').padEnd(width)}   ${say(option.help)}`),
  ];
}
