import { problemOfSuccession, problemOfTakenBack, problemOfTakenBackMarking } from '../correction/taken-back.ts';
import type { CalendarDate, Json, RecordHash, RecordId, ServiceId } from '../primitives.ts';
import { type HeldRevision, isAbove } from '../record/held.ts';
import type { LinkType, RecordDraft, RecordReference, VerifiedRecord } from '../record/record.ts';
import { isRefusal, type Refusal, type RefusalCode, refuse } from '../refusal.ts';
import { type AgreementStanding, agreementInForce } from './agreement-terms.ts';
import { type NothingElse, problemOfMore } from './nothing-else.ts';
import { type PermissionStanding, permissionFor } from './permission.ts';

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
  /** REL-3: how it may come from another than its origin; absent: as `with-permission`. */
  readonly byRelay?: ByRelay;
  readonly portionsMin: number;
  /** For a kind of which only some bodies carry information (ACC-01): in place of `graded` and `portionsMin`. */
  readonly demands?: (body: KindBody) => { readonly graded: boolean; readonly portionsMin: number };
  readonly requires: readonly LinkType[];
  /** REC-6: it says nothing but its own fields. Absent: it is information. */
  readonly nothingElse?: NothingElse;
  /** REC-1: whose record the links of `requires` name; absent: anybody's. `others`: just one of each type. */
  readonly speaksOf?: 'own' | 'others';
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
  /** EXC-5: it came in a letter, which proves nothing of who carried it. */
  readonly inLetter: boolean;
  /** Undefined: this node has no such kind. */
  readonly kind: KindRules | undefined;
  readonly head: {
    readonly origin: ServiceId;
    readonly kind: string;
    readonly hash: RecordHash;
    readonly revision: number;
    readonly state: 'active' | 'quarantined' | 'equivocal';
  } | null;
  /** Its revisions that are held, whole or by their bare signatures. */
  readonly held: readonly HeldRevision[];
  /** REC-4: its revisions that corrections of its origin have named, held or not. */
  readonly named: readonly Pick<HeldRevision, 'revision' | 'hash'>[];
  /** With the sender; null when there is none. */
  readonly agreement: AgreementStanding | null;
  /** Permissions of the record's origin about it, as their newest revisions have them. */
  readonly permissions: readonly PermissionStanding[];
  /** REL-3: of the revisions that its links name, those of this node’s own that were given to its origin. */
  readonly given: ReadonlySet<RecordHash>;
  /** Of the records that it links or cites: those that are held here. */
  readonly targets: ReadonlyMap<RecordId, HeldTarget>;
  readonly today: CalendarDate;
}

/** A record that is held here, as another speaks of it. */
export interface HeldTarget {
  readonly origin: ServiceId;
  readonly kind: string;
  readonly state: 'active' | 'quarantined' | 'equivocal';
  readonly revisions: readonly HeldRevision[];
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
  if (head !== null && head.origin !== record.origin) return refuse('record-not-by-origin', { at: '/iss' });
  if (head !== null && head.kind !== record.kind) return refuse('record-malformed', { at: '/kind' });
  const way = wayIn(record, kind, situation);
  if (isRefusal(way)) return way;
  const problem =
    problemOfForm(record, kind) ?? problemOfReply(record, kind, situation) ?? problemOfTargets(record, kind, situation);
  if (problem !== null) return problem;
  return (way === 'as-agreed' ? problemOfAgreement(record, kind, situation) : null) ?? placeInChain(record, situation);
}

/**
 * REL-3: from its origin, or by a relay as its kind allows. What only restricts a record that we hold, what speaks of it
 * and what is asked of us comes in whatever was agreed with whoever carries it; everything else needs the agreement.
 */
