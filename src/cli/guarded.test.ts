import { describe, expect, it } from 'vitest';
import { filesIn, isTest, textOf, withoutComments } from '#tests/tidy/files.ts';
import { plainJson } from './guarded.ts';
import { runTansiq } from './run.ts';
import { isolate } from './table.ts';
import type { Terminal } from './terminal.ts';

const driving = [
  '\u001b[2J\u001b]0;pwned\u0007',
  '\u009b31m',
  'a\rb',
  'b\b\b',
  '\u007f',
  '\u202egpj.exe',
  '\u2028',
  '\u{e0041}',
];
// biome-ignore lint/suspicious/noControlCharactersInRegex: that none is left is what is tested
const drives = /[\0-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2028\u2029\u{e0000}-\u{e0fff}]/u;

function recording() {
  const said: string[] = [];
  const terminal: Terminal = {
    interactive: false,
    out: (text) => void said.push(text),
    err: (text) => void said.push(text),
    readInput: async () => new Uint8Array(),
    ask: async () => '',
    stop: new AbortController().signal,
  };
  return { said, terminal };
}

describe('what the command line says of others', () => {
  it.each(driving)('[TXT-1] drives no terminal: %j', async (text) => {
    const { said, terminal } = recording();
    await runTansiq([`no${text}such`], terminal, {});
    await runTansiq(['inbox', '--view', text], terminal, { XDG_CONFIG_HOME: '/nowhere' });
    await runTansiq(['inbox', `--${text}`, '--json'], terminal, {});
    expect(said.join('').length).toBeGreaterThan(50);
    expect(said.join('')).not.toMatch(drives);
    expect(said.join('')).toContain('U+');
  });

  it('[TXT-2] cannot end the isolate in which it stands', () => {
    expect(isolate('\u2069gpj\u2068')).toBe('\u2068⟨U+2069⟩gpj⟨U+2068⟩\u2069');
    expect(isolate('\u2068سلمى\u2069')).toBe('\u2068\u2068سلمى\u2069\u2069');
  });

  it.each(driving)('[TXT-1] is one document that says the same: %j', (text) => {
    const written = plainJson({ [text]: [text, 'ب'] });
    expect(written).not.toMatch(drives);
    expect(JSON.parse(written)).toEqual({ [text]: [text, 'ب'] });
    expect(written).toContain('ب');
  });

  it('[TXT-1] has no other way to the terminal', () => {
    const ways = filesIn('src/cli/', /\.ts$/).filter((path) => {
      return !isTest(path) && /process\.std(out|err)|console\.|processTerminal/.test(withoutComments(textOf(path)));
    });
    expect(ways).toEqual(['src/cli/main.ts', 'src/cli/process-terminal.ts']);
  });
});
