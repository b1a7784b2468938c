import type { Signing } from '#src/engine/deps.ts';
import type { LetterDeps } from '#src/engine/letters.ts';
import { keepRevision, type Revising, signRevision } from '#src/engine/revise.ts';
import { tellHolders } from '#src/engine/tell-holders.ts';
import { dayOf } from '#src/engine/today.ts';
import type { Clock } from '#src/ports/clock.ts';
import type { Database, Tx } from '#src/ports/database.ts';
import { isCalendarDate } from '#src/protocol/calendar.ts';
import type { Why } from '#src/protocol/correction/next-revision.ts';
import { joinMarkings } from '#src/protocol/marking/inherit.ts';
import type { ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { Portion, VerifiedRecord } from '#src/protocol/record/record.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import { aboveClearance, markingOf } from '../../author-marking.ts';
import type { Announce, Caller, Handlers } from '../../handlers.ts';
import { once } from '../../idempotency.ts';
import type { corrections, RevisionInput } from '../contract.ts';
import { asNode } from './as-node.ts';
import { ownHead } from './own-head.ts';

export interface CorrectionDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly signing: Signing;
  readonly sealer: LetterDeps['sealer'];
  readonly announce: Announce;
  wake(peer: ServiceId): void;
}

type ChangeRoutes = Pick<Handlers<typeof corrections>, 'revise' | 'withdraw' | 'erase'>;
type Corrected = { record: string; hash: string; correction: string };

/** COR-1: an own record is corrected, withdrawn or erased: once, with a reason, and every holder is told in the same moment. */
export function changeRoutes(deps: CorrectionDeps): ChangeRoutes {
  const { database, signing } = deps;

  async function change(
    caller: Caller,
    input: { readonly params: { readonly id: string }; readonly body: Why },
    revisingOf: (record: VerifiedRecord) => Revising | Refusal,
  ): Promise<Corrected | Refusal> {
    const at = deps.clock.now();
    const { ground, explanation, respondBy } = input.body;
    if (!isCalendarDate(respondBy) || respondBy < dayOf(at)) return refuse('input-invalid', { at: '/respondBy' });
    const told = new Set<ServiceId>();
    const made = await database.asActor(caller.actor, (tx) =>
      once(tx, caller, input, { at, primitives: signing.primitives, database }, async () => {
        const own = await ownHead(tx, input.params.id, caller, deps);
        if (isRefusal(own)) return own;
        const revising = revisingOf(own.record);
        if (isRefusal(revising)) return revising;
        const [desk = 'liaison'] = caller.officer.desks;
        const by = { ...signing, at, language: caller.language, desk };
        const revised = await signRevision(own.record, revising, { ground, explanation, respondBy }, by);
        if (isRefusal(revised)) return revised;
        const desks = [...own.desks, 'liaison'];
        await keepRevision(database.unit(tx), revised, { officer: caller.officer.id, desks, at });
        for (const peer of await tell(tx, caller, revised, at)) told.add(peer);
        return { record: revised.after.id, hash: revised.after.hash, correction: revised.correction.id };
      }),
    );
    if (isRefusal(made)) return made;
    for (const peer of told) deps.wake(peer);
    for (const topic of ['inbox', 'records'] as const) deps.announce(topic);
    return made;
  }

  /** As the node: who holds a record, and what is erased of it, goes beyond what one officer sees. */
  function tell(tx: Tx, caller: Caller, revised: Parameters<typeof tellHolders>[1], at: UnixMs): Promise<ServiceId[]> {
    const { sealer } = deps;
    return asNode(database, tx, caller, () => tellHolders(database.unit(tx), revised, { ...signing, sealer, at }));
  }

  return {
    revise: (input, caller) => change(caller, input, (record) => newText(input.body, record, caller)),
    withdraw: (input, caller) => change(caller, input, () => ({ change: 'withdrawn' })),
    erase: (input, caller) => change(caller, input, () => ({ change: 'erased' })),
  };
}

function newText(input: RevisionInput, record: VerifiedRecord, caller: Caller): Revising | Refusal {
  const { origin, marking } = record;
  const portions: Portion[] = input.portions.map(({ text, nature, marking: own }) => ({
    text,
    nature,
    // MRK-1: a portion may demand more than its record, never less.
    marking: own === null ? marking : joinMarkings([marking, markingOf(own, origin)]),
  }));
  const problem = aboveClearance(
    portions.map((portion) => portion.marking),
    caller.officer,
  );
  if (problem !== null) return problem;
  return { change: 'corrected', text: { title: input.title, grading: input.grading, portions } };
}
