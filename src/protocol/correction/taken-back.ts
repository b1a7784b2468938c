/** COR-1, COR-3: what a revision that withdraws or erases may still say, and what may follow it. */
import type { KindRules } from '../admission/admit-record.ts';
import type { Trilingual } from '../primitives.ts';
import { type HeldRevision, isAbove } from '../record/held.ts';
import type { RecordDraft, RecordStatus, VerifiedRecord } from '../record/record.ts';
import { type Refusal, refuse } from '../refusal.ts';

/** COR-1: the only titles of what takes a record back. */
export const titlesOfTakenBack: { readonly [S in Exclude<RecordStatus, 'active'>]: Trilingual } = {
  withdrawn: { ar: 'سُحب السجل', fr: 'Fiche retirée', en: 'Record withdrawn' },
  erased: { ar: 'مُحي السجل', fr: 'Fiche effacée', en: 'Record erased' },
};

/** COR-1: information is corrected, withdrawn and erased; what founds trust, permits or corrects has revisions of its own. */
export function isCorrectable(kind: Pick<KindRules, 'foundsTrust' | 'byRelay'>): boolean {
  return !kind.foundsTrust && (kind.byRelay ?? 'with-permission') === 'with-permission';
}

type Said = Pick<
  VerifiedRecord,
  'status' | 'revision' | 'body' | 'portions' | 'cites' | 'grading' | 'marking' | 'title'
>;

/** What takes a record back says nothing of it again. Null: so it is, or it takes nothing back. */
export function problemOfTakenBack(
  record: Said | RecordDraft,
  kind: Pick<KindRules, 'foundsTrust' | 'byRelay'>,
): Refusal | null {
  const { status } = record;
  if (status === 'active') return null;
  if (!isCorrectable(kind) || record.revision === 1) return refuse('record-not-correctable', { at: '/status' });
  const titles: readonly (string | undefined)[] = Object.values(titlesOfTakenBack[status]);
  const says = [
    ['/portions', record.portions.length > 0],
    ['/body', Object.keys(record.body).length > 0],
    ['/cites', record.cites.length > 0],
    ['/grading', record.grading !== undefined],
    ['/title', !titles.includes(record.title)],
    // ACC-14: a condition's note is free text in the clear.
    ['/marking/handling', status === 'erased' && record.marking.handling.length > 0],
  ] as const;
  const more = says.find(([, isSaid]) => isSaid);
  return more === undefined ? null : refuse('revision-not-empty', { at: more[0] });
}

/** COR-3: what was withdrawn may still be erased, and nothing else follows; nothing at all follows an erasure. */
function mayFollow(before: RecordStatus, next: RecordStatus): boolean {
  return before === 'active' || (before === 'withdrawn' && next === 'erased');
}

/** COR-3: a revision that would stand after a withdrawal or an erasure, whichever of the two comes first. */
export function problemOfSuccession(
  { revision, status }: Pick<HeldRevision, 'revision' | 'status'>,
  held: readonly HeldRevision[],
): Refusal | null {
  const follows = held.every(
    (other) =>
      other.revision === revision ||
      (other.revision < revision ? mayFollow(other.status, status) : mayFollow(status, other.status)),
  );
  return follows ? null : refuse('record-withdrawn', { at: '/status' });
}

/** MRK-1: marked above a revision that is held here, what takes it back would hide it from those who work on it. */
export function problemOfTakenBackMarking(
  { status, marking }: Pick<VerifiedRecord, 'status' | 'marking'>,
  held: readonly HeldRevision[],
): Refusal | null {
  if (status === 'active') return null;
  const hides = held.some(({ label }) => label !== null && isAbove(marking, label));
  return hides ? refuse('marking-above-record', { at: '/marking' }) : null;
}
