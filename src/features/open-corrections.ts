import type { Tx } from '#src/ports/database.ts';
import { mayAnswer } from '#src/protocol/correction/board.ts';
import { isCorrectionAnswer } from '#src/protocol/correction/words.ts';
import type { RecordId, ServiceId } from '#src/protocol/primitives.ts';
import { type Refusal, refuse } from '#src/protocol/refusal.ts';

/** COR-2: why this service may not answer the newest correction of a partner's record, or the correction of this id; null: it may. */
export async function problemOfOpenCorrection(tx: Tx, record: RecordId, self: ServiceId): Promise<Refusal | null> {
  const newest = await tx
    .selectFrom('correction')
    .select('record_id')
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom('correction as later')
          .select('later.record_id')
          .whereRef('later.about_record', '=', 'correction.about_record')
          .whereRef('later.about_revision', '>', 'correction.about_revision'),
      )
        .$castTo<boolean>()
        .as('superseded'),
    )
    .where(({ or, eb }) => or([eb('record_id', '=', record), eb('about_record', '=', record)]))
    .where('origin', '<>', self)
    .orderBy('about_revision', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (newest === undefined) return refuse('already-decided');
  if (newest.superseded) return refuse('revision-superseded');
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
  return mayAnswer(isCorrectionAnswer(last?.value) ? last.value : null) ? null : refuse('already-decided');
}
