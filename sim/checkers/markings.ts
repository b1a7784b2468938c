import type { AgreementStanding } from '#src/protocol/admission/agreement-terms.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import type { RecordDraft, VerifiedRecord } from '#src/protocol/record/record.ts';
import type { Watch } from './watch.ts';

/** What `of` holds to be agreed with `other`; null where nothing is. */
export type Agreed = (of: ServiceId, other: ServiceId) => AgreementStanding | null;

/** REL-1, MRK-1: no node holds what its marking forbids, judged by the author's own words, not by what came. */
export class Markings {
  readonly #watch: Watch;
  readonly #agreed: Agreed;
  readonly #drafts = new Map<string, RecordDraft>();

  constructor(watch: Watch, agreed: Agreed) {
    this.#watch = watch;
    this.#agreed = agreed;
  }

  /** A record in the words of its author, before any protocol code touched it. */
  written(hash: string, draft: RecordDraft): void {
    this.#drafts.set(hash, draft);
  }

  kept(by: ServiceId, from: ServiceId, record: VerifiedRecord): void {
    const draft = this.#drafts.get(record.hash);
    if (!this.#watch.isHonest(by)) return;
    if (draft === undefined) {
      this.#watch.fail('only what was written', `${this.#watch.name(by)} keeps a record of nobody`);
      return;
    }
    // told to whoever holds what it is about, or permitted by name: `Permissions` judges that
    if (from !== record.origin || ['permission', 'correction', 'correction-answer'].includes(record.kind)) return;
    if (record.status !== 'active') return;
    // a liar sends what it likes: then the receiver's own door answers for what is inside
    const isLie = !this.#watch.isHonest(record.origin);
    const terms = isLie ? this.#agreed(by, record.origin) : this.#agreed(record.origin, by);
    const forbids = (marking: RecordDraft['marking']) =>
      terms === null ||
      terms.endedAt !== null ||
      marking.level > terms.ceiling ||
      marking.compartments.some((name) => !terms.compartments.includes(name)) ||
      (!isLie && marking.releasableTo !== 'any' && !marking.releasableTo.includes(by));
    const seen = record.portions.filter(({ index }) => {
      const portion = draft.portions[index];
      return portion === undefined || forbids(portion.marking);
    });
    const lists = isLie ? [] : record.disclosures.filter(({ path }) => path === 'releasableTo');
    if (forbids(draft.marking) || seen.length > 0 || lists.length > 0) {
      this.#watch.fail('no node holds what its marking forbids', `${this.#watch.way(from, by)} record ${record.id}`);
    }
    this.#watch.counts.withheld += draft.portions.length - record.portions.length;
  }
}
