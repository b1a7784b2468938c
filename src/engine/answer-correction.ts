/** COR-2: what this service says to a partner's correction, and what it does with its copy. */
import { correctionAnswerWords } from '#src/kinds/correction-answer/captions.ts';
import type { StoreUnit } from '#src/ports/store.ts';
import type { StoredCorrection } from '#src/ports/store-corrections.ts';
import { mayAnswer } from '#src/protocol/correction/board.ts';
import { problemOfAnswer } from '#src/protocol/correction/claims.ts';
import type { CorrectionAnswer, CorrectionRefusalGround, ReliedOnStage } from '#src/protocol/correction/words.ts';
import type { Language, RecordHash, RecordId, ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { RecordDraft, VerifiedRecord } from '#src/protocol/record/record.ts';
import { verifyRecord } from '#src/protocol/record/verify.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import { eraseHere } from './enter-correction.ts';
import { giveToEach } from './give-to.ts';
import { issue, journalLine, keepOwn } from './issue.ts';
import { newRecordId } from './record-id.ts';
import { storedKeyOf } from './stored-keys.ts';
import type { TellDeps } from './tell-onward.ts';
import { dayOf, daysAfter } from './today.ts';

export interface Answer {
  readonly answer: CorrectionAnswer;
  readonly case?: string;
  readonly stage?: ReliedOnStage;
  readonly ground?: CorrectionRefusalGround;
  readonly explanation?: string;
}
export interface Author {
  readonly officer: string;
  readonly language: Language;
  readonly desk: string;
  readonly at: UnixMs;
}
/** What is done beyond what the officer sees runs as the node. */
type AnswerDeps = TellDeps & { asNode<T>(work: () => Promise<T>): Promise<T> };

/**
 * Signs and keeps the answer, does with the copy what it says, and queues it for the origin by whatever way leads there.
 * Refusals: `correction-answer-unfit`, `already-decided`, `revision-superseded`.
 */
export async function giveAnswer(
  unit: StoreUnit,
  id: RecordId,
  answer: Answer,
  by: Author,
  deps: AnswerDeps,
): Promise<{ record: RecordId; hash: RecordHash; wake: readonly ServiceId[] } | Refusal> {
  const asked = await deps.asNode(() => correctionAsked(unit, id, deps));
  if (isRefusal(asked)) return asked;
  const { correction, record, head, last, desks } = asked;
  if (!mayAnswer(last)) return refuse('already-decided');
  // What did not come cannot have replaced anything.
  const unfit =
    problemOfAnswer(answer.answer, correction.change) ??
    (answer.answer === 'replaced' && head?.hash !== correction.about.hash ? refuse('correction-answer-unfit') : null);
  if (unfit !== null) return unfit;
  const signed = await issue(answerDraft(record, answer, by, deps), deps);
  if (isRefusal(signed)) return signed;
  await keepOwn(unit, signed, { officer: by.officer, desks: [...desks, 'liaison'], at: by.at });
  const about = { id: correction.about.record, hash: head?.hash ?? correction.about.hash };
  await unit.appendJournal(journalLine(by.officer, `correction.answered.${answer.answer}`, about, by.at));
  const wake = await deps.asNode(async () => {
    await actOn(unit, answer.answer, correction, by.at);
    // It stands also where its origin is not reached: what was done with the copy is done.
    return giveToEach(unit, signed, [correction.origin], 'correction-answer.undeliverable', deps);
  });
  return { record: signed.id, hash: signed.hash, wake };
}

/** COR-2: a later correction of the same record says all that counts now; who answers that has answered. */
export async function isSuperseded(unit: StoreUnit, { record, about }: StoredCorrection): Promise<boolean> {
  const [newest] = await unit.correctionsAbout(about.record);
  return newest !== undefined && newest.record !== record && newest.about.revision > about.revision;
}

async function correctionAsked(unit: StoreUnit, id: RecordId, { primitives }: AnswerDeps) {
  const correction = await unit.correction(id);
  if (correction && (await isSuperseded(unit, correction))) return refuse('revision-superseded');
  const sdJwt = correction && (await unit.sdJwt(correction.hash));
  if (!correction || !sdJwt) return refuse('not-found');
  const record = verifyRecord(sdJwt, await storedKeyOf(unit, correction.origin), primitives);
  if (isRefusal(record)) return record;
  return {
    correction,
    record,
    head: await unit.head(correction.about.record),
    last: (await unit.answersTo(id)).at(-1)?.answer ?? null,
    desks: await unit.desks(id),
  };
}

function answerDraft(correction: VerifiedRecord, answer: Answer, by: Author, deps: AnswerDeps): RecordDraft {
  const { origin, id: record, revision, hash, marking } = correction;
  return {
    id: newRecordId(deps, by.at),
    kind: 'correction-answer',
    revision: 1,
    previous: null,
    status: 'active',
    origin: deps.keyring.identity.service,
    language: by.language,
    createdAt: Math.floor(by.at / 1_000),
    purpose: correction.purpose,
    legalBasis: correction.legalBasis,
    reviewBy: daysAfter(dayOf(by.at), 365),
    // MRK-1: as high as what it answers, and for its origin alone.
    marking: { ...marking, handling: [], releasableTo: [origin] },
    title: correctionAnswerWords.caption[by.language],
    desk: by.desk,
    portions: [],
    body: { ...answer },
    cites: [],
    links: [{ origin, record, revision, hash, type: 'replies-to' }],
  };
}

/** COR-3, ACC-14: quarantined where the new text is not accepted; erased where that was asked. Relied on stays as it is. */
async function actOn(
  unit: StoreUnit,
  answer: CorrectionAnswer,
  correction: StoredCorrection,
  at: UnixMs,
): Promise<void> {
  const head = await unit.head(correction.about.record);
  if (head === null) return;
  if (answer === 'quarantined' && head.state === 'active') {
    await unit.setHead({ ...head, state: 'quarantined' }, at);
    await unit.appendJournal(journalLine(null, 'record.quarantined', { id: head.record, hash: head.hash }, at));
  }
  if (answer === 'erased') await eraseHere(unit, head.record, head.hash, at);
}
