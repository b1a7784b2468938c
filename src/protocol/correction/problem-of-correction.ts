import { contradicts, type HeldTarget } from '../admission/admit-record.ts';
import type { HeldRevision } from '../record/held.ts';
import type { VerifiedRecord } from '../record/record.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { correctionClaims } from './claims.ts';
import { statusAfter } from './next-revision.ts';
import { problemOfSuccession } from './taken-back.ts';

/**
 * Why a correction is not taken, although its form and its way are right; null: it is. Refusals: `link-target-unknown` of
 * what is not held, `correction-mismatch` of what is held otherwise, `record-withdrawn` of what can no longer become of it.
 *
 * @param target the record that it is about, where it is held.
 * @param named what corrections have named of that record before.
 */
export function problemOfCorrection(
  record: Pick<VerifiedRecord, 'origin' | 'body' | 'links'>,
  target: HeldTarget | null,
  named: readonly Pick<HeldRevision, 'revision' | 'hash'>[],
): Refusal | null {
  const claims = correctionClaims(record);
  if (isRefusal(claims)) return claims;
  // COR-1: what is not held cannot be corrected here.
  if (target === null || target.origin !== record.origin) return refuse('link-target-unknown', { at: '/links' });
  const { about, supersedes, change } = claims;
  const known = [...target.revisions, ...named];
  if (contradicts(about, known) || contradicts(supersedes, known))
    return refuse('correction-mismatch', { at: '/links' });
  const status = statusAfter[change];
  const held = target.revisions.find(({ hash }) => hash === about.hash);
  if (held !== undefined && held.status !== status) return refuse('correction-mismatch', { at: '/change' });
  return problemOfSuccession({ revision: about.revision, status }, target.revisions);
}
