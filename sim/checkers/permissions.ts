import type { ServiceId } from '#src/protocol/primitives.ts';
import type { RecordDraft, VerifiedRecord } from '#src/protocol/record/record.ts';
import type { Watch } from './watch.ts';

interface Granted {
  readonly grantee: unknown;
  readonly digests: ReadonlySet<string>;
}

/** REL-3, PRM-1: nobody gets from a relay what its origin never permitted, nor more of it, by the origin's own words. */
export class Permissions {
  readonly #watch: Watch;
  /** Revision and who may be given it → what was ever granted: a relay that has not heard of a revocation may still give. */
  readonly #granted = new Map<string, Granted[]>();
  /** Revision and holder → through how many relays it came. */
  readonly #relays = new Map<string, number>();

  constructor(watch: Watch) {
    this.#watch = watch;
  }

  written({ kind, body }: RecordDraft): void {
    if (kind !== 'permission' || body.decision !== 'granted') return;
    const key = `${body.hash} ${body.onwardTo}`;
    const granted = { grantee: body.grantee, digests: new Set(body.digests as string[]) };
    this.#granted.set(key, [...(this.#granted.get(key) ?? []), granted]);
  }

  /** Whether its origin ever named this receiver, this revision and each of these disclosures. */
  covers(by: ServiceId, record: VerifiedRecord): boolean {
    const granted = this.#granted.get(`${record.hash} ${by}`) ?? [];
    return granted.some(({ digests }) => record.disclosures.every(({ digest }) => digests.has(digest)));
  }

  kept(by: ServiceId, from: ServiceId, record: VerifiedRecord): void {
    if (from === record.origin || !this.#watch.isHonest(by, record.origin)) return;
    // these say what holders must learn, and carry no information; a withdrawal only restricts
    if (['permission', 'correction', 'correction-answer'].includes(record.kind) || record.status !== 'active') return;
    const relays = 1 + (this.#relays.get(`${record.hash} ${from}`) ?? 0);
    this.#relays.set(`${record.hash} ${by}`, relays);
    const { counts } = this.#watch;
    counts.onward++;
    counts.relaysMax = Math.max(counts.relaysMax, relays);
    const granted = (this.#granted.get(`${record.hash} ${by}`) ?? []).filter(({ grantee }) => grantee === from);
    const way = `${this.#watch.way(from, by)} record ${record.id}`;
    if (granted.length === 0) this.#watch.fail('no node holds what no permission allows', way);
    else if (!granted.some(({ digests }) => record.disclosures.every(({ digest }) => digests.has(digest)))) {
      this.#watch.fail('no reduced copy was widened', way);
    }
  }
}
