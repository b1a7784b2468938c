import { readFile } from 'node:fs/promises';
import { fromUtf8 } from '#src/protocol/encoding.ts';
import { type Options, UsageError } from './command.ts';
import type { Say } from './messages.ts';
import type { Terminal } from './terminal.ts';

/** Never an option with the passphrase itself: command lines are seen by every user of a machine and kept in histories. */
export const passphraseSource = {
  'passphrase-file': { type: 'string', value: 'FILE', help: 'option.passphrase-file' },
} as const satisfies Options;

/** From a file, from a person without echo, or from standard input; its last line break does not belong to it. */
export async function passphraseFrom(
  values: { readonly 'passphrase-file': string | undefined },
  options: { terminal: Terminal; say: Say; twice: boolean },
): Promise<string> {
  const { terminal, say, twice } = options;
  const file = values['passphrase-file'];
  if (file === undefined && terminal.interactive) {
    const typed = await terminal.ask(say('ask.passphrase'), { hidden: true });
    if (twice && (await terminal.ask(say('ask.passphrase-again'), { hidden: true })) !== typed) {
      throw new UsageError(say('usage.passphrases-differ'));
    }
    return typed;
  }
  const bytes = file === undefined || file === '-' ? await terminal.readInput() : await readFileAs(file, say);
  const text = fromUtf8(bytes)?.replace(/\r?\n$/, '');
  if (text === undefined || text === '') throw new UsageError(say('usage.passphrase-empty'));
  return text;
}

/** A file named on the command line; `UsageError` where it cannot be read. */
export async function readFileAs(file: string, say: Say): Promise<Uint8Array> {
  return readFile(file).then(
    (bytes) => new Uint8Array(bytes),
    (error: NodeJS.ErrnoException) => {
      throw new UsageError(say('usage.file-unreadable', { file, reason: error.code ?? '' }));
    },
  );
}
