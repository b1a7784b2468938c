import type { Tx } from '#src/ports/database.ts';
import type { Json, RecordId } from '#src/protocol/primitives.ts';
import type { Briefs } from '../../service-briefs.ts';
import { titlesAbout } from '../../titles-about.ts';
import type { RecordBrief } from '../contract.ts';

/** The current revisions of these records, as far as the reader sees them; the others are absent. */
export async function recordBriefs(
  tx: Tx,
  records: readonly RecordId[],
  briefs: Briefs,
): Promise<ReadonlyMap<RecordId, RecordBrief>> {
  if (records.length === 0) return new Map();
  const rows = await tx
    .selectFrom('record_head as head')
    .innerJoin('record_revision as revision', 'revision.hash', 'head.hash')
    .leftJoin('disclosure as title', (join) =>
      join.onRef('title.hash', '=', 'head.hash').on('title.path', '=', 'title'),
    )
    .leftJoin('disclosure as said', (join) =>
      join.onRef('said.hash', '=', 'head.hash').on('said.path', 'in', ['body/decision', 'body/results']),
    )
    .select(['head.record_id as record', 'head.kind', 'head.revision', 'head.origin', 'head.hash'])
    .select(['revision.language', 'revision.created_at', 'title.value as title', 'said.value as said'])
    .where('head.record_id', 'in', records)
    .execute();
  const about = await titlesAbout(
    tx,
    rows.map(({ hash }) => hash),
  );
  return new Map(
    rows.map(({ created_at, hash, origin, title, said, ...row }) => [
      row.record,
      {
        ...row,
        title: typeof title === 'string' ? title : '',
        about: about.get(hash) ?? null,
        origin: briefs(origin),
        createdAt: created_at.toISOString(),
        says: telling(said),
      },
    ]),
  );
}

/** A decision, or the first of an outcome's results. */
function telling(said: Json | null): string | null {
  if (typeof said === 'string') return said;
  const first: unknown = Array.isArray(said) ? said[0]?.result : null;
  return typeof first === 'string' ? first : null;
}
