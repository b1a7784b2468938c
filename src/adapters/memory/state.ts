import type {
  HeldMessage,
  JournalEntry,
  KnownService,
  OutboxItem,
  RecordHead,
  StoredAgreement,
  StoredBatch,
  StoredRelease,
} from '#src/ports/store.ts';
import type { CitationFlag, CorrectionAsk, StoredCorrection } from '#src/ports/store-corrections.ts';
import type { KeysTold, StoredKeys, StoredStatement } from '#src/ports/store-keys.ts';
import type { BundleExport, Recovery } from '#src/ports/store-recovery.ts';
import type { PermissionStanding } from '#src/protocol/admission/permission.ts';
import type { RecoveryPlace } from '#src/protocol/exchange/recovery.ts';
import type { Evidence, LinkState } from '#src/protocol/exchange/state.ts';
import type { RecordHash, RecordId, ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import type { VerifiedRevision } from '#src/protocol/record/verify.ts';
import type { RefusalCode } from '#src/protocol/refusal.ts';

export interface MemoryService extends KnownService {
  readonly isSelf: boolean;
}
export interface MemoryContact {
  readonly lastContactAt: UnixMs | null;
  readonly lastFailureAt: UnixMs | null;
  readonly lastFailure: string | null;
  readonly nextAttemptAt: UnixMs | null;
}
export interface MemoryQueued {
  readonly peer: ServiceId;
  readonly item: OutboxItem;
  readonly batch: { readonly epoch: number; readonly sequence: number } | null;
  readonly queuedAt: UnixMs;
}
export interface MemoryRelease extends StoredRelease {
  readonly by: string | null;
  readonly state: 'queued' | 'sent' | 'delivered' | 'refused';
  readonly sent: { readonly epoch: number; readonly sequence: number; readonly index: number } | null;
  readonly digests: readonly string[] | null;
  readonly sentAt: UnixMs | null;
  readonly deliveredAt: UnixMs | null;
  readonly readAt: UnixMs | null;
  readonly refused: { readonly code: RefusalCode; readonly by: ServiceId } | null;
}
export interface MemoryHolder {
  readonly record: RecordId;
  readonly hash: RecordHash;
  readonly holder: ServiceId;
  readonly via: ServiceId | null;
  readonly state: 'granted' | 'reported' | 'confirmed';
  readonly digests: readonly string[];
}
export interface MemoryBatch extends StoredBatch {
  readonly peer: ServiceId;
  readonly formedAt: UnixMs;
  readonly receiptedAt: UnixMs | null;
  /** Its messages went back to the queue. */
  readonly givenUp: boolean;
}
export interface MemoryTaken {
  readonly hash: string;
  readonly signedHeader: string;
}
export interface MemoryEvidence extends Evidence {
  readonly peer: ServiceId;
  readonly code: RefusalCode;
  readonly known: string | null;
}

/** Everything stored. Values are replaced, never changed in place, so that a copy of the maps is a snapshot. */
export interface MemoryState {
  nextItem: number;
  readonly services: Map<ServiceId, MemoryService>;
  readonly links: Map<ServiceId, LinkState>;
  /** By how much each partner's clock is ahead of ours, in milliseconds. */
  readonly clocks: Map<ServiceId, number>;
  readonly contacts: Map<ServiceId, MemoryContact>;
  readonly outbox: Map<string, MemoryQueued>;
  readonly batchesOut: Map<string, MemoryBatch>;
  readonly batchesIn: Map<string, MemoryTaken>;
  readonly evidence: Map<number, MemoryEvidence>;
  readonly exports: Map<number, BundleExport & { readonly peer: ServiceId }>;
  readonly recoveries: Map<number, Recovery & { readonly endedAt: UnixMs | null }>;
  readonly recoveryPlaces: Map<ServiceId, RecoveryPlace>;
  readonly records: Map<RecordHash, VerifiedRecord>;
  readonly heads: Map<RecordId, RecordHead>;
  readonly desks: Map<RecordId, readonly string[]>;
  readonly releases: Map<string, MemoryRelease>;
  readonly holders: Map<string, MemoryHolder>;
  /** By record and hash. */
  readonly agreements: Map<string, StoredAgreement>;
  readonly held: Map<string, HeldMessage>;
  readonly skipped: Map<RecordHash, VerifiedRevision>;
  readonly corrections: Map<RecordId, StoredCorrection>;
  /** By correction and holder. */
  readonly asks: Map<string, CorrectionAsk & { readonly correction: RecordId }>;
  /** By citing record, cited record and the revision that raised it. */
  readonly flags: Map<string, CitationFlag>;
  readonly cards: Map<ServiceId, string>;
  /** From whom a revision came, where another wrote it. */
  readonly sources: Map<RecordHash, ServiceId>;
  readonly permissions: Map<RecordId, PermissionStanding>;
  readonly lettersCarried: Map<string, UnixMs>;
  readonly inboundRefusals: Map<
    number,
    { readonly peer: ServiceId | null; readonly code: RefusalCode; readonly at: UnixMs }
  >;
  readonly keyStatements: Map<string, StoredStatement & { readonly service: ServiceId }>;
  readonly keyVersions: Map<ServiceId, Pick<StoredKeys, 'version' | 'revoked'>>;
  readonly keysTold: Map<ServiceId, KeysTold>;
  readonly journal: Map<number, JournalEntry>;
}

export function emptyState(): MemoryState {
  return {
    nextItem: 1,
    services: new Map(),
    links: new Map(),
    clocks: new Map(),
    contacts: new Map(),
    outbox: new Map(),
    batchesOut: new Map(),
    batchesIn: new Map(),
    evidence: new Map(),
    exports: new Map(),
    recoveries: new Map(),
    recoveryPlaces: new Map(),
    records: new Map(),
    heads: new Map(),
    desks: new Map(),
    releases: new Map(),
    holders: new Map(),
    agreements: new Map(),
    held: new Map(),
    skipped: new Map(),
    corrections: new Map(),
    asks: new Map(),
    flags: new Map(),
    cards: new Map(),
    sources: new Map(),
    permissions: new Map(),
    lettersCarried: new Map(),
    inboundRefusals: new Map(),
    keyStatements: new Map(),
    keyVersions: new Map(),
    keysTold: new Map(),
    journal: new Map(),
  };
}

export function snapshot(state: MemoryState): MemoryState {
  return {
    nextItem: state.nextItem,
    services: new Map(state.services),
    links: new Map(state.links),
    clocks: new Map(state.clocks),
    contacts: new Map(state.contacts),
    outbox: new Map(state.outbox),
    batchesOut: new Map(state.batchesOut),
    batchesIn: new Map(state.batchesIn),
    evidence: new Map(state.evidence),
    exports: new Map(state.exports),
    recoveries: new Map(state.recoveries),
    recoveryPlaces: new Map(state.recoveryPlaces),
    records: new Map(state.records),
    heads: new Map(state.heads),
    desks: new Map(state.desks),
    releases: new Map(state.releases),
    holders: new Map(state.holders),
    agreements: new Map(state.agreements),
    held: new Map(state.held),
    skipped: new Map(state.skipped),
    corrections: new Map(state.corrections),
    asks: new Map(state.asks),
    flags: new Map(state.flags),
    cards: new Map(state.cards),
    sources: new Map(state.sources),
    permissions: new Map(state.permissions),
    lettersCarried: new Map(state.lettersCarried),
    inboundRefusals: new Map(state.inboundRefusals),
    keyStatements: new Map(state.keyStatements),
    keyVersions: new Map(state.keyVersions),
    keysTold: new Map(state.keysTold),
    journal: new Map(state.journal),
  };
}

/** Puts everything back to what it was at a snapshot. */
export function restore(state: MemoryState, to: MemoryState): void {
  const { nextItem, ...maps } = to;
  state.nextItem = nextItem;
  for (const [name, then] of Object.entries(maps)) {
    // One of the maps by its own name, with what it held itself
    const now = state[name as keyof typeof maps] as Map<unknown, unknown>;
    now.clear();
    for (const [key, value] of then) now.set(key, value);
  }
}

/** Replaces one value by a changed copy; nothing happens where there is none. */
export function change<K, V>(map: Map<K, V>, key: K, patch: Partial<V>): void {
  const value = map.get(key);
  if (value !== undefined) map.set(key, { ...value, ...patch });
}
