import type { StoreUnit } from '#src/ports/store.ts';
import type { RecordHash } from '#src/protocol/primitives.ts';
import { type HeldRevision, heldOf } from '#src/protocol/record/held.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import type { MemoryState } from './state.ts';

type RecordWords =
  | 'foresee'
  | 'putRecord'
  | 'head'
  | 'setHead'
  | 'revisions'
  | 'sdJwt'
  | 'putOnDesk'
  | 'desks'
  | 'appendJournal';

export function recordWords(state: MemoryState): Pick<StoreUnit, RecordWords> {
  return {
    // All of it is in memory already
    async foresee() {},

    async putRecord(record, from) {
      const held = state.records.get(record.hash);
      if (!held && from !== null) state.sources.set(record.hash, from);
      state.records.set(record.hash, held ? union(held, record) : record);
    },
    async head(record) {
      return state.heads.get(record) ?? null;
    },
    async setHead(head) {
      state.heads.set(head.record, head);
    },
    async revisions(record) {
      const held = new Map<RecordHash, HeldRevision>();
      for (const { id, revision, hash, status } of state.skipped.values()) {
        if (id === record) held.set(hash, { revision, hash, status, label: null });
      }
      for (const whole of state.records.values()) if (whole.id === record) held.set(whole.hash, heldOf(whole));
      return [...held.values()].sort((one, other) => one.revision - other.revision || (one.hash < other.hash ? -1 : 1));
    },
    async sdJwt(hash) {
      const record = state.records.get(hash);
      return record ? serialiseRecord(record) : null;
    },
    async putOnDesk(record, desk) {
      const desks = state.desks.get(record) ?? [];
      if (!desks.includes(desk)) state.desks.set(record, [...desks, desk].sort());
    },
    async desks(record) {
      return [...(state.desks.get(record) ?? [])];
    },
    async appendJournal(entry) {
      state.journal.set(state.journal.size + 1, entry);
    },
  };
}

/** Both copies are of one signed revision: whatever either discloses is true of it. */
function union(held: VerifiedRecord, more: VerifiedRecord): VerifiedRecord {
  const digests = new Set(held.disclosures.map(({ digest }) => digest));
  const added = more.disclosures.filter(({ digest }) => !digests.has(digest));
  if (added.length === 0) return held;
  const [wider, other] = more.disclosures.length > held.disclosures.length ? [more, held] : [held, more];
  const show = (copy: VerifiedRecord) => copy.disclosures.some(({ path }) => path === 'releasableTo');
  return {
    ...wider,
    marking: show(wider) || !show(other) ? wider.marking : other.marking,
    disclosures: [...held.disclosures, ...added],
  };
}
