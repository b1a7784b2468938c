/** What corrections, answers to them, and withdrawn records change here when they arrive (COR-1 … COR-3). */
import type { StoreUnit } from '#src/ports/store.ts';
import type { HeldTarget } from '#src/protocol/admission/admit-record.ts';
import { headStateAfter, mayAnswer } from '#src/protocol/correction/board.ts';
import { answerClaims, correctionClaims, problemOfAnswer } from '#src/protocol/correction/claims.ts';
import { problemOfCorrection } from '#src/protocol/correction/problem-of-correction.ts';
import type { CorrectionChange } from '#src/protocol/correction/words.ts';
import type { RecordHash, RecordId, ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { RecordStatus, VerifiedRecord } from '#src/protocol/record/record.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import { enterCorrection } from './enter-correction.ts';
import { flagCitations, flagWhatItCites } from './flag-citations.ts';
import { journalLine } from './issue.ts';

/** Why a correction or an answer to one is not taken, although its form and its way are right; null: it is. */
export async function problemOfCorrectionHere(
  unit: StoreUnit,
  record: VerifiedRecord,
  targets: ReadonlyMap<RecordId, HeldTarget>,
  self: ServiceId,
): Promise<Refusal | null> {
  if (record.kind === 'correction-answer') return problemOfTakenAnswer(unit, record, self);
  if (record.kind !== 'correction') return null;
  const about = record.links.find(({ type }) => type === 'about')?.record;
  const target = about === undefined ? undefined : targets.get(about);
  if (about === undefined || target === undefined) return problemOfCorrection(record, null, []);
  return problemOfCorrection(record, target, await namedRevisions(unit, about, target.origin));
}

/** REC-4: which revisions of a record its origin has named in corrections, held here or not. */
export async function namedRevisions(
  unit: StoreUnit,
  record: RecordId,
  origin: ServiceId,
): Promise<{ revision: number; hash: RecordHash }[]> {
  const corrections = (await unit.correctionsAbout(record)).filter((each) => each.origin === origin);
  return corrections.map(({ about: { revision, hash } }) => ({ revision, hash }));
}

async function problemOfTakenAnswer(unit: StoreUnit, record: VerifiedRecord, self: ServiceId): Promise<Refusal | null> {
  const claims = answerClaims(record);
  if (isRefusal(claims)) return claims;
  const correction = await unit.correction(claims.to.record);
  if (correction === null || correction.origin !== self || correction.hash !== claims.to.hash) {
    return refuse('link-target-unknown', { at: '/links' });
  }
  return problemOfAnswer(claims.answer, correction.change) ?? problemOfSequel(unit, record, claims.to.record);
}

/** COR-2: what is replaced or erased there is not there any more, so nothing else can be said of it. */
async function problemOfSequel(unit: StoreUnit, record: VerifiedRecord, correction: RecordId): Promise<Refusal | null> {
  const given = (await unit.answersTo(correction)).filter(({ origin }) => origin === record.origin);
  if (given.every(({ answer }) => mayAnswer(answer)) || (await unit.sdJwt(record.hash)) !== null) return null;
  return refuse('correction-answer-unfit', { at: '/answer' });
}

/** After the record is kept. `moved`: it has become the newest revision of a record that was held before. */
export async function applyCorrection(
  unit: StoreUnit,
  record: VerifiedRecord,
  moved: boolean,
  from: ServiceId,
  at: UnixMs,
): Promise<void> {
  if (record.cites.length + record.links.length > 0) await flagWhatItCites(unit, record, at);
  const change = moved ? changeOfStatus(record.status) : null;
  if (change !== null) {
    const { origin, id, hash, revision } = record;
    await flagCitations(unit, { origin, record: id, hash, revision }, change, at);
    await unit.appendJournal(journalLine(null, 'record.quarantined', record, at, { service: from, reason: change }));
  }
  if (record.kind === 'correction') await takeIn(unit, record, from, at);
}

function changeOfStatus(status: RecordStatus): CorrectionChange | null {
  return status === 'active' ? null : status;
}

async function takeIn(unit: StoreUnit, correction: VerifiedRecord, from: ServiceId, at: UnixMs): Promise<void> {
  const claims = correctionClaims(correction);
  if (isRefusal(claims)) throw new Error('a correction is read before it is kept');
  const known = await unit.correction(correction.id);
  const { about, change } = claims;
  if (known !== null) return bringUpAgain(unit, correction, from, at);
  await enterCorrection(unit, correction);
  await flagCitations(unit, about, change, at);
  const head = await unit.head(about.record);
  if (head === null) return;
  const state = headStateAfter(head, claims);
  if (state === head.state) return;
  await unit.setHead({ ...head, state }, at);
  const line = { id: head.record, hash: head.hash };
  await unit.appendJournal(journalLine(null, 'record.quarantined', line, at, { service: from, reason: change }));
}

/** COR-4: the same correction again is a reminder: it rises in the inbox, and nothing else happens. */
async function bringUpAgain(unit: StoreUnit, correction: VerifiedRecord, from: ServiceId, at: UnixMs): Promise<void> {
  const head = await unit.head(correction.id);
  if (head === null) return;
  await unit.setHead(head, at);
  await unit.appendJournal(journalLine(null, 'correction.reminded', correction, at, { service: from }));
}
