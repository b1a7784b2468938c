/** What an officer may do with a record now. The writing routes decide again; this is what the screen offers. */
import type { Tx } from '#src/ports/database.ts';
import type { RecordId, ServiceId } from '#src/protocol/primitives.ts';
import { type Ability, may } from '../../abilities.ts';
import { hasOpenFlag } from '../../citation-flags.ts';
import type { SignedInOfficer } from '../../handlers.ts';
import { hasOpenCorrection } from '../../open-corrections.ts';
import { ownDecision } from '../../own-decision.ts';

export interface ActedOn {
  readonly record: RecordId;
  readonly hash: string;
  readonly kind: string;
  readonly origin: ServiceId;
  readonly state: string;
  readonly status: string;
}

/** Kinds that carry information; the others speak about records, about trust or about each other. */
const informing = new Set(['report', 'outcome', 'answer']);

export async function allowedActions(
  tx: Tx,
  record: ActedOn,
  officer: SignedInOfficer,
  self: ServiceId,
): Promise<string[]> {
  const ours = record.origin === self;
  const mayNow = (ability: Ability) => may(officer.role, ability);
  const answers = !ours && mayNow('answer-correction') && (await hasOpenCorrection(tx, record.record, self));
  // COR-3: a quarantined record is resolved, and nothing else is done with it.
  if (record.state !== 'active') {
    const erases = ours && record.status === 'withdrawn' && mayNow('correct');
    return [...(erases ? ['erase'] : []), ...(answers ? ['answer-correction'] : [])];
  }
  const decision = !ours && record.kind === 'report' ? await ownDecision(tx, record.record, self) : undefined;
  const agreement = record.kind === 'agreement' && mayNow('agree') ? await openAgreement(tx, record.record) : undefined;
  const informs = informing.has(record.kind);
  const allowed: readonly [string, boolean][] = [
    ['decide', (decision === null || decision === 'need-more') && mayNow('decide')],
    ['report-outcome', decision === 'act' && mayNow('report-outcome')],
    ['assent', agreement?.hash === record.hash && agreement.our_assent_at === null],
    ['end-agreement', agreement !== undefined],
    // REL-3: of another's record, by its origin's permission; the preview says which partner has one.
    ['release', informs && mayNow('release')],
    ['assign-desk', mayNow('assign-desk')],
    // PRM-1: only the origin can permit; of our own record there is nobody to ask.
    ['ask-permission', !ours && informs && mayNow('ask-permission')],
    ['use', informs && mayNow('use')],
    ['cite', informs && mayNow('compose')],
    ['correct', ours && informs && mayNow('correct')],
    ['withdraw', ours && informs && mayNow('correct')],
    ['erase', ours && informs && mayNow('correct')],
    ['answer-correction', answers],
    ['review-citation', ours && mayNow('compose') && (await hasOpenFlag(tx, record.record))],
  ];
  return allowed.filter(([, is]) => is).map(([action]) => action);
}

function openAgreement(tx: Tx, record: RecordId) {
  return tx
    .selectFrom('agreement')
    .select(['hash', 'our_assent_at'])
    .where('record_id', '=', record)
    .where('ended_at', 'is', null)
    .orderBy('revision', 'desc')
    .executeTakeFirst();
}
