import { admitRecord } from '#src/protocol/admission/admit-record.ts';
import { step } from '#src/protocol/exchange/step.ts';
import { verifyRecord } from '#src/protocol/record/verify.ts';
import { planRelease } from '#src/protocol/release/plan-release.ts';

/** Every decision of the protocol that a simulated node takes: the product's own functions, or one with a mistake in it. */
export interface Core {
  readonly step: typeof step;
  readonly verifyRecord: typeof verifyRecord;
  readonly admitRecord: typeof admitRecord;
  readonly planRelease: typeof planRelease;
  readonly driver: Driver;
}

/** What the core asks of whoever drives it (see `ExchangeEffect`), kept or not. */
export interface Driver {
  /** Envelopes leave only after what they acknowledge is durable. */
  readonly commitsFirst: boolean;
  /** A message leaves the queue only when the batch that holds it is stored. */
  readonly queuesUntilStored: boolean;
}

export const soundCore: Core = {
  step,
  verifyRecord,
  admitRecord,
  planRelease,
  driver: { commitsFirst: true, queuesUntilStored: true },
};
