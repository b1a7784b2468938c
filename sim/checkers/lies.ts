import type { ServiceId } from '#src/protocol/primitives.ts';
import type { Watch } from './watch.ts';

/** EXC-1, EXC-4: every lie has codes with which an honest node may answer it; a receipt is seldom one of them. */
export class Lies {
  readonly #watch: Watch;

  constructor(watch: Watch) {
    this.#watch = watch;
  }

  answered(lie: string, by: ServiceId, allowed: readonly string[], answer: string): void {
    this.#watch.counts.lies++;
    if (!allowed.includes(answer)) {
      const what = `${this.#watch.name(by)} answered "${lie}" with ${answer}, not ${allowed.join(' or ')}`;
      this.#watch.fail('lies are refused', what);
    }
  }
}
