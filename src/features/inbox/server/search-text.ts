/** Simple likeness of spelling for search: the same word with or without vowel signs, hamzas, accents, or in other digits. */
import { type RawBuilder, type SqlBool, sql } from 'kysely';

/** Letters that count as one, whichever of them stands in the question or in the text. */
const alike = [
  'اأإآٱ',
  'يىئ',
  'هة',
  'وؤ',
  'aàâäáãåAÀÂÄÁÃÅ',
  'cçCÇ',
  'eéèêëEÉÈÊË',
  'iíìîïIÍÌÎÏ',
  'nñNÑ',
  'oóòôöõOÓÒÔÖÕ',
  'uúùûüUÚÙÛÜ',
  'yýÿYÝŸ',
  ...Array.from('٠١٢٣٤٥٦٧٨٩', (digit, value) => `${value}${digit}`),
];
const likenesses = new Map(alike.flatMap((letters) => Array.from(letters, (letter) => [letter, `[${letters}]`])));

/** Vowel signs, superscript alef, tatweel: written or not, the word is the same. */
const signs = '\u064b-\u0652\u0670\u0640';
const signPattern = new RegExp(`[${signs}]`, 'gu');

const wordsMax = 8;

/** A regular expression of PostgreSQL for one word; every character of it stands for itself and those like it. */
export function wordPattern(word: string): string {
  const letters = Array.from(word.replace(signPattern, ''));
  return letters
    .map((letter) => likenesses.get(letter) ?? (/[\p{L}\p{N}]/u.test(letter) ? letter : `\\${letter}`))
    .join(`[${signs}]*`);
}

/** Each word of `q` stands in the title or in a portion that the reader sees of the revision `hash`. */
export function saysAll(hash: RawBuilder<string>, q: string): RawBuilder<SqlBool> {
  const words = q
    .trim()
    .split(/\s+/u)
    .map(wordPattern)
    .filter((pattern) => pattern !== '')
    .slice(0, wordsMax);
  const says = words.map(
    (pattern) => sql`${hash} in (
      select d.hash from disclosure d
      where (d.path = 'title' and d.value #>> '{}' ~* ${pattern})
        or (d.path like 'portions/%' and d.value ->> 'text' ~* ${pattern})
    )`,
  );
  return words.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`(${sql.join(says, sql` and `)})`;
}
