import { hash } from 'node:crypto';
import type { Message } from '#src/protocol/exchange/message.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import type { Watch } from './watch.ts';

export interface Place {
  readonly epoch: number;
  readonly sequence: number;
  readonly index: number;
}

/** EXC-2: every message takes effect once, in the order in which its sender formed them, and none but those. */
export class ExactlyOnce {
  readonly #watch: Watch;
  /** Direction → place → what its sender committed to a batch there. */
  readonly #formed = new Map<string, Map<string, string>>();

  constructor(watch: Watch) {
    this.#watch = watch;
  }

  formed(from: ServiceId, to: ServiceId, batch: Omit<Place, 'index'>, messages: readonly Message[]): void {
    this.#watch.counts.batches++;
    this.#watch.counts.messages += messages.length;
    if (!this.#watch.isHonest(from, to)) return;
    const places = this.#formed.get(`${from} ${to}`) ?? new Map<string, string>();
    this.#formed.set(`${from} ${to}`, places);
    for (const [index, message] of messages.entries()) places.set(placeText({ ...batch, index }), digest(message));
  }

  /** Called within the unit of the delivery: what is seen here stands on the receiver's disk and falls with it. */
  delivered(by: ServiceId, from: ServiceId, place: Place, message: Message): void {
    const disk = this.#watch.node(by)?.disk;
    if (disk === undefined || !this.#watch.isHonest(by, from)) return;
    const before = disk.observed.get(`taken ${from}`);
    const written = this.#formed.get(`${from} ${by}`)?.get(placeText(place));
    const how =
      written !== digest(message)
        ? 'was never sent'
        : before !== undefined && !follows(place, JSON.parse(before) as Place)
          ? `took effect after ${before}`
          : null;
    if (how !== null) {
      this.#watch.fail('exactly once, in order', `${this.#watch.way(from, by)} ${placeText(place)} ${how}`);
    }
    disk.observed.set(`taken ${from}`, JSON.stringify(place));
  }
}

/** The next message of the batch, or the first of the next batch, or the first of a later epoch. */
function follows(place: Place, before: Place): boolean {
  if (place.epoch !== before.epoch) return place.epoch > before.epoch && place.sequence === 1 && place.index === 0;
  if (place.sequence !== before.sequence) return place.sequence === before.sequence + 1 && place.index === 0;
  return place.index === before.index + 1;
}

export function placeText({ epoch, sequence, index }: Place): string {
  return `${epoch}/${sequence}/${index}`;
}

/** Members of a message stand in one order wherever it comes from: it was read from canonical JSON, or becomes it. */
function digest(message: Message): string {
  const members = Object.entries(message).sort(([one], [other]) => (one < other ? -1 : 1));
  return hash('sha256', JSON.stringify(members), 'base64url');
}
