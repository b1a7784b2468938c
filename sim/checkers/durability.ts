import type { ServiceId } from '#src/protocol/primitives.ts';
import type { RefusalCode } from '#src/protocol/refusal.ts';
import type { Watch } from './watch.ts';

/** EXC-3 and EXC-4: what is acknowledged stays, what is let go has arrived, and honest links go on. */
export class Durability {
  readonly #watch: Watch;

  constructor(watch: Watch) {
    this.#watch = watch;
  }

  /** A receipt leaves a node only for what its disk would still know after a power cut. */
  receiptLeaves(by: ServiceId, to: ServiceId, epoch: number, through: number): void {
    const node = this.#watch.node(by);
    if (node === undefined || node.lies || through === 0) return;
    // cumulative: the batches before were durable when this one was taken, and rows of taken batches never go
    if (node.disk.batchesIn.durable(`${to} ${epoch} ${through}`) === undefined) {
      this.#watch.fail('receipts only for durable batches', `${this.#watch.way(to, by)} batch ${through}: not on disk`);
    }
    if (through > 1 && node.disk.batchesIn.durable(`${to} ${epoch} ${through - 1}`) === undefined) {
      this.#watch.fail('receipts only for durable batches', `${this.#watch.way(to, by)} batch ${through - 1}: a gap`);
    }
  }

  /** A batch leaves the outbox only when the peer has that very batch. */
  receipted(by: ServiceId, peer: ServiceId, epoch: number, through: number, hash: string | undefined): void {
    if (!this.#watch.isHonest(by, peer)) return;
    const known = this.#watch.node(peer)?.disk.batchesIn.durable(`${by} ${epoch} ${through}`);
    // what it had and lost since by a restore is noticed and sent again: `nothing accepted is lost` sees to that
    if (known === undefined && this.#watch.wasRestored(peer)) return;
    if (known === undefined || known !== hash) {
      const what = `${this.#watch.way(by, peer)} batch ${through} was let go, not received`;
      this.#watch.fail('outbox kept until received', what);
    }
  }

  linkStopped(by: ServiceId, peer: ServiceId, code: RefusalCode): void {
    if (this.#watch.isHonest(by, peer)) {
      this.#watch.fail('no link stops without a lie', `${this.#watch.way(by, peer)}: ${code}`);
    }
  }
}
