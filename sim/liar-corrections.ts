/** Lies of an origin about records of its own that others hold: it revives, hides, or says more where it takes back. */
import { correctionDraft, referenceTo } from '#src/protocol/correction/next-revision.ts';
import { titlesOfTakenBack } from '#src/protocol/correction/taken-back.ts';
import type { RecordDraft, VerifiedRecord } from '#src/protocol/record/record.ts';
import { draftOf, type Lie, sendWhole } from './lie.ts';
import type { SimNode } from './node.ts';
import { blank, issue } from './writing.ts';

/** The newest revision of a record of its own that its victim has. */
function given(node: SimNode, to: string): VerifiedRecord[] {
  return [...node.disk.heads.group(node.service)].flatMap(({ hash }) => {
    const record = node.disk.records.get(hash);
    const isThere = record !== undefined && node.disk.holders.get(`${hash} ${to}`) !== undefined;
    return isThere && record.kind === 'report' && record.status === 'active' ? [record] : [];
  });
}

/** Its erasure, as its origin should write it. */
function emptied(before: VerifiedRecord): RecordDraft {
  const { grading: _, ...rest } = draftOf(before);
  return {
    ...rest,
    ...{ revision: before.revision + 1, previous: before.hash, status: 'erased' },
    ...{ title: titlesOfTakenBack.erased.en, portions: [], body: {}, cites: [] },
    marking: { ...before.marking, handling: [] },
  };
}

/** COR-3: takes a record back as it should, and then goes on with it. */
export const revivesWithdrawn: Lie = (node, to, random, after) => {
  const standing = given(node, to);
  if (standing.length === 0) return;
  const before = random.pick(standing);
  const gone = issue(node, emptied(before), [], random, after);
  sendWhole(node, to, gone);
  const revival = { ...draftOf(before), revision: gone.revision + 1, previous: gone.hash, title: 'here again' };
  sendWhole(node, to, issue(node, revival, [], random, after));
};

/** COR-1, MRK-1: takes back, and says more, or hides that it did. */
export const takesBackBadly: Lie = (node, to, random, after) => {
  const standing = given(node, to);
  if (standing.length === 0) return;
  const before = random.pick(standing);
  const { marking, ...erasure } = emptied(before);
  const bad: Partial<RecordDraft> = random.pick([
    { marking: { ...marking, level: 4 as const } },
    { marking: { ...marking, compartments: ['unheard-of'] } },
    { portions: before.portions },
    { body: before.body },
    { title: before.title ?? 'the old title' },
  ]);
  const draft = { marking, ...erasure, ...bad };
  sendWhole(node, to, issue(node, draft, [], random, after));
};

/** COR-1: a correction that names another revision than the one that its victim holds. */
export const misnamesInCorrection: Lie = (node, to, random, after) => {
  const standing = given(node, to);
  if (standing.length === 0) return;
  const before = random.pick(standing);
  const { id, language, createdAt, reviewBy, desk } = blank(node, random);
  const other = { ...referenceTo(before), revision: before.revision + 1, hash: before.hash };
  const why = { ground: 'factual-error', explanation: 'another one', respondBy: '2026-12-31' } as const;
  const made = { id, language, title: 'Correction', desk, at: createdAt, reviewBy };
  const changed = { ...before, revision: other.revision } as VerifiedRecord;
  const draft = correctionDraft({ before, after: changed }, 'corrected', why, made);
  sendWhole(node, to, issue(node, draft, [], random, after));
};
