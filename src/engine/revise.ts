/** COR-1: the next revision of a record of our own, and the correction record that tells its holders why. */
import { correctionWords } from '#src/kinds/correction/captions.ts';
import { kindOf } from '#src/kinds/index.ts';
import type { StoreUnit } from '#src/ports/store.ts';
import { type Change, correctionDraft, nextRevision, type Why } from '#src/protocol/correction/next-revision.ts';
import type { CorrectionChange } from '#src/protocol/correction/words.ts';
import type { Language, UnixMs } from '#src/protocol/primitives.ts';
import type { Grading, Portion, VerifiedRecord } from '#src/protocol/record/record.ts';
import { isRefusal, type Refusal } from '#src/protocol/refusal.ts';
import type { Signing } from './deps.ts';
import { issue, keepOwn } from './issue.ts';
import { newRecordId } from './record-id.ts';
import { dayOf, daysAfter } from './today.ts';

/** A year is long enough for those who have to answer, and short enough to be looked at again. */
const reviewDays = 365;

export interface NewText {
  readonly title: string;
  readonly grading: Grading | null;
  readonly portions: readonly Portion[];
}
export type Revising =
  | { readonly change: 'corrected'; readonly text: NewText }
  | { readonly change: 'withdrawn' | 'erased' };

export interface Revised {
  readonly before: VerifiedRecord;
  readonly after: VerifiedRecord;
  readonly correction: VerifiedRecord;
  readonly change: CorrectionChange;
}

/** Signs both records; nothing is kept yet. `head`: the newest revision, whole. */
export async function signRevision(
  head: VerifiedRecord,
  revising: Revising,
  why: Why,
  by: Signing & { readonly at: UnixMs; readonly language: Language; readonly desk: string },
): Promise<Revised | Refusal> {
  const kind = kindOf(head.kind);
  if (!kind) throw new Error(`a record of our own has an unknown kind: ${head.kind}`);
  const today = dayOf(by.at);
  const made = { at: Math.floor(by.at / 1_000), today, reviewBy: daysAfter(today, reviewDays) };
  const draft = nextRevision(head, changeOf(head, revising), kind, made);
  if (isRefusal(draft)) return draft;
  const after = await issue(draft, by);
  if (isRefusal(after)) return after;
  const correction = await issue(
    correctionDraft({ before: head, after }, revising.change, why, {
      ...made,
      id: newRecordId(by, by.at),
      language: by.language,
      title: titleOf(revising.change, by.language),
      desk: by.desk,
    }),
    by,
  );
  return isRefusal(correction) ? correction : { before: head, after, correction, change: revising.change };
}

/** Keeps both as our own, on the desks where the record is worked on, with who did it. */
export async function keepRevision(
  unit: StoreUnit,
  { after, correction, change }: Revised,
  kept: { readonly officer: string; readonly desks: readonly string[]; readonly at: UnixMs },
): Promise<void> {
  await keepOwn(unit, after, { ...kept, act: `record.${change}` });
  await keepOwn(unit, correction, kept);
}

function changeOf(head: VerifiedRecord, revising: Revising): Change {
  if (revising.change === 'corrected') return { change: 'corrected', ...revising.text };
  // Nothing of the record is said again, its title least of all.
  return { change: revising.change, title: titleOf(revising.change, head.language) };
}

function titleOf(change: CorrectionChange, language: Language): string {
  const caption = correctionWords.captions[`change/${change}`];
  if (!caption) throw new Error(`there is no caption of ${change}`);
  return caption[language];
}
