import type { StoreUnit } from '#src/ports/store.ts';
import { correctionClaims } from '#src/protocol/correction/claims.ts';
import type { RecordHash, RecordId, UnixMs } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { journalLine } from './issue.ts';

/** What a signed correction says, as the board and the inbox ask for it. */
export async function enterCorrection(unit: StoreUnit, correction: VerifiedRecord): Promise<void> {
  const claims = correctionClaims(correction);
  if (isRefusal(claims)) throw new Error('a correction is read before it is kept');
  const { record, hash, revision } = claims.about;
  await unit.putCorrection({
    record: correction.id,
    hash: correction.hash,
    origin: correction.origin,
    change: claims.change,
    respondBy: claims.respondBy,
    about: { record, hash, revision },
    superseded: claims.supersedes.hash,
    issuedAt: correction.createdAt * 1_000,
  });
}

/** ACC-14: the content is gone from here; the signed revisions stay, and the line that says so. */
export async function eraseHere(unit: StoreUnit, record: RecordId, keep: RecordHash, at: UnixMs): Promise<void> {
  await unit.eraseContent(record, keep);
  await unit.appendJournal(journalLine(null, 'content.erased', { id: record, hash: keep }, at));
}
