import type { ServiceId } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import type { HeadRow } from '../node-disk.ts';
import type { Watch } from './watch.ts';

/** REC-4: revisions only go forward, and one that says two things is believed in neither. */
export class Revisions {
  readonly #watch: Watch;

  constructor(watch: Watch) {
    this.#watch = watch;
  }

  headMoved(by: ServiceId, record: string, before: HeadRow | undefined, after: HeadRow): void {
    if (!this.#watch.isHonest(by)) return;
    const isOlder = before !== undefined && after.revision < before.revision;
    const isEvidence = after.state === 'equivocal';
    if (isOlder || (before?.state === 'equivocal' && !isEvidence)) {
      const what = `${this.#watch.name(by)}: ${record} went from ${before?.revision} ${before?.state} to ${after.revision}`;
      this.#watch.fail('nothing withdrawn is revived', what);
    }
    if (isEvidence && this.#watch.isHonest(after.origin)) {
      const what = `${this.#watch.name(after.origin)} contradicts itself in ${record}`;
      this.#watch.fail('one content per revision', what);
    }
  }

  kept(by: ServiceId, record: VerifiedRecord): void {
    const node = this.#watch.node(by);
    if (node === undefined || node.lies || node.disk.heads.get(record.id)?.state === 'equivocal') return;
    for (const { revision, hash } of node.disk.revisionsOf(record.id)) {
      if (revision !== record.revision || hash === record.hash) continue;
      this.#watch.fail('one content per revision', `${node.name}: ${record.id} has two of revision ${revision}`);
    }
  }
}
