import type { Tx } from '#src/ports/database.ts';
import { mayAnswer } from '#src/protocol/correction/board.ts';
import { isCorrectionAnswer } from '#src/protocol/correction/words.ts';
import type { RecordId, ServiceId } from '#src/protocol/primitives.ts';

/** COR-2: whether this service may still answer the newest correction of a partner's record, or the correction of this id. */
export async function hasOpenCorrection(tx: Tx, record: RecordId, self: ServiceId): Promise<boolean> {
  const newest = await tx
    .selectFrom('correction')
    .select('record_id')
    .where(({ or, eb }) => or([eb('record_id', '=', record), eb('about_record', '=', record)]))
    .where('origin', '<>', self)
    .orderBy('about_revision', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (newest === undefined) return false;
  const last = await tx
    .selectFrom('record_link as link')
    .innerJoin('record_revision as answer', 'answer.hash', 'link.hash')
    .innerJoin('disclosure as said', (join) =>
      join.onRef('said.hash', '=', 'link.hash').on('said.path', '=', 'body/answer'),
    )
    .select('said.value')
    .where('link.target_record', '=', newest.record_id)
    .where('link.type', '=', 'replies-to')
    .where('answer.origin', '=', self)
    .orderBy('answer.stored_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return mayAnswer(isCorrectionAnswer(last?.value) ? last.value : null);
}
