import { kindOf } from '#src/kinds/index.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import { isAbove } from '#src/protocol/record/held.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import type { HeadRow } from '../node-disk.ts';
import type { Watch, Watched } from './watch.ts';

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
    const revives = after.state === 'active' && before !== undefined && this.#isTakenBack(by, before.hash);
    if (isOlder || revives || (before?.state === 'equivocal' && !isEvidence)) {
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
    this.#saysNothing(node, record);
    this.#namesWhatIsHeld(node, record);
    this.#decidesOnItsOwn(node, record);
    this.#saysNothingElse(node, record);
    this.#answersWhatItGot(node, record);
  }

  /** REL-3. */
  #answersWhatItGot(node: Watched, { id, kind, origin, links, status }: VerifiedRecord): void {
    if (kind !== 'disposition' || status !== 'active') return;
    for (const { record } of links.filter((link) => link.origin === node.service)) {
      const isHolder = [...node.disk.holders.group(record)].some(({ holder }) => holder === origin);
      if (!isHolder) this.#watch.fail('nobody answers what he was not given', `${node.name}: ${id} to ${record}`);
    }
  }

  /** REC-6. */
  #saysNothingElse(node: Watched, { id, kind, status, portions, cites, grading, title }: VerifiedRecord): void {
    const nothingElse = kindOf(kind)?.nothingElse;
    if (nothingElse === undefined || status !== 'active') return;
    const isTitled = typeof nothingElse.titles === 'string' || nothingElse.titles.includes(title ?? '');
    const isMore = portions.length + cites.length > 0 || grading !== undefined || !isTitled;
    if (isMore) this.#watch.fail('what permits or corrects says nothing else', `${node.name}: ${id}, ${kind}`);
  }

  /** REC-1. */
  #decidesOnItsOwn(node: Watched, { id, kind, origin, links }: VerifiedRecord): void {
    if (kind !== 'permission' && kind !== 'correction') return;
    for (const { record } of links.filter(({ type }) => type === 'about')) {
      const owner = node.disk.heads.get(record)?.origin;
      if (owner !== undefined && owner !== origin) {
        this.#watch.fail('nobody decides on another’s record', `${node.name}: ${id} about ${record}`);
      }
    }
  }

  #isTakenBack(by: ServiceId, hash: string): boolean {
    const status = this.#watch.node(by)?.disk.records.get(hash)?.status;
    return status !== undefined && status !== 'active';
  }

  /** COR-1, MRK-1. */
  #saysNothing(node: Watched, { id, hash, status, portions, body, cites, marking }: VerifiedRecord): void {
    if (status === 'active') return;
    const says = portions.length + cites.length + Object.keys(body).length > 0;
    const hides = node.disk.revisionsOf(id).some((held) => held.hash !== hash && isAbove(marking, held.marking));
    if (says || hides) this.#watch.fail('what takes back says and hides nothing', `${node.name}: ${id} is ${status}`);
  }

  /** COR-1. */
  #namesWhatIsHeld(node: Watched, { kind, links }: VerifiedRecord): void {
    if (kind !== 'correction') return;
    for (const { record, revision, hash } of links) {
      const isOther = node.disk
        .revisionsOf(record)
        .some((held) => (held.revision === revision) !== (held.hash === hash) && !isDoubted(node, record));
      if (isOther) this.#watch.fail('no correction contradicts what is held', `${node.name}: ${record}`);
    }
  }
}

/** Of what contradicted itself already, nothing is said. */
function isDoubted(node: Watched, record: string): boolean {
  return node.disk.heads.get(record)?.state === 'equivocal';
}
