import { isCalendarDate } from '../calendar.ts';
import type { CalendarDate } from '../primitives.ts';
import type { RecordLink, RecordReference, VerifiedRecord } from '../record/record.ts';
import { isDigest, isOneOf, isText } from '../record/shape.ts';
import { type Refusal, refuse } from '../refusal.ts';
import {
  type CorrectionAnswer,
  type CorrectionChange,
  type CorrectionGround,
  type CorrectionRefusalGround,
  correctionAnswers,
  correctionChanges,
  correctionGrounds,
  correctionRefusalGrounds,
  type ReliedOnStage,
  reliedOnStages,
} from './words.ts';

type Read = Pick<VerifiedRecord, 'origin' | 'body' | 'links'>;

/** What a correction record says, beside its explanation. */
export interface CorrectionClaims {
  readonly change: CorrectionChange;
  readonly ground: CorrectionGround;
  readonly respondBy: CalendarDate;
  /** The revision that counts from now on, and the newest one that it replaces. */
  readonly about: RecordReference;
  readonly supersedes: RecordReference;
}

/** COR-1: body and links name the same record, of the same origin, and the new revision is the later one. */
export function correctionClaims({ origin, body, links }: Read): CorrectionClaims | Refusal {
  const { change, ground, respondBy, record, hash } = body;
  if (!isOneOf(change, correctionChanges)) return refuse('record-body-invalid', { at: '/change' });
  if (!isOneOf(ground, correctionGrounds)) return refuse('record-body-invalid', { at: '/ground' });
  if (!isCalendarDate(respondBy)) return refuse('record-body-invalid', { at: '/respondBy' });
  const about = only(links, 'about');
  const supersedes = only(links, 'supersedes');
  const agree =
    about !== null &&
    supersedes !== null &&
    isDigest(hash) &&
    about.hash === hash &&
    about.record === record &&
    supersedes.record === record &&
    about.origin === origin &&
    supersedes.origin === origin &&
    about.revision > supersedes.revision;
  return agree ? { change, ground, respondBy, about, supersedes } : refuse('correction-mismatch', { at: '/links' });
}

export interface AnswerClaims {
  readonly answer: CorrectionAnswer;
  readonly case: string | null;
  readonly stage: ReliedOnStage | null;
  readonly ground: CorrectionRefusalGround | null;
  /** The correction that it answers. */
  readonly to: RecordReference;
}

/** COR-2: what a holder says. Its kind's rule has tied case, stage and ground to the answer already. */
export function answerClaims({ body, links }: Omit<Read, 'origin'>): AnswerClaims | Refusal {
  const { answer, case: reference, stage, ground } = body;
  if (!isOneOf(answer, correctionAnswers)) return refuse('record-body-invalid', { at: '/answer' });
  const to = only(links, 'replies-to');
  if (to === null) return refuse('correction-mismatch', { at: '/links' });
  return {
    answer,
    case: isText(reference, Number.POSITIVE_INFINITY) ? reference : null,
    stage: isOneOf(stage, reliedOnStages) ? stage : null,
    ground: isOneOf(ground, correctionRefusalGrounds) ? ground : null,
    to,
  };
}

/** COR-2: nothing is replaced that was withdrawn, and only an erasure is answered by an erasure. Null: it fits. */
export function problemOfAnswer(answer: CorrectionAnswer, change: CorrectionChange): Refusal | null {
  const fits = answer === 'replaced' ? change === 'corrected' : answer === 'erased' ? change === 'erased' : true;
  return fits ? null : refuse('correction-answer-unfit', { at: '/answer' });
}

/** Just one link of this type, or null. */
function only(links: readonly RecordLink[], type: RecordLink['type']): RecordReference | null {
  const [first, second] = links.filter((link) => link.type === type);
  if (first === undefined || second !== undefined) return null;
  const { origin, record, revision, hash } = first;
  return { origin, record, revision, hash };
}
