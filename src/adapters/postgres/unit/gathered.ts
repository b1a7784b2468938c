import { setImmediate } from 'node:timers/promises';
import type { Tx } from '#src/ports/database.ts';
import type {
  Attempted,
  JournalEntry,
  RecordHead,
  StoredRelease,
  StoreUnit,
  VisibleDisclosure,
} from '#src/ports/store.ts';
import type { RecordHash, RecordId, UnixMs } from '#src/protocol/primitives.ts';
import { type HeldRevision, heldOf } from '#src/protocol/record/held.ts';
import type { Savepoints } from '../savepoint.ts';
import { waitedFor } from './holding.ts';
import { appendLines } from './journal.ts';
import type { KeptRecord } from './record-rows.ts';
import { byRevision, chainsOf, copiesOf, type OnDesk, putHeads, putOnDesks, putRecords } from './records.ts';
import {
  type ConfirmedHolder,
  confirmHolders,
  type DeliveredRelease,
  type PutHolder,
  putHolders,
  releasesDelivered,
  releasesOf,
  releasesSent,
  type SentRelease,
} from './releases.ts';
import { type As, visibleTo } from './visibility.ts';
import { type WaysSaid, waysAsFirstSaid } from './ways-said.ts';

/** Writes that nothing in their unit has asked about yet. */
class Pending {
  records = new Map<RecordHash, KeptRecord>();
  heads = new Map<RecordId, { head: RecordHead; at: UnixMs }>();
  desks: OnDesk[] = [];
  sent = new Map<string, SentRelease>();
  delivered: DeliveredRelease[] = [];
  holders = new Map<string, PutHolder>();
  confirmed: ConfirmedHolder[] = [];
  journal: JournalEntry[] = [];
}

/** What was read in this unit and cannot have changed since. */
class Known {
  heads = new Map<RecordId, RecordHead | null>();
  revisions = new Map<RecordId, HeldRevision[]>();
  copies = new Map<RecordHash, string | null>();
  releases = new Map<string, StoredRelease | null>();
  visible = new Map<string, VisibleDisclosure[]>();
  waitedFor: ReadonlySet<string> | null = null;
  partners: ReturnType<StoreUnit['partners']> | null = null;
  signers: ReturnType<StoreUnit['signers']> | null = null;
  agreements = new Map<string, ReturnType<StoreUnit['agreementInForce']>>();
}

/**
 * The same words, for the exchange alone: what a batch of two hundred records writes goes to the database in a few
 * statements, before anything is read that it could change, and at the end. Everything else is sent as it is asked for,
 * after what is pending, and then nothing that was read before is taken for known.
 */
