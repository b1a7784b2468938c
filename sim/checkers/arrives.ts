import type { ServiceId } from '#src/protocol/primitives.ts';
import type { RefusalCode } from '#src/protocol/refusal.ts';
import { type Place, placeText } from './exactly-once.ts';
import type { Watch } from './watch.ts';

/**
 * EXC-3, ADM-1: when the network has healed and all is quiet, nothing is left over. Who owes what stands on the disks
 * of those who owe it, so that a disk restored from a backup owes what it owed then.
 */
export class Arrives {
  readonly #watch: Watch;

  constructor(watch: Watch) {
    this.#watch = watch;
  }

  /** Within the unit that refuses: the sender must learn it. */
  refused(by: ServiceId, from: ServiceId, place: Place, code: RefusalCode): void {
    this.#watch.node(by)?.disk.refusedHere.set(`${from} ${placeText(place)}`, code);
  }

  atTheEnd(isQuiet: boolean): void {
    if (!isQuiet) this.#watch.fail('nothing accepted is lost', `not quiet: ${this.#restless()}`);
    for (const { service, disk } of this.#watch.honest) {
      for (const { id, hash, recipient, state } of disk.releases.values()) {
        if (!this.#watch.isHonest(recipient)) continue;
        const way = `${this.#watch.way(service, recipient)} release ${id}`;
        if (state !== 'delivered' && state !== 'refused')
          this.#watch.fail('nothing accepted is lost', `${way} ${state}`);
        if (state === 'delivered' && !this.#arrived(recipient, hash)) {
          this.#watch.fail('nothing accepted is lost', `${way} is not there`);
        }
      }
      this.#refusalsCame(service, disk.refusedHere.entries());
    }
  }

  /** Kept, or held until its predecessor comes. */
  #arrived(recipient: ServiceId, hash: string): boolean {
    const disk = this.#watch.node(recipient)?.disk;
    if (disk === undefined) return false;
    return disk.records.get(hash) !== undefined || [...disk.held.values()].some((held) => held.hash === hash);
  }

  #refusalsCame(by: ServiceId, refusals: Iterable<readonly [string, RefusalCode]>): void {
    for (const [key, code] of refusals) {
      const [from, place] = key.split(' ') as [string, string];
      if (!this.#watch.isHonest(from)) continue;
      const disk = this.#watch.node(from)?.disk;
      const row = disk?.outbox.get(disk.sentAt.get(`${by} ${place}`) ?? '');
      // a sender that was restored since does not know any more that it sent this
      if (row === undefined && this.#watch.wasRestored(from)) continue;
      // what is no release has no board on which its refusal could stand
      if (row !== undefined && !('release' in row.content)) continue;
      const release =
        row !== undefined && 'release' in row.content ? disk?.releases.get(row.content.release) : undefined;
      // decided on again meanwhile, its sender may have refused it itself
      const isOwn = release?.state === 'refused' && release.refusedBy === from;
      if (!isOwn && (release?.code !== code || release.refusedBy !== by)) {
        this.#watch.fail('refusals reach the sender', `${this.#watch.way(from, by)} ${place} ${code}`);
      }
    }
  }

  #restless(): string {
    const left: string[] = [];
    for (const { service, disk } of this.#watch.honest) {
      for (const [peer, text] of disk.links.entries()) {
        const waiting = disk.waiting(peer).length;
        const { out } = JSON.parse(text) as { out: { unreceipted: unknown[] } };
        if (waiting + out.unreceipted.length > 0 && this.#watch.isHonest(peer)) {
          left.push(`${this.#watch.way(service, peer)}: ${waiting} waiting, ${out.unreceipted.length} unreceipted`);
        }
      }
    }
    return left.slice(0, 5).join('; ');
  }
}
