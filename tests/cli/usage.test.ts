import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '#src/cli/commands/index.ts';
import { catalogues, type MessageKey } from '#src/cli/messages.ts';
import { languages } from '#src/protocol/primitives.ts';
import { Desk } from './typed.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

/** Nothing listens there: port 9 is the discard service, which no node is. */
const nowhere = 'http://127.0.0.1:9';

describe('the command line before any node is asked', () => {
  it.each(commands.map(({ name }) => name))(
    'explains `%s` in every language, with each of its options',
    async (name) => {
      const { options } = commands.find((command) => command.name === name) ?? { options: {} };
      for (const language of languages) {
        const { code, out } = await desk.type([...name.split(' '), '--help', '--language', language]);
        expect(code).toBe(0);
        for (const option of [...Object.keys(options), 'json', 'language']) expect(out).toContain(`--${option}`);
      }
    },
  );

  it('has the same blanks to fill in all three catalogues, and no sentence left in another language’s letters', () => {
    const blanks = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
    for (const [key, english] of Object.entries(catalogues.en) as [MessageKey, string][]) {
      expect(blanks(catalogues.fr[key]), key).toEqual(blanks(english));
      expect(blanks(catalogues.ar[key]), key).toEqual(blanks(english));
      expect(/\p{Script=Arabic}/u.test(english + catalogues.fr[key]), key).toBe(false);
      const symbolsOnly = english.replace(/\{\w+\}/g, '').trim().length < 3;
      expect(symbolsOnly || /\p{Script=Arabic}/u.test(catalogues.ar[key]), key).toBe(true);
    }
  });

  it.each([
    [['frobnicate'], 'There is no command'],
    [['send'], 'Use: tansiq send'],
    [['status', 'a', 'b'], 'Use: tansiq status'],
    [['send', 'FILE', '--unknown'], '--unknown'],
    [['inbox', '--language', 'de'], 'ar, fr, en'],
    [['status', 'x'], 'Which node?'],
    [['status', 'x', '--node', 'ftp://x'], 'http://'],
    [['login', '--node', nowhere], '--as'],
    [['login', '--node', nowhere, '--as', 'a'], 'No passphrase'],
    [['demo', '--port', '70000'], '--port'],
    [['serve', '--port', 'x'], '--port'],
  ])('answers %j with exit code 2 and what is wrong', async (argv, sentence) => {
    const { code, out, err } = await desk.type(argv);
    expect(code).toBe(2);
    expect(err).toContain(sentence);
    expect(out).toBe('');
    expect(await desk.json<{ usage: string }>(argv)).toEqual({ usage: expect.stringContaining(sentence) });
  });

  it('says with exit code 3 that no node answers', async () => {
    const argv = ['login', '--node', nowhere, '--as', 'a'];
    const { code, err } = await desk.type(argv, { input: 'a passphrase' });
    expect(code).toBe(3);
    expect(err).toContain(nowhere);
    expect(await desk.json(argv, { input: 'a passphrase' })).toMatchObject({ unreachable: nowhere });
  });

  it('[ACC-12] refuses with exit code 1 what needs a session where there is none', async () => {
    const { code, err } = await desk.type(['inbox', '--node', nowhere]);
    expect(code).toBe(1);
    expect(err).toContain('[ACC-12 · sign-in-required');
  });

  it('speaks the language of --language, else of LANG, else English', async () => {
    expect((await desk.type(['--help'], { env: { LANG: 'fr_MA.UTF-8' } })).out).toContain('Trois services');
    expect((await desk.type(['--help'], { env: { LANG: 'ar_MA.UTF-8' } })).out).toContain('ثلاثة أجهزة');
    expect((await desk.type(['--help'], { env: { LANG: 'frp' } })).out).toContain('Three services');
    expect((await desk.type(['--help', '--language', 'ar'], { env: { LANG: 'fr' } })).out).toContain('ثلاثة أجهزة');
  });
});
