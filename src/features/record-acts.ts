/**
 * What an officer may do with a record now, decided once: what the screen lists is what is done, and what is not listed is
 * refused, whoever asks and however.
 */
import { kindOf } from '#src/kinds/index.ts';
import type { Database, Tx } from '#src/ports/database.ts';
import { problemOfChange } from '#src/protocol/correction/next-revision.ts';
import type { CorrectionChange } from '#src/protocol/correction/words.ts';
import type { RecordHash, RecordId, ServiceId } from '#src/protocol/primitives.ts';
import type { RecordStatus } from '#src/protocol/record/record.ts';
import { type Refusal, refuse } from '#src/protocol/refusal.ts';
import { type Ability, may } from './abilities.ts';
import { hasOpenFlag } from './citation-flags.ts';
import type { Caller, SignedInOfficer } from './handlers.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { problemOfOpenCorrection } from './open-corrections.ts';
import { ownDecision } from './own-decision.ts';

export interface ActedOn {
  readonly record: RecordId;
  readonly hash: RecordHash;
  readonly kind: string;
  readonly origin: ServiceId;
  readonly state: string;
  readonly status: RecordStatus;
}
interface Question extends ActedOn {
  readonly tx: Tx;
  readonly self: ServiceId;
}
type Answer = Refusal | null | Promise<Refusal | null>;
interface Act {
  readonly needs: Ability;
  /** COR-3: a quarantined record is resolved, and nothing else is done with it. */
  readonly resolves?: true;
  readonly problem: (of: Question) => Answer;
}

/** Kinds that carry information; the others speak about records, about trust or about each other. */
const informing: ReadonlySet<string> = new Set(['report', 'outcome', 'answer']);
export const informs = (kind: string): boolean => informing.has(kind);

const notAllowed = refuse('not-allowed');
const unlessInforms = ({ kind }: Question) => (informs(kind) ? null : notAllowed);

const acts = {
  decide: {
    needs: 'decide',
    // Whoever asked for more decides again once more has come; every other decision stands.
    async problem({ tx, record, kind, origin, self }) {
      if (kind !== 'report' || origin === self) return notAllowed;
      const decision = await ownDecision(tx, record, self);
      return decision === null || decision === 'need-more' ? null : refuse('already-decided');
    },
  },
  'report-outcome': {
    needs: 'report-outcome',
    async problem({ tx, record, kind, origin, self }) {
      if (kind !== 'report' || origin === self) return notAllowed;
      return (await ownDecision(tx, record, self)) === 'act' ? null : refuse('not-decided-to-act');
    },
  },
  assent: {
    needs: 'agree',
    async problem(of) {
      const agreement = await openAgreement(of);
      if (agreement === undefined) return refuse('not-found');
      if (agreement.hash !== of.hash) return refuse('assent-hash-mismatch', { at: '/hash' });
      return agreement.our_assent_at === null ? null : refuse('already-decided');
    },
  },
  'end-agreement': {
    needs: 'agree',
    problem: async (of) => ((await openAgreement(of)) === undefined ? refuse('not-found') : null),
  },
  // REL-3: of another's record, by its origin's permission; the preview says which partner has one.
  release: { needs: 'release', problem: unlessInforms },
  'assign-desk': { needs: 'assign-desk', problem: () => null },
  // PRM-1: only the origin can permit; of our own record there is nobody to ask.
  'ask-permission': {
    needs: 'ask-permission',
    problem: (of) => (of.origin === of.self ? notAllowed : unlessInforms(of)),
  },
  use: { needs: 'use', problem: unlessInforms },
  cite: { needs: 'compose', problem: unlessInforms },
  correct: { needs: 'correct', resolves: true, problem: (of) => unlessCorrectable(of, 'corrected') },
  withdraw: { needs: 'correct', resolves: true, problem: (of) => unlessCorrectable(of, 'withdrawn') },
  erase: { needs: 'correct', resolves: true, problem: (of) => unlessCorrectable(of, 'erased') },
  'answer-correction': {
    needs: 'answer-correction',
    resolves: true,
    async problem({ tx, record, origin, self }) {
      return origin === self ? notAllowed : problemOfOpenCorrection(tx, record, self);
    },
  },
  'review-citation': {
    needs: 'compose',
    async problem({ tx, record, origin, self }) {
      if (origin !== self) return notAllowed;
      return (await hasOpenFlag(tx, record)) ? null : refuse('already-decided');
    },
  },
} as const satisfies { readonly [act: string]: Act };

export type RecordAct = keyof typeof acts;
export const recordActs = Object.keys(acts) as readonly RecordAct[];

/** What this officer may do now with a record that he sees. */
export async function allowedActs(
  tx: Tx,
  record: ActedOn,
  officer: SignedInOfficer,
  self: ServiceId,
): Promise<RecordAct[]> {
  const allowed: RecordAct[] = [];
  for (const act of recordActs) {
    if ((await problemOf(act, { ...record, tx, self }, officer)) === null) allowed.push(act);
  }
  return allowed;
}

/**
 * Why the caller may not do this now; not visible and not there are the same answer. Two who act on one record act in turn
 * until `tx` ends, so that the second is told what the first has changed.
 */
export async function refusedAct(
  database: Database,
  tx: Tx,
  act: RecordAct,
  record: RecordId,
  caller: Caller,
): Promise<Refusal | null> {
  // Before anything is looked up: who may do it with no record learns of none.
  if (!may(caller.officer.role, acts[act].needs)) return notAllowed;
  await oneAtATime(tx, `acts on ${record}`);
  const { resolves }: Act = acts[act];
  if (resolves) await database.nameResolved(tx, [record]);
  const row = await actedOn(tx, record);
  if (row !== undefined) return problemOf(act, { ...row, tx }, caller.officer);
  // COR-3: of what was taken back nothing is awaited any more, and whoever could have seen it is told why.
  await database.nameResolved(tx, [record]);
  return (await actedOn(tx, record)) === undefined ? refuse('not-found') : refuse('record-withdrawn');
}

function actedOn(tx: Tx, record: RecordId) {
  return tx
    .selectFrom('record_head as head')
    .innerJoin('record_revision as revision', 'revision.hash', 'head.hash')
    .innerJoin('service as own', (join) => join.on('own.is_self', '=', true))
    .select(['head.record_id as record', 'head.hash', 'head.kind', 'head.origin', 'head.state', 'revision.status'])
    .select('own.id as self')
    .where('head.record_id', '=', record)
    .executeTakeFirst();
}

function problemOf(act: RecordAct, of: Question, officer: SignedInOfficer): Answer {
  const { needs, resolves, problem }: Act = acts[act];
  if (!may(officer.role, needs)) return notAllowed;
  if (of.state !== 'active' && !resolves) return refuse('record-withdrawn');
  return problem(of);
}

function unlessCorrectable(of: Question, change: CorrectionChange): Refusal | null {
  if (of.origin !== of.self) return refuse('not-found');
  if (of.state === 'equivocal') return refuse('revision-equivocation');
  const kind = kindOf(of.kind);
  // What answers or decides is answered or decided anew; a question may turn out to be wrong like any information.
  if (kind === undefined || !(informs(of.kind) || of.kind === 'request')) return notAllowed;
  return problemOfChange(of, change, kind);
}

function openAgreement({ tx, record }: Question) {
  return tx
    .selectFrom('agreement')
    .select(['hash', 'our_assent_at'])
    .where('record_id', '=', record)
    .where('ended_at', 'is', null)
    .orderBy('revision', 'desc')
    .executeTakeFirst();
}