export function gatheredUnit(
  tx: Tx,
  plain: StoreUnit,
  as: As,
  savepoints: Savepoints,
): { readonly unit: StoreUnit; flush(): Promise<void> } {
  let pending = new Pending();
  let known = new Known();
  const ways: WaysSaid = new Map();

  async function flush(): Promise<void> {
    const now = pending;
    pending = new Pending();
    if (now.records.size > 0) await putRecords(tx, [...now.records.values()]);
    if (now.heads.size > 0) await putHeads(tx, now.heads);
    if (now.desks.length > 0) await putOnDesks(tx, now.desks);
    if (now.sent.size > 0) await releasesSent(tx, [...now.sent.values()]);
    if (now.delivered.length > 0) await releasesDelivered(tx, now.delivered);
    if (now.holders.size > 0) await putHolders(tx, [...now.holders.values()]);
    if (now.confirmed.length > 0) await confirmHolders(tx, now.confirmed);
    if (now.journal.length > 0) await appendLines(tx, now.journal);
  }

  async function readChains(records: readonly RecordId[]): Promise<void> {
    const isPending = (record: RecordId) =>
      pending.heads.has(record) || [...pending.records.values()].some((kept) => kept.record.id === record);
    if (records.some(isPending)) await flush();
    for (const [record, { head, revisions }] of await chainsOf(tx, records)) {
      known.heads.set(record, head);
      known.revisions.set(record, revisions);
    }
  }

  let asked = 0;
  /** Answers from memory wait for nothing: without a turn of the loop now and then, a batch would hold up everything else. */
  async function letOthersGo(): Promise<void> {
    asked += 1;
    if (asked % 8 === 0) await setImmediate();
  }

  const gathered: Partial<StoreUnit> = {
    async foresee({ records = [], releases = [], partner, copies = [] }) {
      await readChains(records);
      if (releases.length === 0 && copies.length === 0) return;
      await flush();
      const found = await releasesOf(tx, releases);
      for (const release of releases) known.releases.set(release, found.get(release) ?? null);
      if (partner !== undefined) {
        known.visible.clear();
        const hashes = [...new Set([...found.values()].map(({ reference }) => reference.hash))];
        for (const [hash, rows] of await visibleTo(tx, as, partner, hashes))
          known.visible.set(`${partner} ${hash}`, rows);
      }
      // Large: only those of the newest look ahead are kept
      if (copies.length > 0) known.copies = await copiesOf(tx, [...new Set(copies)]);
    },

    async putRecord(record, from, at) {
      ways.clear();
      const before = pending.records.get(record.hash);
      // A second copy of one revision: both are written, one after the other
      if (before) await flush();
      pending.records.set(record.hash, { record, from, at });
      known.copies.delete(record.hash);
      const revisions = known.revisions.get(record.id);
      if (revisions) {
        const others = revisions.filter(({ hash }) => hash !== record.hash);
        known.revisions.set(record.id, [...others, heldOf(record)].sort(byRevision));
      }
    },
    async setHead(head, at) {
      pending.heads.set(head.record, { head, at });
      known.heads.set(head.record, head);
    },
    async putOnDesk(record, desk, by, at) {
      pending.desks.push({ record, desk, by, at });
    },
    async appendJournal(entry) {
      pending.journal.push(entry);
    },
    async releaseSent(id, sent, at) {
      pending.sent.set(id, { id, ...sent, at });
    },
    async releaseDelivered(id, at) {
      pending.delivered.push({ id, at });
    },
    async releaseRefused(id, refusal, at) {
      const hash = known.releases.get(id)?.reference.hash;
      await flush();
      await plain.releaseRefused(id, refusal, at);
      // What is refused is no longer seen by its recipient; of the other releases it changes nothing
      for (const key of known.visible.keys())
        if (hash === undefined || key.endsWith(` ${hash}`)) known.visible.delete(key);
    },
    async putHolder(holder, state, at) {
      ways.clear();
      const key = `${holder.hash} ${holder.holder}`;
      if (pending.holders.has(key) || pending.confirmed.length > 0) await flush();
      pending.holders.set(key, { ...holder, state, at });
    },
    async confirmHolder(holder, hash, at) {
      pending.confirmed.push({ holder, hash, at });
    },

    async head(record) {
      await letOthersGo();
      if (!known.heads.has(record)) await readChains([record]);
      return known.heads.get(record) ?? null;
    },
    async revisions(record) {
      if (!known.revisions.has(record)) await readChains([record]);
      return [...(known.revisions.get(record) ?? [])];
    },
    async desks(record) {
      if (pending.desks.some((entry) => entry.record === record)) await flush();
      return plain.desks(record);
    },
    async sdJwt(hash) {
      const copy = known.copies.get(hash);
      if (copy !== undefined) return copy;
      await flush();
      return plain.sdJwt(hash);
    },
    async release(id) {
      const release = known.releases.get(id);
      if (release !== undefined) return release;
      const read = await plain.release(id);
      known.releases.set(id, read);
      return read;
    },
    async disclosuresFor(partner, hash) {
      const rows = known.visible.get(`${partner} ${hash}`);
      if (rows) return rows;
      await flush();
      return plain.disclosuresFor(partner, hash);
    },
    async heldFor(hash) {
      known.waitedFor ??= await waitedFor(tx);
      return known.waitedFor.has(hash) ? plain.heldFor(hash) : [];
    },
    partners() {
      known.partners ??= plain.partners();
      return known.partners;
    },
    signers() {
      known.signers ??= plain.signers();
      return known.signers;
    },
    ...waysAsFirstSaid(plain, flush, ways),
    agreementInForce(partner, today) {
      const key = `${partner} ${today}`;
      const found = known.agreements.get(key) ?? plain.agreementInForce(partner, today);
      known.agreements.set(key, found);
      return found;
    },
  };
  const others = sentAtOnce(plain, flush, () => (known = new Known()));
  const unit = (): StoreUnit => ({ ...others, ...gathered, attempt });

  /** What waits fails with whoever wrote it: before the attempt with what was before, within it with its work. */
  async function attempt<T>(work: (unit: StoreUnit) => Promise<T>): Promise<Attempted<T>> {
    await flush();
    const attempted = await savepoints.attempt(async () => {
      const done = await work(unit());
      await flush();
      return done;
    });
    if ('fault' in attempted) {
      pending = new Pending();
      known = new Known();
      ways.clear();
    }
    return attempted;
  }
  return { unit: unit(), flush };
}

/** Every other word: what is pending goes first, and after those that write, what was known may be known no longer. */
function sentAtOnce(plain: StoreUnit, flush: () => Promise<void>, forget: () => void): StoreUnit {
  const words = Object.entries(plain as unknown as { [word: string]: (...args: unknown[]) => Promise<unknown> });
  return Object.fromEntries(
    words.map(([word, say]) => [
      word,
      async (...args: unknown[]) => {
        if (apart.has(word)) return say(...args);
        await flush();
        const answer = await say(...args);
        if (!reading.has(word)) forget();
        return answer;
      },
    ]),
    // The same words with the same arguments and answers
  ) as unknown as StoreUnit;
}

/** Words whose tables nothing pending is written to, and nothing known was read from. */
const apart: ReadonlySet<string> = new Set([
  'link',
  'saveLink',
  'noteContact',
  'clockAhead',
  'noteClock',
  'knownService',
  'enqueue',
  'waiting',
  'saveBatch',
  'batches',
  'markReceipted',
  'takenBatchHash',
  'recordTakenBatch',
  'heldCount',
  'noteInboundRefusal',
  'serviceKeys',
  'recovery',
  'dropFromQueue',
  'replaceInQueue',
] satisfies (keyof StoreUnit)[]);

/** Words that change nothing, but read what may be pending. */
const reading: ReadonlySet<string> = new Set([
  'agreement',
  'answersTo',
  'asks',
  'bareJwt',
  'citing',
  'correction',
  'correctionsAbout',
  'handlingOf',
  'holdings',
  'liveReleases',
  'permissionsAbout',
  'releaseAt',
  'releasesGiven',
  'sentReleases',
  'viasOf',
] satisfies (keyof StoreUnit)[]);
