/** Simple likeness of spelling for search: the same word with or without vowel signs, hamzas, accents, or in other digits. */
import { type RawBuilder, type SqlBool, sql } from 'kysely';

const alike: readonly (readonly [as: string, letters: string])[] = [
  ['ا', 'أإآٱ'],
  ['ي', 'ىئ'],
  ['ه', 'ة'],
  ['و', 'ؤ'],
  ['a', 'àâäáãåÀÂÄÁÃÅ'],
  ['c', 'çÇ'],
  ['e', 'éèêëÉÈÊË'],
  ['i', 'íìîïÍÌÎÏ'],
  ['n', 'ñÑ'],
  ['o', 'óòôöõÓÒÔÖÕ'],
  ['u', 'úùûüÚÙÛÜ'],
  ['y', 'ýÿÝŸ'],
  ...Array.from('٠١٢٣٤٥٦٧٨٩', (digit, value) => [String(value), digit] as const),
];
/** Vowel signs, superscript alef, tatweel: written or not, the word is the same. */
const dropped = '\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670\u0640';

// PostgreSQL's translate() drops the characters of `from` that have no counterpart in `to`.
const from = alike.map(([, letters]) => letters).join('') + dropped;
const to = alike.map(([as, letters]) => as.repeat(letters.length)).join('');

const normalised = (text: RawBuilder<unknown>) => sql`lower(translate(${text}, ${from}, ${to}))`;

const wordsMax = 8;

/** Each word of `q` stands in the title or in a portion that the reader sees of the revision `hash`. */
export function saysAll(hash: RawBuilder<string>, q: string): RawBuilder<SqlBool> {
  const words = q.trim().split(/\s+/u).filter(Boolean).slice(0, wordsMax);
  const says = words.map(
    (word) => sql`exists (
      select 1 from disclosure d
      where d.hash = ${hash} and (d.path = 'title' or d.path like 'portions/%')
        and position(
          ${normalised(sql`${word}::text`)} in
          ${normalised(sql`case when d.path = 'title' then d.value #>> '{}' else d.value ->> 'text' end`)}
        ) > 0
    )`,
  );
  return words.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`(${sql.join(says, sql` and `)})`;
}
