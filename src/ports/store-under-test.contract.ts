import type { LinkState } from '#src/protocol/exchange/state.ts';
import type { KnownService, Store } from './store.ts';

/** A fresh, empty store, and what the contract needs beside its words. */
export interface StoreUnderTest {
  readonly store: Store;
  /** Makes a service known, as the partner routes and the set-up do. */
  addService(service: KnownService & { readonly isSelf: boolean }): Promise<void>;
  /** The node's clock. */
  setNow(now: number): void;
  /** What no word reads back. */
  observe(): Promise<{
    readonly contacts: readonly {
      readonly peer: string;
      readonly lastContactAt: number | null;
      readonly lastFailureAt: number | null;
      readonly lastFailure: string | null;
      readonly nextAttemptAt: number | null;
    }[];
    readonly releases: readonly {
      readonly id: string;
      readonly state: string;
      readonly digests: readonly string[] | null;
      readonly deliveredAt: number | null;
      readonly readAt: number | null;
      readonly refusedCode: string | null;
      readonly refusedBy: string | null;
    }[];
    readonly holders: readonly { readonly hash: string; readonly holder: string; readonly state: string }[];
    readonly inboundRefusals: readonly { readonly peer: string | null; readonly code: string }[];
    readonly journal: readonly { readonly act: string; readonly at: number; readonly actor: string | null }[];
  }>;
  close(): Promise<void>;
}

let peers = 0;
/** A confirmed partner that no other test uses; returns its id. */
export async function newPeer(
  under: StoreUnderTest,
  change: Partial<KnownService & { isSelf: boolean }> = {},
): Promise<string> {
  const service = serviceOf(`peer-${++peers}`, change);
  await under.addService(service);
  return service.id;
}

export function serviceOf(
  code: string,
  change: Partial<KnownService & { isSelf: boolean }> = {},
): KnownService & { isSelf: boolean } {
  return {
    id: `id-of-${code}`,
    code,
    url: null,
    signingKeys: { [`key-of-${code}`]: new Uint8Array(32).fill(code.length) },
    sealingKey: { id: `sealing-key-of-${code}`, publicKey: new Uint8Array(1216).fill(3) },
    confirmed: true,
    revoked: false,
    carrier: 'link',
    vouchedBy: null,
    isSelf: false,
    ...change,
  };
}

export const readNotice = (record: string) => ({ type: 'read-notice', record, readAt: 5 }) as const;

export function linkTo(peer: string, next: number): LinkState {
  return {
    self: 'self',
    peer,
    link: 'link',
    status: 'open',
    stoppedBy: null,
    out: {
      epoch: 1,
      next,
      lastHash: null,
      receiptedThrough: 0,
      receiptedHash: null,
      base: { epoch: 1, through: 0 },
      formed: { epoch: 1, through: 0 },
      asking: null,
      unreceipted: [{ sequence: 1, hash: 'h', confirmedThen: { epoch: 1, through: 0 } }],
      signing: null,
      signingSince: null,
      lastSentAt: 1_700_000_000_123,
      attempts: 0,
    },
    in: { epoch: 1, through: 0, lastHash: null, receipt: null, signing: null, answers: null },
  };
}
