import { dayOf, daysAfter } from '#src/engine/today.ts';
import type { RecordId, ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { RecordDraft, VerifiedRecord } from '#src/protocol/record/record.ts';
import { type Refusal, refuse } from '#src/protocol/refusal.ts';
import { markingOf } from '../../author-marking.ts';
import type { RequestInput } from '../contract.ts';

const dayMs = 86_400_000;
/** A question that may wait for longer is no question: it is asked anew. */
const respondWithinMs = 366 * dayMs;

/** A request as its author wrote it, ready to be signed. */
export function requestDraft(
  input: RequestInput,
  made: { readonly id: RecordId; readonly origin: ServiceId; readonly desk: string; readonly at: UnixMs },
): RecordDraft | Refusal {
  const respondBy = Date.parse(input.respondBy);
  if (!(respondBy > made.at && respondBy <= made.at + respondWithinMs)) {
    return refuse('request-deadline-invalid', { at: '/respondBy' });
  }
  const urgencyReason = input.urgencyReason?.trim() ?? '';
  if (input.urgency !== 'routine' && urgencyReason === '') return refuse('reason-missing', { at: '/urgencyReason' });
  const marking = markingOf(input.marking, made.origin);
  // A question and the reasons for it are the asker's judgement (ACC-05).
  const portion = (text: string) => ({ text, nature: 'assessment', marking }) as const;
  return {
    id: made.id,
    kind: 'request',
    revision: 1,
    previous: null,
    status: 'active',
    origin: made.origin,
    language: input.language,
    createdAt: Math.floor(made.at / 1_000),
    purpose: input.purpose,
    legalBasis: input.legalBasis,
    reviewBy: daysAfter(dayOf(made.at), 365),
    marking,
    title: input.title,
    desk: made.desk,
    portions: [portion(input.question), portion(input.reasons)],
    body: {
      urgency: input.urgency,
      ...(urgencyReason !== '' && { urgencyReason }),
      respondBy: toSecond(respondBy),
      ...(input.intendedUse !== null && { intendedUse: input.intendedUse }),
    },
    cites: [],
    links: [],
  };
}

/** REQ-3: the next revision of an own request: all that it asked, and one portion more. */
export function clarifiedDraft(request: VerifiedRecord, text: string, at: UnixMs): RecordDraft {
  const given = request.body['clarification'];
  const today = dayOf(at);
  const { title, desk } = request;
  // Of an own record every disclosure is here.
  if (title === undefined || desk === undefined) throw new Error('an own record lacks disclosures');
  return {
    id: request.id,
    kind: request.kind,
    revision: request.revision + 1,
    previous: request.hash,
    status: 'active',
    origin: request.origin,
    language: request.language,
    createdAt: Math.floor(at / 1_000),
    purpose: request.purpose,
    legalBasis: request.legalBasis,
    reviewBy: request.reviewBy > today ? request.reviewBy : daysAfter(today, 365),
    marking: request.marking,
    title,
    desk,
    portions: [...request.portions, { text, nature: 'assessment', marking: request.marking }],
    body: { ...request.body, clarification: (typeof given === 'number' ? given : 0) + 1 },
    cites: request.cites,
    links: request.links,
  };
}

function toSecond(at: UnixMs): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
