import { describe, expect, it } from 'vitest';
import { kinds } from '#src/kinds/index.ts';
import { languages } from '#src/protocol/primitives.ts';
import { type RefusalCode, ruleOfRefusal } from '#src/protocol/refusal.ts';
import { refusalText } from '#src/protocol/refusal-text.ts';
import { allFiles, filesIn, textOf } from './files.ts';

/** Every text in a catalogue of messages, by its place; plural forms and groups alike. */
function texts(value: unknown, place = ''): [string, string][] {
  if (typeof value === 'string') return [[place, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, place === '' ? key : `${place}.${key}`));
}

const placeholders = (text: string) => [...new Set(text.match(/\{\{?\w+/g) ?? [])].sort();
/** Arabic counts in six forms, French in three, English in two: the same message has another number of texts. */
const withoutPluralForm = (place: string) => place.replace(/[._](zero|one|two|few|many|other)$/, '');

const catalogueStems = filesIn('src/', /\.(ar|fr|en)\.ts$/).map((path) => path.replace(/\.(ar|fr|en)\.ts$/, ''));

async function catalogue(stem: string, language: string) {
  const exports = Object.values(
    (await import(new URL(`../../${stem}.${language}.ts`, import.meta.url).href)) as Record<string, unknown>,
  );
  return new Map(exports.flatMap((value) => texts(value)));
}

describe('three languages, equal', () => {
  it.each([...new Set(catalogueStems)])('%s exists in all three, with the same messages', async (stem) => {
    const [ar, fr, en] = await Promise.all(languages.map((language) => catalogue(stem, language)));
    const places = (texts: Map<string, string> | undefined) =>
      [...new Set([...(texts?.keys() ?? [])].map(withoutPluralForm))].sort();
    expect(places(ar).length).toBeGreaterThan(0);
    expect(places(fr)).toEqual(places(ar));
    expect(places(en)).toEqual(places(ar));
    for (const [place, text] of [...(ar ?? []), ...(fr ?? []), ...(en ?? [])]) expect(text.trim(), place).not.toBe('');
    for (const [place, text] of en ?? []) {
      const other = fr?.get(place);
      expect(placeholders(other ?? text), place).toEqual(placeholders(text));
    }
  });

  it('the screens have catalogues at all', () => {
    expect(catalogueStems).toContain('src/web/i18n/words');
  });

  it('every kind has its captions in each', () => {
    expect(kinds.size).toBeGreaterThanOrEqual(6);
    for (const [name, kind] of kinds) {
      for (const caption of [kind.caption, ...Object.values(kind.captions)]) {
        for (const language of languages) expect(caption[language].trim(), `${name} ${language}`).not.toBe('');
      }
    }
  });

  it('every refusal has its sentences', () => {
    for (const code of Object.keys(ruleOfRefusal) as RefusalCode[]) expect(refusalText[code]).toBeDefined();
  });
});

describe('what the project does not speak of', () => {
  // Built from pieces, so that this file does not find itself.
  const workplace = [
    ['/wo', 'rk/'],
    ['/tm', 'p/plan'],
    ['cla', 'ude'],
    ['anthro', 'pic'],
    ['AI ag', 'ent'],
    ['language mo', 'del'],
    ['sub', 'agent'],
    ['this ses', 'sion built'],
    ['session hel', 'per'],
    ['the le', 'ad helper'],
  ].map((pieces) => pieces.join(''));

  it('the place where it was written', () => {
    const own = allFiles.filter(
      (path) => path !== 'package-lock.json' && !path.startsWith('spec/vectors/') && !/\.(png|woff2?|ico)$/.test(path),
    );
    const found = own.flatMap((path) => {
      const text = textOf(path).toLowerCase();
      return workplace.filter((word) => text.includes(word.toLowerCase())).map((word) => `${path}: ${word}`);
    });
    expect(found).toEqual([]);
  });
});
