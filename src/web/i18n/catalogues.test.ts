import { describe, expect, it } from 'vitest';
import { type Language, languages } from '#src/protocol/primitives.ts';
import { type Catalogue, isPlural, type Messages } from './catalogue.ts';
import { localeOf } from './languages.ts';
import { words } from './words.ts';

const modules = import.meta.glob<Record<string, unknown>>(['/src/**/messages.ts', '!/src/cli/**'], { eager: true });
const isCatalogue = (value: unknown): value is Catalogue<Messages> =>
  typeof value === 'object' && value !== null && 'namespace' in value && 'messages' in value;
const catalogues = [
  words,
  ...Object.values(modules).flatMap((exported) => Object.values(exported).filter(isCatalogue)),
];

/** Every sentence with its dotted path; a plural gives one per form. */
function sentences(messages: Messages, path = ''): [path: string, form: string | null, sentence: string][] {
  return Object.entries(messages).flatMap(([key, value]): [string, string | null, string][] => {
    const at = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'string') return [[at, null, value]];
    if (isPlural(value)) return Object.entries(value).map(([form, text]) => [at, form, String(text)]);
    return sentences(value as Messages, at);
  });
}
const placeholders = (sentence: string): string[] =>
  [...sentence.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '');
const pathsOf = (messages: Messages) => [...new Set(sentences(messages).map(([path]) => path))];

/** Words that are written in Latin letters in every language: names of standards, and the brand beside its Arabic form. */
const latinByNature = /^(TLP:[A-Z+]+|PAP:[A-Z]+)$/;

describe('the catalogues of the screen', () => {
  it('are found: the shared words and one per feature', () => {
    expect(catalogues.length).toBeGreaterThanOrEqual(10);
    expect(new Set(catalogues.map(({ namespace }) => namespace)).size).toBe(catalogues.length);
  });

  describe.each(catalogues)('$namespace', ({ messages }) => {
    it('has every sentence in every language', () => {
      for (const language of languages) {
        expect(pathsOf(messages[language]), language).toEqual(pathsOf(messages.ar));
        for (const [path, , sentence] of sentences(messages[language]))
          expect(sentence.trim(), `${language} ${path}`).not.toBe('');
      }
    });

    it('has exactly the plural forms that its language has', () => {
      for (const language of languages) {
        const forms = new Map<string, string[]>();
        for (const [path, form] of sentences(messages[language])) {
          if (form) forms.set(path, [...(forms.get(path) ?? []), form]);
        }
        const wanted = new Intl.PluralRules(localeOf[language]).resolvedOptions().pluralCategories.toSorted();
        for (const [path, has] of forms) expect(has.toSorted(), `${language} ${path}`).toEqual(wanted);
      }
    });

    it('puts the same things into a sentence in every language', () => {
      const named = (language: Language) => {
        const all = new Map<string, Set<string>>();
        for (const [path, , sentence] of sentences(messages[language])) {
          const known = all.get(path) ?? new Set<string>();
          // A form for one or two may say its number as a word.
          for (const name of placeholders(sentence)) if (name !== 'count') known.add(name);
          all.set(path, known);
        }
        return all;
      };
      expect(named('fr')).toEqual(named('ar'));
      expect(named('en')).toEqual(named('ar'));
    });

    it('is written in its own script', () => {
      for (const [path, , sentence] of sentences(messages.ar)) {
        if (!latinByNature.test(sentence) && /\p{L}/u.test(sentence.replace(/\{\{\w+\}\}/g, '')))
          expect(sentence, path).toMatch(/\p{Script=Arabic}/u);
      }
      for (const language of ['fr', 'en'] as const) {
        for (const [path, , sentence] of sentences(messages[language])) {
          expect(sentence, `${language} ${path}`).not.toMatch(/\p{Script=Arabic}/u);
        }
      }
    });
  });
});
