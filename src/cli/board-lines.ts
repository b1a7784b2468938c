import { refusalCode } from '#src/features/client.ts';
import type { Delivery } from '#src/features/contract.ts';
import type { RecordView } from '#src/features/records/contract.ts';
import { refusalSentences } from '#src/protocol/refusal-text.ts';
import type { MessageKey, Say } from './messages.ts';
import { moment } from './time.ts';

type Holder = RecordView['holders'][number];

/** Per recipient: queued → delivered → read → decided → outcome, each with its time, or the refusal and its rule. */
export function boardLines(view: RecordView, say: Say): string[] {
  const head = `${view.title ?? view.kind} — ${view.record}`;
  const board = view.deliveries.map(({ recipient }) => recipient.code);
  const further = view.holders.filter(({ service }) => !board.includes(service.code));
  if (board.length + further.length === 0) return [head, `  ${say('status.nowhere')}`];
  return [
    head,
    ...view.deliveries.flatMap((delivery) => deliveryLines(delivery, say)),
    ...further.map((holder) => holderLine(holder, say)),
  ];
}

/** REL-3: who holds it otherwise than by a release of ours that the board shows. */
function holderLine({ service, state, since }: Holder, say: Say): string {
  const holds = say(state === 'confirmed' ? 'status.holds' : 'status.given-to');
  return `  ${service.names[say.language]} (${service.code})  ${holds}  ${moment(since, say)}`;
}

function deliveryLines(delivery: Delivery, say: Say): string[] {
  const steps: readonly (readonly [MessageKey, string | null])[] = [
    ['step.queued', delivery.queuedAt],
    ['step.delivered', delivery.deliveredAt],
    ['step.read', delivery.readAt],
    ['step.decided', delivery.decidedAt],
    ['step.outcome', delivery.outcomeAt],
  ];
  const { decision, outcome, refusal, portionsWithheld } = delivery;
  return [
    `  ${delivery.recipient.names[say.language]} (${delivery.recipient.code})`,
    ...steps.filter(([, at]) => at !== null).map(([step, at]) => `    ✓ ${say(step)}  ${moment(at, say)}`),
    ...(decision === null ? [] : [`      ${decisionSentence(decision.decision, say)} — ${decision.record}`]),
    ...(outcome === null ? [] : [`      ${say('status.outcome-record')} — ${outcome.record}`]),
    ...(refusal === null ? [] : refusalLines(refusal, say)),
    ...(portionsWithheld === 0 ? [] : [`    ${say('status.withheld', { count: portionsWithheld })}`]),
  ];
}

export function decisionSentence(decision: string, say: Say): string {
  switch (decision) {
    case 'act':
    case 'no-action':
    case 'already-known':
    case 'need-more':
      return say(`decision.${decision}`);
    default:
      return decision;
  }
}

function refusalLines(refusal: NonNullable<Delivery['refusal']>, say: Say): string[] {
  const code = refusalCode(refusal.code);
  const sentences = code ? refusalSentences({ code }, say.language) : { says: refusal.code, next: '' };
  return [
    `    ✗ ${say(refusal.by === 'us' ? 'status.refused-by-us' : 'status.refused-by-them')}  ${moment(refusal.at, say)}`,
    `      ${sentences.says} [${refusal.rule} · ${refusal.code}]`,
    `      ${sentences.next}`,
  ];
}
