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

/** REL-3: which of our own revisions that it names were given to its origin; of a correction, whose record was. */
export function givenAmong({ disk, service }: SimNode, { links, origin, kind }: VerifiedRecord): Set<string> {
  const isHolder = (id: RecordId, hash: string | null) =>
    [...disk.holders.group(id)].some((held) => held.holder === origin && (hash ?? held.hash) === held.hash);
  const given = links.filter((link) => {
    const corrected = kind === 'correction-answer' ? disk.corrections.get(link.record)?.record : undefined;
    return (
      link.origin === service &&
      (corrected === undefined ? isHolder(link.record, link.hash) : isHolder(corrected, null))
    );
  });
  return new Set(given.map(({ hash }) => hash));
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
