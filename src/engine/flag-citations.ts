/** COR-3: what cites a record that was changed since is flagged, until somebody has looked at it. */
import type { StoreUnit } from '#src/ports/store.ts';
import { isConcerned } from '#src/protocol/correction/board.ts';
import type { CorrectionChange } from '#src/protocol/correction/words.ts';
import type { UnixMs } from '#src/protocol/primitives.ts';
import type { RecordReference, VerifiedRecord } from '#src/protocol/record/record.ts';

/** `to`: the revision that took the place of those cited. Twice changes nothing. */
export async function flagCitations(
  unit: StoreUnit,
  to: RecordReference,
  change: CorrectionChange,
  at: UnixMs,
): Promise<void> {
  for (const citing of await unit.citing(to.record)) {
    if (!isConcerned(citing, to)) continue;
    const { origin: citedOrigin, record: cited, hash: citedHash, revision: citedRevision } = to;
    await unit.putCitationFlag({ citing: citing.record, cited, citedOrigin, citedHash, citedRevision, change }, at);
  }
}

/** A record that arrives, or is issued, and draws on what was corrected before: flagged at once. */
export async function flagWhatItCites(unit: StoreUnit, record: VerifiedRecord, at: UnixMs): Promise<void> {
  const drawnOn = [...record.cites, ...record.links.filter(({ type }) => type === 'derived-from')];
  for (const cited of new Set(drawnOn.map((reference) => reference.record))) {
    const [newest] = await unit.correctionsAbout(cited);
    if (newest === undefined) continue;
    await flagCitations(unit, { origin: newest.origin, ...newest.about }, newest.change, at);
  }
}
