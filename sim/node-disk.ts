import type { PermissionStanding } from '#src/protocol/admission/permission.ts';
import type { Holding } from '#src/protocol/correction/who-is-told.ts';
import type { Message } from '#src/protocol/exchange/message.ts';
import type { RecoveryPlace } from '#src/protocol/exchange/recovery.ts';
import type { LinkState } from '#src/protocol/exchange/state.ts';
import type { RecordHash, RecordId, ServiceId } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import type { VerifiedRevision } from '#src/protocol/record/verify.ts';
import type { RefusalCode } from '#src/protocol/refusal.ts';
import type { Place } from './checkers/exactly-once.ts';
import { Table } from './disk.ts';
import type { Arrived } from './keeping.ts';

/** What goes to a peer: a message as it is, or a release, of which is decided at the moment of sending what goes. */
export type Content = { readonly message: Message } | { readonly release: string };

export interface OutboxRow {
  /** Its place among all that this node ever queued. */
  readonly number: number;
  readonly peer: ServiceId;
  readonly content: Content;
  /** Null while it waits. Kept after its receipt: a peer that is restored may need it again (EXC-4). */
  readonly sent: Place | null;
}
export interface BatchRow {
  readonly hash: string;
  readonly signedHeader: string;
  readonly payload: Uint8Array;
  /** Of the outbox, in the batch's order. */
  readonly rows: readonly string[];
}
export interface ReleaseRow {
  readonly id: string;
  readonly record: RecordId;
  readonly hash: RecordHash;
  readonly recipient: ServiceId;
  readonly state: 'queued' | 'sent' | 'delivered' | 'refused';
  readonly code: RefusalCode | null;
  readonly refusedBy: ServiceId | null;
}
export interface HeldRow {
  readonly peer: ServiceId;
  readonly epoch: number;
  readonly sequence: number;
  readonly index: number;
  /** Within a letter: which of its messages, from 1. */
  readonly within?: number;
  readonly sdJwt: string;
  readonly hash: RecordHash;
  readonly waitsFor: RecordHash;
}
export interface HeadRow {
  readonly origin: ServiceId;
  readonly kind: string;
  readonly hash: RecordHash;
  readonly revision: number;
  readonly state: 'active' | 'quarantined' | 'equivocal';
}

export interface HolderRow extends Holding {
  readonly record: RecordId;
}
export interface GivenRow {
  readonly holder: ServiceId;
  readonly via: ServiceId | null;
  readonly origin: ServiceId;
  /** Null: it is our own. */
  readonly from: ServiceId | null;
}
export interface SourceRow {
  readonly origin: ServiceId;
  readonly peer: ServiceId;
}
export interface KnownService {
  readonly service: ServiceId;
  readonly signingKey: Uint8Array;
  readonly sealingKey: Uint8Array;
}
export interface CorrectionRow {
  readonly record: RecordId;
  /** The revision that counts from now on. */
  readonly about: RecordHash;
  readonly revision: number;
  /** The correction's own. */
  readonly hash: RecordHash;
  /** Of the answer; null until there is one. */
  readonly answer: RecordHash | null;
}

type Durable = Pick<Table<never>, 'commit' | 'giveUp' | 'snapshot'> & { takeFrom(other: Durable): void };

/** Everything that survives a power cut. Keys of rows about a peer begin with the peer. */
export class NodeDisk {
  /** Link states as JSON text, as a database keeps them. */
  readonly links = new Table<string>();
  readonly outbox = new Table<OutboxRow>(({ peer, sent }) => (sent === null ? peer : `${peer} sent`));
  readonly batchesOut = new Table<BatchRow>();
  readonly batchesIn = new Table<string>();
  /** By hash. */
  readonly records = new Table<VerifiedRecord>(({ id }) => id);
  /** By record. */
  readonly heads = new Table<HeadRow>(({ origin }) => origin);
  /** Bare revisions that went past this node, by hash. */
  readonly skipped = new Table<VerifiedRevision>(({ id }) => id);
  /** Permissions as their newest revisions have them, by permission record. */
  readonly permissions = new Table<PermissionStanding>(({ about }) => about.record);
  /** Who holds what, by hash and holder; at the origin all, at a relay its own part. */
  readonly holders = new Table<HolderRow>(({ record }) => record);
  /** The same as ways: holder, through whom, of whose record, from whom we have it. */
  readonly given = new Table<GivenRow>(({ holder }) => holder);
  /** Origin and partner → the partner gave us records of that origin. */
  readonly sources = new Table<SourceRow>(({ origin }) => origin);
  /** Services that others vouched for, by id. */
  readonly vouched = new Table<KnownService>();
  /** Statements of holders that came while what they build on may be missing, by their place. */
  readonly lateHoldings = new Table<{ readonly statement: string; readonly place: Arrived }>();
  /** Hashes of letters that were carried on. */
  readonly carried = new Table<true>();
  /** Corrections taken, by correction record: what they correct, and our answer. */
  readonly corrections = new Table<CorrectionRow>(({ record }) => record);
  readonly held = new Table<HeldRow>(({ waitsFor }) => waitsFor);
  readonly releases = new Table<ReleaseRow>(({ record }) => record);
  /** Peer and place of a message → the outbox row that went as this message. */
  readonly sentAt = new Table<string>();
  readonly counters = new Table<number>();
  /** Peer → whether it has returned what it holds of ours; empty while this node is not recovering. */
  /** By partner: how far we are in its list of our records. */
  readonly recovery = new Table<RecoveryPlace | 'done'>();
  /** Peer and place → the code with which this node refused what came there. Read by checkers only. */
  readonly refusedHere = new Table<RefusalCode>();
  /** What checkers saw of this node: it stands and falls with the disk that it is about. */
  readonly observed = new Table<string>();

  readonly #all: readonly Durable[] = Object.values(this as object).filter(
    (value): value is Durable => value instanceof Table,
  );

  link(peer: ServiceId): LinkState | null {
    const text = this.links.get(peer);
    return text === undefined ? null : (JSON.parse(text) as LinkState);
  }

  saveLink(state: LinkState): void {
    this.links.set(state.peer, JSON.stringify(state));
  }

  enqueue(peer: ServiceId, content: Content): void {
    const number = (this.counters.get('outbox') ?? 0) + 1;
    this.counters.set('outbox', number);
    this.outbox.set(`${number}`, { number, peer, content, sent: null });
  }

  /** The oldest first, also among what was queued again. */
  waiting(peer: ServiceId): OutboxRow[] {
    return [...this.outbox.group(peer)].sort((one, other) => one.number - other.number);
  }

  hasWaiting(peer: ServiceId): boolean {
    for (const _ of this.outbox.group(peer)) return true;
    return false;
  }

  revisionsOf(record: RecordId): VerifiedRecord[] {
    return [...this.records.group(record)];
  }

  commit(): void {
    for (const table of this.#all) table.commit();
  }

  giveUp(): void {
    for (const table of this.#all) table.giveUp();
  }

  /** A clone's disk. */
  takeFrom(other: NodeDisk): void {
    for (const [at, table] of this.#all.entries()) table.takeFrom(other.#all[at] as Durable);
  }

  /** A backup of the whole disk; called, it takes the disk back to what it was. */
  backup(): () => void {
    const restores = this.#all.map((table) => table.snapshot());
    return () => {
      for (const restore of restores) restore();
    };
  }
}
