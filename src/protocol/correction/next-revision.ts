import type { KindRules } from '../admission/admit-record.ts';
import type { Language, RecordId, UnixSeconds } from '../primitives.ts';
import type { Grading, Portion, RecordDraft, RecordReference, RecordStatus, VerifiedRecord } from '../record/record.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { isCorrectable } from './taken-back.ts';
import type { CorrectionChange, CorrectionGround } from './words.ts';

/** What changes. Of a withdrawal and an erasure nothing is said again: neither text nor body. */
export type Change =
  | {
      readonly change: 'corrected';
      readonly title: string;
      /** null: as before */
      readonly grading: Grading | null;
      readonly portions: readonly Portion[];
    }
  | { readonly change: 'withdrawn' | 'erased'; readonly title: string };

export const statusAfter: { readonly [C in CorrectionChange]: RecordStatus } = {
  corrected: 'active',
  withdrawn: 'withdrawn',
  erased: 'erased',
};

/**
 * COR-1: the next revision of a record of our own, of which `head` is the newest, whole. Only information is corrected:
 * what founds trust, permissions and corrections have revisions of their own. COR-3: what was withdrawn is not revived; it
 * may still be erased.
 *
 * @param reviewBy taken where the record's own review date is over.
 */
export function nextRevision(
  head: VerifiedRecord,
  change: Change,
  kind: Pick<KindRules, 'foundsTrust' | 'byRelay'>,
  made: { readonly at: UnixSeconds; readonly today: string; readonly reviewBy: string },
): RecordDraft | Refusal {
  const refusal = problemOfChange(head, change.change, kind);
  if (refusal !== null) return refusal;
  const { grading, ...header } = {
    id: head.id,
    kind: head.kind,
    revision: head.revision + 1,
    previous: head.hash,
    status: statusAfter[change.change],
    origin: head.origin,
    language: head.language,
    createdAt: made.at,
    grading: change.change === 'corrected' ? (change.grading ?? head.grading) : undefined,
    purpose: head.purpose,
    legalBasis: head.legalBasis,
    reviewBy: head.reviewBy > made.today ? head.reviewBy : made.reviewBy,
    marking: head.marking,
    title: change.title,
    desk: head.desk ?? 'liaison',
    links: head.links,
  };
  return {
    ...header,
    ...(grading !== undefined && { grading }),
    // ACC-14: a condition's note is free text in the clear, and an erasure keeps none.
    ...(change.change === 'erased' && { marking: { ...head.marking, handling: [] } }),
    portions: change.change === 'corrected' ? change.portions : [],
    body: change.change === 'corrected' ? head.body : {},
    cites: change.change === 'corrected' ? head.cites : [],
  };
}

/** Why this change may not be made of this record; null where it may. */
export function problemOfChange(
  head: Pick<VerifiedRecord, 'status'>,
  change: CorrectionChange,
  kind: Pick<KindRules, 'foundsTrust' | 'byRelay'>,
): Refusal | null {
  const follows = head.status === 'active' || (head.status === 'withdrawn' && change === 'erased');
  return isCorrectable(kind) && follows ? null : refuse('record-not-correctable', { at: '/status' });
}

/** Why a record was changed, and until when its holders are asked to answer. */
export interface Why {
  readonly ground: CorrectionGround;
  readonly explanation: string;
  readonly respondBy: string;
}

/**
 * COR-1: the record that tells every holder of the change. It bears level and compartments of what is changed, and may
 * go to whoever holds that, so no list limits it: each release of it names one holder. Its title holds nothing of the record.
 */
export function correctionDraft(
  { before, after }: { readonly before: VerifiedRecord; readonly after: VerifiedRecord },
  change: CorrectionChange,
  why: Why,
  made: {
    readonly id: RecordId;
    readonly language: Language;
    readonly title: string;
    readonly desk: string;
    readonly at: UnixSeconds;
    readonly reviewBy: string;
  },
): RecordDraft {
  const { level, compartments, tlp, pap } = before.marking;
  return {
    id: made.id,
    kind: 'correction',
    revision: 1,
    previous: null,
    status: 'active',
    origin: after.origin,
    language: made.language,
    createdAt: made.at,
    purpose: after.purpose,
    legalBasis: after.legalBasis,
    reviewBy: made.reviewBy,
    marking: {
      level,
      compartments,
      handling: [],
      releasableTo: 'any',
      ...(tlp !== undefined && { tlp }),
      ...(pap !== undefined && { pap }),
    },
    title: made.title,
    desk: made.desk,
    portions: [],
    body: { change, ...why, record: after.id, hash: after.hash },
    cites: [],
    links: [
      { ...referenceTo(after), type: 'about' },
      { ...referenceTo(before), type: 'supersedes' },
    ],
  };
}

export function referenceTo({ origin, id, revision, hash }: VerifiedRecord): RecordReference {
  return { origin, record: id, revision, hash };
}
