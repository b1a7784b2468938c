import { kindOf } from '#src/kinds/index.ts';
import type { JournalEntry, StoreUnit } from '#src/ports/store.ts';
import { problemOfForm } from '#src/protocol/admission/admit-record.ts';
import type { UnixMs } from '#src/protocol/primitives.ts';
import { entropyNeeded, issueRecord, prepareRecord } from '#src/protocol/record/issue.ts';
import type { RecordDraft, VerifiedRecord } from '#src/protocol/record/record.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { Signing } from './deps.ts';
import { mustNotBeRecovering } from './node-recovering.ts';
import { signNamed } from './sign-named.ts';

/** Signs a draft as this service. Returns the refusal of a draft that its kind or the record's form does not allow. */
export async function issue(draft: RecordDraft, by: Signing): Promise<VerifiedRecord | Refusal> {
  const kind = kindOf(draft.kind);
  if (!kind) return refuse('record-kind-unknown', { at: '/kind' });
  const problem = problemOfForm(draft, kind);
  if (problem !== null) return problem;
  const entropy = by.randomBytes(entropyNeeded(draft));
  const prepared = prepareRecord(draft, by.keyring.identity.signingKey.id, entropy, by.primitives);
  if (isRefusal(prepared)) return prepared;
  return issueRecord(prepared, await signNamed(by.keyring, prepared.signingInput), by.primitives);
}

/**
 * Keeps a record of our own: its rows, its place as the current revision, its desks, its line in the journal. Throws
 * `NodeRecovering` while this node may lack records of its own (EXC-4); the unit then leaves nothing.
 */
export async function keepOwn(
  unit: StoreUnit,
  record: VerifiedRecord,
  kept: { officer: string | null; desks: readonly string[]; at: UnixMs; act?: string },
): Promise<void> {
  await mustNotBeRecovering(unit);
  await unit.putRecord(record, null, kept.at);
  await unit.setHead(
    {
      record: record.id,
      origin: record.origin,
      kind: record.kind,
      hash: record.hash,
      revision: record.revision,
      // COR-3: what its origin takes back is quarantined here too.
      state: record.status === 'active' ? 'active' : 'quarantined',
    },
    kept.at,
  );
  for (const desk of new Set(kept.desks)) await unit.putOnDesk(record.id, desk, kept.officer, kept.at);
  await unit.appendJournal(journalLine(kept.officer, kept.act ?? 'record.issued', record, kept.at));
}

/** A journal line on a record by an officer, or by the node itself where there is none. */
export function journalLine(
  officer: string | null,
  act: string,
  record: { readonly id: string; readonly hash: string },
  at: UnixMs,
  more: { service?: string; reason?: string } = {},
): JournalEntry {
  return {
    at,
    actorKind: officer === null ? 'node' : 'officer',
    actor: officer,
    act,
    record: record.id,
    hash: record.hash,
    service: more.service ?? null,
    reason: more.reason ?? null,
  };
}
