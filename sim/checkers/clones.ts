import type { ServiceId } from '#src/protocol/primitives.ts';
import type { Watch } from './watch.ts';

/** EXC-4: a node that runs twice is noticed by its partners, or notices itself, as soon as both have spoken. */
export class Clones {
  readonly #watch: Watch;
  readonly #unnoticed = new Set<ServiceId>();

  constructor(watch: Watch) {
    this.#watch = watch;
  }

  cloned(service: ServiceId): void {
    this.#watch.counts.clones++;
    this.#unnoticed.add(service);
  }

  linkStopped(by: ServiceId, peer: ServiceId): void {
    this.#unnoticed.delete(by);
    this.#unnoticed.delete(peer);
  }

  /** After both have spoken to all of their partners. */
  atTheEnd(): void {
    for (const service of this.#unnoticed) {
      this.#watch.fail('a clone is noticed', `${this.#watch.name(service)} runs twice and no link stopped`);
    }
  }
}
