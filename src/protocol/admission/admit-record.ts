import type { CalendarDate, Json, RecordHash, ServiceId } from '../primitives.ts';
import type { LinkType, RecordDraft, VerifiedRecord } from '../record/record.ts';
import { type Refusal, type RefusalCode, refuse } from '../refusal.ts';
import { type AgreementStanding, agreementInForce } from './agreement-terms.ts';

/**
 * How a record may reach a service that its origin did not give it to. `with-permission`: named there with its digests.
 * `to-holders`: about a record of the same origin that the receiver holds, or naming the receiver (permission).
 * `to-origin`: about a record of the receiver's own.
 */
export type ByRelay = 'with-permission' | 'to-holders' | 'to-origin';

/** What admission and release need of a record's kind. */
export interface KindRules {
  readonly name: string;
  readonly graded: boolean;
  readonly foundsTrust: boolean;
  /** COR-1: goes to whoever holds what it speaks of also when no agreement is in force any more. */
  readonly afterAgreement?: true;
  /** REL-3: how it may come from another than its origin; absent: as `with-permission`. */
  readonly byRelay?: ByRelay;
  readonly portionsMin: number;
  /** For a kind of which only some bodies carry information (ACC-01): in place of `graded` and `portionsMin`. */
  readonly demands?: (body: KindBody) => { readonly graded: boolean; readonly portionsMin: number };
  readonly requires: readonly LinkType[];
  readonly problem: (body: KindBody) => string | null;
}
type KindBody = { readonly [field: string]: Json };

/** Whether a record of this kind with this body leaves only graded, and how many portions every copy of it has. */
export function demandsOf(
  kind: Pick<KindRules, 'graded' | 'portionsMin' | 'demands'>,
  body: KindBody,
): { readonly graded: boolean; readonly portionsMin: number } {
  return kind.demands?.(body) ?? kind;
}

export interface AdmissionSituation {
  /** Who sent it: the peer whose seal and signature the exchange verified. */
  readonly from: ServiceId;
  readonly self: ServiceId;
  /** Undefined: this node has no such kind. */
  readonly kind: KindRules | undefined;
  readonly head: {
    readonly origin: ServiceId;
    readonly kind: string;
    readonly hash: RecordHash;
    readonly revision: number;
    readonly state: 'active' | 'quarantined' | 'equivocal';
  } | null;
  /** Whether `record.previous` is held as the revision before, of this same record. */
  readonly previousKnown: boolean;
  /** Hash of this record's revision of the same number, if one is held. */
  readonly sameRevisionHash: RecordHash | null;
  /** With the sender; null when there is none. */
  readonly agreement: AgreementStanding | null;
  readonly today: CalendarDate;
}

export type Admission =
  | { readonly verdict: 'admit'; readonly becomesHead: boolean }
  /** Kept aside until what it waits for has come: the hash of a revision. */
  | { readonly verdict: 'hold'; readonly code: RefusalCode; readonly waitsFor: RecordHash }
  | Refusal;

/** ADM-1: whether a verified record may come in. Decides on what it is given, and changes nothing. */
export function admitRecord(record: VerifiedRecord, situation: AdmissionSituation): Admission {
  const { kind, head } = situation;
  if (kind === undefined || kind.name !== record.kind) return refuse('record-kind-unknown', { at: '/kind' });
  // REL-3: onward release is refused until permissions exist; that includes our own records coming back.
  if (record.origin !== situation.from) return refuse('onward-not-permitted', { at: '/iss' });
  if (head !== null && head.origin !== record.origin) return refuse('record-not-by-origin', { at: '/iss' });
  if (head !== null && head.kind !== record.kind) return refuse('record-malformed', { at: '/kind' });
  return problemOfForm(record, kind) ?? problemOfAgreement(record, kind, situation) ?? placeInChain(record, situation);
}

/** What a kind demands of a record, at the door and, of a draft, before it is signed. */
export function problemOfForm(
  record: Pick<VerifiedRecord, 'body' | 'portions' | 'links' | 'grading'> | RecordDraft,
  kind: KindRules,
): Refusal | null {
  const problem = kind.problem(record.body);
  if (problem !== null) return refuse('record-body-invalid', { at: problem });
  const { graded, portionsMin } = demandsOf(kind, record.body);
  if (record.portions.length < portionsMin) return refuse('record-disclosure-missing', { at: '/portions' });
  if (!kind.requires.every((type) => record.links.some((link) => link.type === type))) {
    return refuse('record-disclosure-missing', { at: '/links' });
  }
  return graded && record.grading === undefined ? refuse('record-grading-missing', { at: '/grading' }) : null;
}

/** ACC-02 at our own door too: a partner that sends more than was agreed is told so. */
function problemOfAgreement(record: VerifiedRecord, kind: KindRules, situation: AdmissionSituation): Refusal | null {
  if (kind.foundsTrust && record.purpose === 'administration') return null;
  const { agreement } = situation;
  if (agreement === null || !agreementInForce(agreement, situation.today)) return refuse('agreement-not-in-force');
  if (!agreement.purposes.includes(record.purpose)) return refuse('agreement-purpose-not-covered', { at: '/purpose' });
  const markings = [record.marking, ...record.portions.map((portion) => portion.marking)];
  const isCovered = markings.every(
    ({ level, compartments }) =>
      level <= agreement.ceiling && compartments.every((name) => agreement.compartments.includes(name)),
  );
  return isCovered ? null : refuse('agreement-ceiling-exceeded', { at: '/marking', limit: agreement.ceiling });
}

/** REC-4. */
function placeInChain(
  record: VerifiedRecord,
  { head, previousKnown, sameRevisionHash }: AdmissionSituation,
): Admission {
  if (sameRevisionHash !== null && sameRevisionHash !== record.hash) {
    return refuse('revision-equivocation', { at: '/revision' });
  }
  if (record.previous !== null && !previousKnown) {
    return { verdict: 'hold', code: 'revision-gap', waitsFor: record.previous };
  }
  // An older revision, or another copy of the newest, is kept; it never revives what was withdrawn after it.
  const becomesHead = head === null || (record.revision > head.revision && head.state !== 'equivocal');
  return { verdict: 'admit', becomesHead };
}
