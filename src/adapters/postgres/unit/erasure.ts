import { sql } from 'kysely';
import type { Tx } from '#src/ports/database.ts';
import type { CorrectionWords } from '#src/ports/store-corrections.ts';
import type { RecordId } from '#src/protocol/primitives.ts';

/** Characters of a title by which a quotation of it is known; longer ones are cut where they are quoted. */
const quotedCharacters = 60;

export function erasureWords(tx: Tx): Pick<CorrectionWords, 'eraseContent'> {
  return {
    async eraseContent(record, keep) {
      const quoting = await tx
        .selectFrom('record_link as link')
        .innerJoin('disclosure as reply', (join) =>
          join.onRef('reply.hash', '=', 'link.hash').on('reply.path', '=', 'title'),
        )
        .innerJoin('record_revision as erased', 'erased.record_id', 'link.target_record')
        .innerJoin('disclosure as title', (join) =>
          join.onRef('title.hash', '=', 'erased.hash').on('title.path', '=', 'title'),
        )
        .select(['reply.hash', 'reply.digest'])
        .where('link.target_record', '=', record)
        .where('link.type', 'in', ['about', 'replies-to'])
        .where('erased.hash', '<>', keep)
        .where(sql<boolean>`position(left(title.value #>> '{}', ${quotedCharacters}) in (reply.value #>> '{}')) > 0`)
        .execute();
      for (const { hash, digest } of quoting) {
        await tx.deleteFrom('disclosure').where('hash', '=', hash).where('digest', '=', digest).execute();
      }
      await tx
        .deleteFrom('disclosure')
        .where('hash', '<>', keep)
        .where('hash', 'in', (of) => of.selectFrom('record_revision').select('hash').where('record_id', '=', record))
        .execute();
      // Whoever wrote the erasure was to say nothing in it again.
      await tx
        .deleteFrom('disclosure')
        .where('hash', '=', keep)
        .where(({ or, eb }) => or([eb('path', 'like', 'portions/%'), eb('path', 'like', 'body/%')]))
        .execute();
      await tx.deleteFrom('held_message').where('waits_for', 'in', chainOf(tx, record)).execute();
    },
  };
}

/** Hashes that a held revision of this record could be waiting for. */
function chainOf(tx: Tx, record: RecordId) {
  return tx
    .selectFrom('record_revision')
    .select('hash')
    .where('record_id', '=', record)
    .union(tx.selectFrom('skipped_revision').select('hash').where('record_id', '=', record))
    .union(
      tx.selectFrom('skipped_revision').select('previous as hash').where('record_id', '=', record).$narrowType<{
        hash: string;
      }>(),
    );
}
