import { admitRecord } from '#src/protocol/admission/admit-record.ts';
import { headStateAfter } from '#src/protocol/correction/board.ts';
import { problemOfCorrection } from '#src/protocol/correction/problem-of-correction.ts';
import { problemOfStanding } from '#src/protocol/correction/still-current.ts';
import { problemOfSuccession } from '#src/protocol/correction/taken-back.ts';
import { whoIsTold } from '#src/protocol/correction/who-is-told.ts';
import { takePage } from '#src/protocol/exchange/recovery.ts';
import { step } from '#src/protocol/exchange/step.ts';
import { verifyRecord } from '#src/protocol/record/verify.ts';
import { problemOfHolding } from '#src/protocol/release/holding.ts';
import { planRelease } from '#src/protocol/release/plan-release.ts';
import { carryOn, routeOf } from '#src/protocol/release/route.ts';

/** Every decision of the protocol that a simulated node takes: the product's own functions, or one with a mistake in it. */
export interface Core {
  readonly step: typeof step;
  readonly takePage: typeof takePage;
  readonly verifyRecord: typeof verifyRecord;
  readonly admitRecord: typeof admitRecord;
  readonly planRelease: typeof planRelease;
  readonly routeOf: typeof routeOf;
  readonly carryOn: typeof carryOn;
  readonly problemOfHolding: typeof problemOfHolding;
  readonly problemOfSuccession: typeof problemOfSuccession;
  readonly problemOfCorrection: typeof problemOfCorrection;
  readonly problemOfStanding: typeof problemOfStanding;
  readonly whoIsTold: typeof whoIsTold;
  readonly headStateAfter: typeof headStateAfter;
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
  takePage,
  verifyRecord,
  admitRecord,
  planRelease,
  routeOf,
  carryOn,
  problemOfHolding,
  problemOfSuccession,
  problemOfCorrection,
  problemOfStanding,
  whoIsTold,
  headStateAfter,
  driver: { commitsFirst: true, queuesUntilStored: true },
};
