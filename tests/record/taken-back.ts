import { titlesOfTakenBack } from '#src/protocol/correction/taken-back.ts';
import type { RecordDraft, VerifiedRecord } from '#src/protocol/record/record.ts';

/** The next revision of a record, which takes it back: what an honest origin writes, but for `change`. */
export function takenBackOf(
  before: VerifiedRecord,
  status: 'withdrawn' | 'erased',
  change: Partial<RecordDraft> = {},
): RecordDraft {
  const { id, kind, revision, hash, origin, language, createdAt, purpose, legalBasis, reviewBy, links, marking } =
    before;
  return {
    ...{ id, kind, origin, language, createdAt, purpose, legalBasis, reviewBy, links },
    marking: status === 'erased' ? { ...marking, handling: [] } : marking,
    revision: revision + 1,
    previous: hash,
    status,
    title: titlesOfTakenBack[status][language],
    desk: 'analysis',
    portions: [],
    body: {},
    cites: [],
    ...change,
  };
}
