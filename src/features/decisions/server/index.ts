import type { Signing } from '#src/engine/deps.ts';
import { issue, journalLine, keepOwn } from '#src/engine/issue.ts';
import { newRecordId } from '#src/engine/record-id.ts';
import { releaseTo } from '#src/engine/release.ts';
import { dayOf, daysAfter } from '#src/engine/today.ts';
import { kindOf } from '#src/kinds/index.ts';
import type { Clock } from '#src/ports/clock.ts';
import type { Database, Tx } from '#src/ports/database.ts';
import type { Json, ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { Portion, RecordDraft, VerifiedRecord } from '#src/protocol/record/record.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { Announce, Caller, Handlers } from '../../handlers.ts';
import { once } from '../../idempotency.ts';
import type { decisionRoutes as contract, DecisionInput, OutcomeInput } from '../contract.ts';
import { type DecidedReport, decidedReport } from './decided-report.ts';

export interface DecisionDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly signing: Signing;
  readonly announce: Announce;
  wake(peer: ServiceId): void;
}

interface Answer {
  readonly kind: 'disposition' | 'outcome';
  readonly body: { readonly [field: string]: Json };
  readonly portions: readonly Portion[];
  /** Desks beside those of the report. */
  readonly desks: readonly string[];
}

export function decisionRoutes(deps: DecisionDeps): Handlers<typeof contract> {
  const self = deps.signing.keyring.identity.service;

  /** Answers a report once: signs the answer, keeps it, gives it to the report's origin. */
  async function answerOnce(
    caller: Caller,
    input: { readonly params: { readonly id: string }; readonly body: unknown },
    answerTo: (report: DecidedReport) => Answer | Refusal,
  ): Promise<{ record: string; hash: string } | Refusal> {
    const at = deps.clock.now();
    let origin: ServiceId | null = null;
    const made = await deps.database.asActor(caller.actor, (tx) =>
      once(tx, caller, input, { at, primitives: deps.signing.primitives, database: deps.database }, async () => {
        const report = await decidedReport(tx, input.params.id);
        if (isRefusal(report)) return report;
        const answer = answerTo(report);
        if (isRefusal(answer)) return answer;
        const record = await issue(draftOf(report, answer, caller, at), deps.signing);
        if (isRefusal(record)) return record;
        await keep(tx, record, report, answer, caller, at);
        origin = report.reference.origin;
        return { record: record.id, hash: record.hash };
      }),
    );
    if (origin !== null) deps.wake(origin);
    deps.announce('inbox');
    deps.announce('records');
    return made;
  }

  function draftOf(report: DecidedReport, answer: Answer, caller: Caller, at: UnixMs): RecordDraft {
    return {
      id: newRecordId(deps.signing, at),
      kind: answer.kind,
      revision: 1,
      previous: null,
      status: 'active',
      origin: self,
      language: caller.language,
      createdAt: Math.floor(at / 1_000),
      purpose: report.purpose,
      legalBasis: report.legalBasis,
      reviewBy: daysAfter(dayOf(at), 365),
      marking: report.marking,
      title: kindOf(answer.kind)?.caption[caller.language] ?? answer.kind,
      desk: caller.officer.desks[0] ?? 'liaison',
      portions: answer.portions,
      body: answer.body,
      cites: [],
      links: [{ ...report.reference, type: 'replies-to' }],
    };
  }

  async function keep(
    tx: Tx,
    record: VerifiedRecord,
    report: DecidedReport,
    answer: Answer,
    caller: Caller,
    at: UnixMs,
  ): Promise<void> {
    const unit = deps.database.unit(tx);
    const officer = caller.officer.id;
    await keepOwn(unit, record, { officer, desks: [...report.desks, ...answer.desks], at });
    const about = { id: report.reference.record, hash: report.reference.hash };
    for (const desk of answer.desks) {
      await unit.putOnDesk(about.id, desk, officer, at);
      await unit.appendJournal(journalLine(officer, 'desk.assigned', about, at, { reason: desk }));
    }
    await unit.appendJournal(journalLine(officer, `report.answered.${answer.kind}`, about, at));
    const asked = { officer, at, self, randomBytes: deps.signing.randomBytes, onFault: deps.signing.onFault };
    await releaseTo(unit, record, [report.reference.origin], asked);
  }

  return {
    async decide(input, caller) {
      return answerOnce(caller, input, () => dispositionOf(input.body));
    },
    async reportOutcome(input, caller) {
      return answerOnce(caller, input, (report) => outcomeOf(input.body, report));
    },
  };
}

function dispositionOf(input: DecisionInput): Answer | Refusal {
  const reason = input.reason?.trim() ?? '';
  if (input.decision !== 'act' && reason === '') return refuse('reason-missing', { at: '/reason' });
  return {
    kind: 'disposition',
    body: { decision: input.decision, ...(reason !== '' && { reason }) },
    portions: [],
    desks: input.decision === 'act' && input.assignTo !== undefined ? [input.assignTo] : [],
  };
}

function outcomeOf(input: OutcomeInput, report: DecidedReport): Answer | Refusal {
  const kinds = new Set(input.results.map(({ result }) => result));
  const counted = input.results.every(({ result, count }) => (result === 'none-yet') === (count === null));
  const alone = !kinds.has('none-yet') || kinds.size === 1;
  if (!counted || !alone || kinds.size !== input.results.length)
    return refuse('result-count-invalid', { at: '/results' });
  return {
    kind: 'outcome',
    body: { results: input.results },
    portions: [{ text: input.text, nature: input.nature, marking: report.marking }],
    desks: [],
  };
}
