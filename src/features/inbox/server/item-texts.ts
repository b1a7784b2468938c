import { sql } from 'kysely';
import type { Tx } from '#src/ports/database.ts';
import type { RecordHash } from '#src/protocol/primitives.ts';
import { titlesAbout } from '../../titles-about.ts';

const excerptCharactersMax = 160;

export interface ItemText {
  readonly level: number;
  readonly language: string;
  readonly title: string;
  readonly about: string | null;
  readonly urgency: string | null;
  readonly excerpt: string;
}

/** Level, language, title, urgency and first words of each revision, as far as the reader sees them. */
export async function itemTexts(tx: Tx, hashes: readonly RecordHash[]): Promise<ReadonlyMap<RecordHash, ItemText>> {
  if (hashes.length === 0) return new Map();
  const revisions = await tx
    .selectFrom('record_revision')
    .select(['hash', 'level', 'language'])
    .where('hash', 'in', hashes)
    .execute();
  const fields = await tx
    .selectFrom('disclosure')
    .select(['hash', 'path', 'value'])
    .where('hash', 'in', hashes)
    .where('path', 'in', ['title', 'body/urgency'])
    .execute();
  const firstPortions = await tx
    .selectFrom('disclosure')
    .distinctOn('hash')
    // Enough for the excerpt; a portion may be long.
    .select(['hash', sql<string>`left(value ->> 'text', ${excerptCharactersMax * 4}::int)`.as('text')])
    .where('hash', 'in', hashes)
    .where('path', 'like', 'portions/%')
    .orderBy('hash')
    .orderBy(sql`split_part(path, '/', 2)::int`)
    .execute();
  const about = await titlesAbout(tx, hashes);
  const field = (hash: RecordHash, path: string) => {
    const value = fields.find((row) => row.hash === hash && row.path === path)?.value;
    return typeof value === 'string' ? value : null;
  };
  return new Map(
    revisions.map(({ hash, level, language }) => [
      hash,
      {
        level,
        language,
        title: field(hash, 'title') ?? '',
        about: about.get(hash) ?? null,
        urgency: field(hash, 'body/urgency'),
        excerpt: excerptOf(firstPortions.find((row) => row.hash === hash)?.text ?? ''),
      },
    ]),
  );
}

/** On one line, cut between words. */
export function excerptOf(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  const characters = [...line];
  if (characters.length <= excerptCharactersMax) return line;
  const cut = characters.slice(0, excerptCharactersMax).join('');
  const lastSpace = cut.lastIndexOf(' ');
  return `${(lastSpace > 0 ? cut.slice(0, lastSpace) : cut).trimEnd()}…`;
}
