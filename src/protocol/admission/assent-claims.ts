import { isRecordId, isRevision } from '../record/claims.ts';
import type { RecordReference, VerifiedRecord } from '../record/record.ts';
import { isClosed, isDigest, isOneOf } from '../record/shape.ts';
import { type Refusal, refuse } from '../refusal.ts';

export const assentDecisions = ['assent', 'end'] as const;

export interface AssentClaims {
  readonly decision: (typeof assentDecisions)[number];
  /** The one revision that is assented to; with `end`, the one that was in force. */
  readonly agreement: RecordReference;
  readonly reason?: string;
}

/** REC-5: what a party says to an agreement. The link `about` and the body must name the same revision by its hash. */
export function assentClaims(record: Pick<VerifiedRecord, 'body' | 'links'>): AssentClaims | Refusal {
  const { decision, agreement, reason } = record.body;
  if (!isOneOf(decision, assentDecisions)) return refuse('record-body-invalid', { at: '/decision' });
  if (!isClosed(agreement, ['hash', 'origin', 'record', 'revision'])) {
    return refuse('record-body-invalid', { at: '/agreement' });
  }
  const { origin, record: id, revision, hash } = agreement;
  if (!isDigest(origin) || !isRecordId(id) || !isRevision(revision) || !isDigest(hash)) {
    return refuse('record-body-invalid', { at: '/agreement' });
  }
  const named = record.links.filter((link) => link.type === 'about');
  const isLinked =
    named.length === 1 &&
    named.every(
      (link) => link.hash === hash && link.record === id && link.origin === origin && link.revision === revision,
    );
  if (!isLinked) return refuse('assent-hash-mismatch', { at: '/links' });
  const said = typeof reason === 'string' ? { reason } : {};
  return { decision, agreement: { origin, record: id, revision, hash }, ...said };
}
