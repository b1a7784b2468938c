import type { Message } from '#src/protocol/exchange/message.ts';
import type { LinkState } from '#src/protocol/exchange/state.ts';
import type { RecordHash, RecordId, ServiceId } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import type { RefusalCode } from '#src/protocol/refusal.ts';
import { Table } from './disk.ts';

export interface OutboxRow {
  readonly id: string;
  readonly peer: ServiceId;
  readonly content: { readonly message: Message } | { readonly release: string };
}
export interface BatchRow {
  readonly hash: string;
  readonly signedHeader: string;
  readonly payload: Uint8Array;
  readonly messages: number;
}
export interface ReleaseRow {
  readonly id: string;
  readonly hash: RecordHash;
  readonly recipient: ServiceId;
  readonly state: 'queued' | 'sent' | 'delivered' | 'refused';
  readonly code: RefusalCode | null;
  readonly refusedBy: ServiceId | null;
}
export interface HeldRow {
  readonly peer: ServiceId;
  readonly sequence: number;
  readonly index: number;
  readonly sdJwt: string;
  readonly waitsFor: RecordHash;
}
export interface HeadRow {
  readonly origin: ServiceId;
  readonly kind: string;
  readonly hash: RecordHash;
  readonly revision: number;
  readonly state: 'active' | 'quarantined' | 'equivocal';
}

/** Everything that survives a power cut. Keys of rows about a peer begin with the peer. */
export class NodeDisk {
  /** Link states as JSON text, as a database keeps them. */
  readonly links = new Table<string>();
  readonly outbox = new Table<OutboxRow>();
  readonly batchesOut = new Table<BatchRow>();
  readonly batchesIn = new Table<string>();
  readonly records = new Table<VerifiedRecord>();
  readonly heads = new Table<HeadRow>();
  readonly held = new Table<HeldRow>();
  readonly releases = new Table<ReleaseRow>();
  /** Peer, epoch, sequence and index → the release that went as this message. */
  readonly sentReleases = new Table<string>();
  readonly counters = new Table<number>();

  readonly #all: readonly Table<never>[] = [
    this.links,
    this.outbox,
    this.batchesOut,
    this.batchesIn,
    this.records,
    this.heads,
    this.held,
    this.releases,
    this.sentReleases,
    this.counters,
  ] as unknown as readonly Table<never>[];

  link(peer: ServiceId): LinkState | null {
    const text = this.links.get(peer);
    return text === undefined ? null : (JSON.parse(text) as LinkState);
  }

  saveLink(state: LinkState): void {
    this.links.set(state.peer, JSON.stringify(state));
  }

  enqueue(peer: ServiceId, content: OutboxRow['content']): void {
    const count = (this.counters.get('outbox') ?? 0) + 1;
    this.counters.set('outbox', count);
    const id = `${peer} ${count}`;
    this.outbox.set(id, { id, peer, content });
  }

  waiting(peer: ServiceId): OutboxRow[] {
    return [...this.outbox.entries()].map(([, row]) => row).filter((row) => row.peer === peer);
  }

  revisionsOf(record: RecordId): VerifiedRecord[] {
    return [...this.records.entries()].map(([, row]) => row).filter(({ id }) => id === record);
  }

  commit(): void {
    for (const table of this.#all) table.commit();
  }

  giveUp(): void {
    for (const table of this.#all) table.giveUp();
  }
}
