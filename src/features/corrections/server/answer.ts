import { giveAnswer } from '#src/engine/answer-correction.ts';
import type { UnixMs } from '#src/protocol/primitives.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { Caller, Handlers } from '../../handlers.ts';
import { once } from '../../idempotency.ts';
import { nameResolved } from '../../resolving.ts';
import type { CorrectionAnswerInput, corrections } from '../contract.ts';
import { asNode } from './as-node.ts';
import type { CorrectionDeps } from './change.ts';

type AnswerRoutes = Pick<Handlers<typeof corrections>, 'answerCorrection'>;

/** COR-2: a holder answers a partner's correction, in the name of the officer who decides it. */
export function answerRoutes(deps: CorrectionDeps): AnswerRoutes {
  const { database, signing, sealer } = deps;
  return {
    async answerCorrection(input, caller) {
      const problem = problemOfInput(input.body);
      if (problem !== null) return problem;
      const at = deps.clock.now();
      const wake: string[] = [];
      const made = await database.asActor(caller.actor, (tx) =>
        once(tx, caller, input, { at, primitives: signing.primitives, database }, async () => {
          await nameResolved(database, tx, input.params.id);
          const unit = database.unit(tx);
          const given = await giveAnswer(unit, input.params.id, answerOf(input.body), authorOf(caller, at), {
            ...signing,
            sealer,
            at,
            asNode: (work) => asNode(database, tx, caller, work),
          });
          if (isRefusal(given)) return given;
          wake.push(...given.wake);
          return { record: given.record, hash: given.hash };
        }),
      );
      if (isRefusal(made)) return made;
      for (const peer of wake) deps.wake(peer);
      for (const topic of ['inbox', 'records'] as const) deps.announce(topic);
      return made;
    },
  };
}

function authorOf(caller: Caller, at: UnixMs) {
  const [desk = 'liaison'] = caller.officer.desks;
  return { officer: caller.officer.id, language: caller.language, desk, at };
}

/** The kind's rule says the same; said here it names the field of the screen. */
function problemOfInput({ answer, case: reference, stage, ground }: CorrectionAnswerInput): Refusal | null {
  const reliedOn = answer === 'relied-on';
  if (reliedOn !== (reference !== undefined)) return refuse('input-invalid', { at: '/case' });
  if (reliedOn !== (stage !== undefined)) return refuse('input-invalid', { at: '/stage' });
  return (answer === 'refused') === (ground !== undefined) ? null : refuse('input-invalid', { at: '/ground' });
}

function answerOf({ answer, case: reference, stage, ground, explanation }: CorrectionAnswerInput) {
  return {
    answer,
    ...(reference !== undefined && { case: reference }),
    ...(stage !== undefined && { stage }),
    ...(ground !== undefined && { ground }),
    ...(explanation !== undefined && { explanation }),
  };
}
