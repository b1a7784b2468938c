import { expect, test } from 'vitest';
import { languageAsked } from './language-asked.ts';

test.each([
  [undefined, 'ar'],
  ['', 'ar'],
  ['de, it;q=0.8', 'ar'],
  ['fr-CH, fr;q=0.9, en;q=0.8, *;q=0.5', 'fr'],
  ['en;q=0.2, fr;q=0.7', 'fr'],
  ['EN-gb', 'en'],
  ['fr;q=0, en;q=0.1', 'en'],
  ['ar-MA', 'ar'],
  ['fr;q=nonsense', 'fr'],
])('%s is answered in %s', (header, language) => {
  expect(languageAsked(header)).toBe(language);
});
