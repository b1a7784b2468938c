import type { Message } from '#src/protocol/exchange/message.ts';
import type { LinkState } from '#src/protocol/exchange/state.ts';
import type { RecordHash, RecordId, ServiceId } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import type { RefusalCode } from '#src/protocol/refusal.ts';
import type { Place } from './checkers/exactly-once.ts';
import { Table } from './disk.ts';

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
  readonly held = new Table<HeldRow>(({ waitsFor }) => waitsFor);
  readonly releases = new Table<ReleaseRow>(({ record }) => record);
  /** Peer and place of a message → the outbox row that went as this message. */
  readonly sentAt = new Table<string>();
  readonly counters = new Table<number>();
  /** Peer → whether it has returned what it holds of ours; empty while this node is not recovering. */
  readonly recovery = new Table<boolean>();
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
