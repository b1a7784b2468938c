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

/** A record's id, whole or from its start on; or the hash of any of its revisions. */
const idPattern = /^[0-9a-f]{8}-[0-9a-f-]{0,27}$/i;
const hashPattern = /^[\w-]{43}$/;

/** Each word of `q` names the record, or stands in the title or in a portion that the reader sees of the revision `hash`. */
export function saysAll(hash: RawBuilder<string>, q: string): RawBuilder<SqlBool> {
  const words = q
    .trim()
    .split(/\s+/u)
    .filter((word) => wordPattern(word) !== '')
    .slice(0, wordsMax);
  const says = words.map((word) => {
    const pattern = wordPattern(word);
    const named = namedBy(word);
    return sql`(${hash} in (
      select d.hash from disclosure d
      where (d.path = 'title' and d.value #>> '{}' ~* ${pattern})
        or (d.path like 'portions/%' and d.value ->> 'text' ~* ${pattern})
    )${named === null ? sql`` : sql` or ${hash} in (${named})`})`;
  });
  return words.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`(${sql.join(says, sql` and `)})`;
}

/** The revisions of the record that a word names. */
function namedBy(word: string): RawBuilder<string> | null {
  if (idPattern.test(word)) {
    return sql`select r.hash from record_revision r where r.record_id::text like ${`${word.toLowerCase()}%`}`;
  }
  if (!hashPattern.test(word)) return null;
  return sql`select r.hash from record_revision r join record_revision n using (record_id) where n.hash = ${word}`;
}
