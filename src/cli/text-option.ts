import { fromUtf8 } from '#src/protocol/encoding.ts';
import { unfitAt } from '#src/protocol/text.ts';
import { type Options, UsageError } from './command.ts';
import type { Say } from './messages.ts';
import { readFileAs } from './passphrase.ts';
import type { Terminal } from './terminal.ts';

/** A text given in the command line itself, or in a file (`-` for standard input). */
export const textSource = {
  text: { type: 'string', value: 'TEXT', help: 'option.text' },
  'text-file': { type: 'string', value: 'FILE', help: 'option.text-file' },
} as const satisfies Options;

export async function textOption(
  values: { readonly text: string | undefined; readonly 'text-file': string | undefined },
  { say, terminal }: { say: Say; terminal: Terminal },
): Promise<string> {
  if (values.text !== undefined) return values.text;
  const file = values['text-file'];
  if (file === undefined) throw new UsageError(say('usage.required', { option: '--text' }));
  return readText(file, { say, terminal });
}

/** A whole file as text, exactly: bytes that are not UTF-8 are refused, never replaced. */
export async function readText(file: string, { say, terminal }: { say: Say; terminal: Terminal }): Promise<string> {
  const text = fromUtf8(file === '-' ? await terminal.readInput() : await readFileAs(file, say));
  if (text === null) throw new UsageError(say('usage.not-text', { file }));
  // A byte order mark is the file's, not the text's.
  const [mark, body] = text.startsWith('\uFEFF') ? ['\uFEFF', text.slice(1)] : ['', text];
  const at = unfitAt(body);
  if (at === null) return mark + body;
  const before = body.slice(0, at).split('\n');
  const character = `U+${(body.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  const [line, column] = [before.length, [...(before.at(-1) ?? '')].length + 1];
  throw new UsageError(say('usage.unfit-character', { file, line, column, character }));
}
