import { sql } from 'kysely';
import type { Tx } from '#src/ports/database.ts';
import type { RecordHash } from '#src/protocol/primitives.ts';

/**
 * TXT-4: what an answer, a decision, a permission or a correction is about, by its title, where the reader sees that: such a
 * record says it nowhere itself, so that an erasure leaves no copy of it.
 */
export async function titlesAbout(tx: Tx, hashes: readonly RecordHash[]): Promise<ReadonlyMap<RecordHash, string>> {
  if (hashes.length === 0) return new Map();
  const rows = await tx
    .selectFrom('record_link as link')
    .leftJoin('record_link as further', (join) =>
      join
        .onRef('further.hash', '=', 'link.target_hash')
        .on('further.type', '=', 'about')
        .on('link.type', '=', 'replies-to'),
    )
    .innerJoin('disclosure as title', (join) =>
      join
        .on('title.path', '=', 'title')
        .on(({ eb, ref, fn }) => eb('title.hash', '=', fn.coalesce('further.target_hash', ref('link.target_hash')))),
    )
    .select(['link.hash', sql<string>`title.value #>> '{}'`.as('title')])
    .where('link.hash', 'in', hashes)
    .where('link.type', 'in', ['about', 'replies-to'])
    .execute();
  return new Map(rows.map(({ hash, title }) => [hash, title]));
}
