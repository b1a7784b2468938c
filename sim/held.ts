/** What a node holds of a record, as the core asks for it. */
import type { HeldTarget } from '#src/protocol/admission/admit-record.ts';
import type { RecordId } from '#src/protocol/primitives.ts';
import { type HeldRevision, heldOf } from '#src/protocol/record/held.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import type { SimNode } from './node.ts';

/** Its revisions, whole or bare. */
export function heldRevisions({ disk }: SimNode, id: RecordId): HeldRevision[] {
  const whole = disk.revisionsOf(id).map(heldOf);
  const hashes = new Set(whole.map(({ hash }) => hash));
  const bare = [...disk.skipped.group(id)].filter(({ hash }) => !hashes.has(hash));
  return [...whole, ...bare.map(({ revision, hash, status }) => ({ revision, hash, status, label: null }))];
}

/** REC-4: which of its revisions corrections have named, held here or not. */
export function namedRevisions({ disk }: SimNode, id: RecordId): { revision: number; hash: string }[] {
  return [...disk.corrections.group(id)].map(({ revision, about }) => ({ revision, hash: about }));
}

/** Which of the records that it links or cites are held here. */
export function targetsOf(node: SimNode, { links, cites }: VerifiedRecord): Map<RecordId, HeldTarget> {
  const targets = new Map<RecordId, HeldTarget>();
  for (const { record } of [...links, ...cites]) {
    const head = node.disk.heads.get(record);
    if (head === undefined) continue;
    const { origin, kind, state } = head;
    targets.set(record, { origin, kind, state, revisions: heldRevisions(node, record) });
  }
  return targets;
}