function wayIn(
  record: VerifiedRecord,
  kind: KindRules,
  situation: AdmissionSituation,
): 'as-agreed' | 'anyway' | Refusal {
  const isDirect = record.origin === situation.from;
  // Our own records coming back; after a restore they come as `returned`.
  if (record.origin === situation.self) return refuse('onward-not-permitted', { at: '/iss' });
  // It says nothing (`problemOfTakenBack`): content would come in unmeasured.
  if (record.status !== 'active' && situation.head !== null) return 'anyway';
  const byRelay = kind.byRelay ?? 'with-permission';
  if (byRelay !== 'with-permission' && concernsUs(record, byRelay, situation)) return 'anyway';
  if (isDirect) return 'as-agreed';
  if (byRelay !== 'with-permission' || kind.foundsTrust) return refuse('onward-not-permitted', { at: '/iss' });
  return problemOfPermission(record, situation) ?? 'as-agreed';
}

function concernsUs(
  record: VerifiedRecord,
  byRelay: Exclude<ByRelay, 'with-permission'>,
  { self, targets }: AdmissionSituation,
): boolean {
  const { grantee, onwardTo } = record.kind === 'permission' ? record.body : {};
  if (grantee === self || onwardTo === self) return true;
  const whose = byRelay === 'to-origin' ? self : record.origin;
  return record.links.some(
    ({ type, origin, record: target }) =>
      (type === 'about' || type === 'replies-to') && origin === whose && targets.get(target)?.origin === whose,
  );
}

/** REL-3: the origin's own permission for this relay, this receiver, this revision and each disclosure of the copy. */
function problemOfPermission(record: VerifiedRecord, situation: AdmissionSituation): Refusal | null {
  const { from, self, permissions, today } = situation;
  // The relay gives a record on its own link; what a letter brings is the next revision of one that is held so.
  if (situation.inLetter && situation.head === null) return refuse('onward-not-permitted', { at: '/iss' });
  const need = {
    use: 'onward',
    origin: record.origin,
    grantee: from,
    onwardTo: self,
    purpose: null,
    about: { record: record.id, hash: record.hash },
  } as const;
  const permission = permissionFor(need, permissions, today);
  if (typeof permission === 'string') return refuse(permission, { at: '/iss' });
  const permitted = new Set(permission.digests);
  const beyond = record.disclosures.find(({ digest }) => !permitted.has(digest));
  return beyond === undefined ? null : refuse('permission-digests-exceeded', { at: `/${beyond.path}` });
}

/** What a kind demands of a record, at the door and, of a draft, before it is signed. */
export function problemOfForm(record: VerifiedRecord | RecordDraft, kind: KindRules): Refusal | null {
  if (record.status !== 'active') return problemOfTakenBack(record, kind);
  const problem = kind.problem(record.body);
  if (problem !== null) return refuse('record-body-invalid', { at: problem });
  const more = kind.nothingElse ? problemOfMore(record, kind.nothingElse) : null;
  if (more !== null) return more;
  const { graded, portionsMin } = demandsOf(kind, record.body);
  if (record.portions.length < portionsMin) return refuse('record-disclosure-missing', { at: '/portions' });
  if (!kind.requires.every((type) => record.links.some((link) => link.type === type))) {
    return refuse('record-disclosure-missing', { at: '/links' });
  }
  if (!speaksOfTheRight(record, kind)) return refuse('link-target-unknown', { at: '/links' });
  return graded && record.grading === undefined ? refuse('record-grading-missing', { at: '/grading' }) : null;
}

/** REC-1: its origin alone decides about a record; and nobody answers, or asks permission of, himself. */
function speaksOfTheRight(
  { origin, links }: Pick<VerifiedRecord, 'origin' | 'links'>,
  { requires, speaksOf }: Pick<KindRules, 'requires' | 'speaksOf'>,
): boolean {
  if (speaksOf === undefined) return true;
  return requires.every((type) => {
    const named = links.filter((link) => link.type === type);
    const isRight = named.every((link) => (link.origin === origin) === (speaksOf === 'own'));
    return isRight && (speaksOf === 'own' || named.length === 1);
  });
}

/**
 * REL-3: who answers, decides on, or asks about a record says so to its origin, of a revision that it was given. What goes on
 * by permission is another's word to another.
 */
