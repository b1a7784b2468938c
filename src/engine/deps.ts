import type { Clock } from '#src/ports/clock.ts';
import type { Keyring, Sealer } from '#src/ports/keyring.ts';
import type { Sentinel } from '#src/ports/sentinel.ts';
import type { Store } from '#src/ports/store.ts';
import type { Transport } from '#src/ports/transport.ts';
import type { Primitives } from '#src/protocol/primitives.ts';
import type { NewToday } from './new-today.ts';
import type { QuotaLimits } from './partner-quota.ts';

/** What it takes to sign a record and to give it to others. */
export interface Signing {
  readonly keyring: Keyring;
  readonly primitives: Primitives;
  randomBytes(length: number): Uint8Array;
  /** Told of what should not have happened, and decided nothing for others. */
  readonly onFault?: ((error: unknown) => void) | undefined;
}

export interface EngineDeps extends Signing {
  readonly store: Store;
  readonly sealer: Sealer;
  readonly transport: Transport;
  readonly clock: Clock;
  /** Absent where nothing but the database is kept (EXC-4). */
  readonly sentinel?: Sentinel;
  /** Messages in a batch at most, where it is to hold fewer than it may (EXC-1): what is lost on a slow line is sent anew whole. */
  readonly messagesPerBatch?: number;
  /** ADM-2: absent where nothing that arrives is counted. */
  readonly newToday?: NewToday;
  /** ADM-2: what one partner may bring in a time, where it is to be another than usual. */
  readonly quota?: QuotaLimits;
}
