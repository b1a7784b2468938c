import type { ServiceId } from '#src/protocol/primitives.ts';
import type { Watch } from './watch.ts';

/** EXC-5: no node is an open relay: it carries letters only between those who hold through it, by its own disk's facts. */
export class Letters {
  readonly #watch: Watch;

  constructor(watch: Watch) {
    this.#watch = watch;
  }

  carried(by: ServiceId, from: ServiceId, to: ServiceId): void {
    const node = this.#watch.node(by);
    if (node === undefined || node.lies) return;
    const gave = (one: ServiceId, other: ServiceId) =>
      [...node.disk.given.group(one)].some(({ origin, from: source }) => origin === other || source === other);
    if (gave(from, to) || gave(to, from)) return;
    this.#watch.fail('no open relay', `${node.name} carries from ${this.#watch.way(from, to)}`);
  }
}