function problemOfReply(
  { status, links, origin }: Pick<VerifiedRecord, 'status' | 'links' | 'origin'>,
  { speaksOf, requires, byRelay }: KindRules,
  { self, from, given }: AdmissionSituation,
): Refusal | null {
  if (speaksOf !== 'others' || status !== 'active' || (origin !== from && byRelay === undefined)) return null;
  const named = links.filter(({ type }) => requires.includes(type));
  const isGiven = named.every((link) => link.origin === self && given.has(link.hash));
  return isGiven ? null : refuse('link-target-unknown', { at: '/links' });
}

/**
 * REC-4: a link and a citation name a revision that is held here as it is held. MRK-1: what permits, corrects or answers that
 * comes in whatever is agreed, so it must not hide from those who work on what it is about.
 */
function problemOfTargets(
  { kind, links, cites, marking }: Pick<VerifiedRecord, 'kind' | 'links' | 'cites' | 'marking'>,
  { nothingElse, foundsTrust, requires }: KindRules,
  { targets }: AdmissionSituation,
): Refusal | null {
  const contradictsHeld = (named: RecordReference) => {
    const target = targets.get(named.record);
    // Of one that contradicted itself, no name of a revision is more wrong than the other.
    return target !== undefined && target.state !== 'equivocal' && contradicts(named, target.revisions);
  };
  const code = kind === 'correction' ? 'correction-mismatch' : 'link-target-unknown';
  if (links.some(contradictsHeld)) return refuse(code, { at: '/links' });
  if (cites.some(contradictsHeld)) return refuse('link-target-unknown', { at: '/cites' });
  if (nothingElse === undefined || foundsTrust) return null;
  const labels = links
    .filter(({ type }) => requires.includes(type))
    .flatMap(({ record }) => targets.get(record)?.revisions ?? [])
    .flatMap(({ label }) => label ?? []);
  return labels.some((label) => isAbove(marking, label)) ? refuse('marking-above-record', { at: '/marking' }) : null;
}

/** ACC-02 at our own door too: a partner that sends more than was agreed is told so. */
function problemOfAgreement(record: VerifiedRecord, kind: KindRules, situation: AdmissionSituation): Refusal | null {
  const { agreement } = situation;
  const markings = [record.marking, ...record.portions.map((portion) => portion.marking)];
  if (kind.foundsTrust && record.purpose === 'administration') {
    // Nothing is agreed yet: what is above that, those who have to answer it might not see.
    const isOpen = markings.every(({ level, compartments }) => level === 0 && compartments.length === 0);
    return isOpen ? null : refuse('agreement-ceiling-exceeded', { at: '/marking', limit: 0 });
  }
  if (agreement === null || !agreementInForce(agreement, situation.today)) return refuse('agreement-not-in-force');
  if (!agreement.purposes.includes(record.purpose)) return refuse('agreement-purpose-not-covered', { at: '/purpose' });
  const isCovered = markings.every(
    ({ level, compartments }) =>
      level <= agreement.ceiling && compartments.every((name) => agreement.compartments.includes(name)),
  );
  return isCovered ? null : refuse('agreement-ceiling-exceeded', { at: '/marking', limit: agreement.ceiling });
}

/** REC-4. */
function placeInChain(record: VerifiedRecord, { head, held, named }: AdmissionSituation): Admission {
  if (contradicts(record, [...held, ...named])) return refuse('revision-equivocation', { at: '/revision' });
  const isPrevious = ({ hash, revision }: HeldRevision) => hash === record.previous && revision === record.revision - 1;
  if (record.previous !== null && !held.some(isPrevious)) {
    return { verdict: 'hold', code: 'revision-gap', waitsFor: record.previous };
  }
  const problem = problemOfSuccession(record, held) ?? problemOfTakenBackMarking(record, held);
  if (problem !== null) return problem;
  // An older revision, or another copy of the newest, is kept; it never revives what was withdrawn after it.
  const becomesHead = head === null || (record.revision > head.revision && head.state !== 'equivocal');
  return { verdict: 'admit', becomesHead };
}

/** REC-4: one place in the chain, two revisions; or one revision in two places. */
export function contradicts(
  { revision, hash }: Pick<HeldRevision, 'revision' | 'hash'>,
  known: readonly Pick<HeldRevision, 'revision' | 'hash'>[],
): boolean {
  return known.some((other) => (other.revision === revision) !== (other.hash === hash));
}
