import type { ServiceId } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import type { NodeDisk } from '../node-disk.ts';
import type { Watch, Watched } from './watch.ts';

/** REL-3, COR-1: at the end each origin knows every holder, and every holder knows of its last word. */
export class Holders {
  readonly #watch: Watch;

  constructor(watch: Watch) {
    this.#watch = watch;
  }

  atTheEnd(): void {
    for (const { service, disk } of this.#watch.honest) {
      for (const record of disk.records.values()) {
        const isInformation = record.status === 'active' && (record.kind === 'report' || record.kind === 'disposition');
        if (record.origin === service || !isInformation || !this.#isHonestWay(disk, service, record)) continue;
        const origin = this.#watch.node(record.origin);
        if (origin === undefined) continue;
        this.#isInTheTree(origin, service, record);
        this.#knowsTheLastWord(origin, service, disk, record);
      }
    }
  }

  #isInTheTree(origin: Watched, holder: ServiceId, { hash, id }: VerifiedRecord): void {
    if (origin.disk.holders.get(`${hash} ${holder}`) !== undefined) return;
    const what = `${origin.name} does not know that ${this.#watch.name(holder)} holds ${id}`;
    this.#watch.fail('the tree of holders is whole', what);
  }

  /** The newest revision, or the correction that tells of it; else it goes on using what was taken back. */
  #knowsTheLastWord(origin: Watched, holder: ServiceId, disk: NodeDisk, { id }: VerifiedRecord): void {
    const newest = origin.disk.heads.get(id);
    const head = disk.heads.get(id);
    if (newest === undefined || head === undefined || newest.state === 'equivocal' || head.state === 'equivocal')
      return;
    if (newest.revision === 1 || head.revision >= newest.revision) return;
    // what came back after a restore came without its list of who may have it (REC-2.6), so it goes to nobody again until
    // an officer writes its next revision
    const isWhole = origin.disk.records.get(newest.hash)?.disclosures.some(({ path }) => path === 'releasableTo');
    if (isWhole !== true && origin.restores > 0) return;
    const isTold = [...disk.corrections.group(id)].some(({ about }) => about === newest.hash);
    if (isTold) return;
    const what = `${this.#watch.name(holder)} has revision ${head.revision} of ${id}, ${origin.name} is at ${newest.revision}`;
    this.#watch.fail('every correction reaches every holder', what);
  }

  /** From the holder back to the origin, all are honest and have not lost by a restore what they passed on. */
  #isHonestWay(disk: NodeDisk, holder: ServiceId, { hash, origin }: VerifiedRecord): boolean {
    let [at, by] = [disk, holder];
    for (let relays = 0; relays < 50; relays++) {
      const from = at.observed.get(`from ${hash}`);
      if (from === undefined || !this.#watch.isHonest(from)) return false;
      if (from === origin) return true;
      const next = this.#watch.node(from);
      if (next === undefined || next.disk.records.get(hash) === undefined || from === by) return false;
      [at, by] = [next.disk, from];
    }
    return false;
  }
}
