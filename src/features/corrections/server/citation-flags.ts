import type { Tx } from '#src/ports/database.ts';
import type { RecordId } from '#src/protocol/primitives.ts';
import { flagsOf } from '../../citation-flags.ts';
import { serviceBriefs } from '../../service-briefs.ts';
import type { CitationFlag } from '../contract.ts';

/** COR-3: the flags on a record in the words of the screen. */
export async function citationFlags(tx: Tx, record: RecordId): Promise<CitationFlag[]> {
  const briefs = await serviceBriefs(tx);
  return (await flagsOf(tx, record)).map((flag) => ({
    cited: flag.cited_record,
    citedOrigin: briefs(flag.cited_origin),
    change: flag.change,
    since: flag.since.toISOString(),
    review:
      flag.decision === null || flag.reviewed_at === null
        ? null
        : {
            decision: flag.decision,
            reason: flag.reason ?? '',
            officer: flag.display_name ?? '',
            at: flag.reviewed_at.toISOString(),
          },
  }));
}
