import { demandsOf, type KindRules } from '../admission/admit-record.ts';
import { type AgreementStanding, agreementInForce } from '../admission/agreement-terms.ts';
import { type PermissionStanding, permissionFor, permissionInForce } from '../admission/permission.ts';
import type { SecurityLabel } from '../marking/marking.ts';
import { mayHold, type Principal } from '../marking/may-hold.ts';
import type { CalendarDate, RecordId, ServiceId } from '../primitives.ts';
import type { LabelledDisclosure, VerifiedRecord } from '../record/record.ts';
import { isRefusal, type Refusal, type RefusalCode, refuse } from '../refusal.ts';
import { mustLearn } from './concern.ts';
import { type CitedSource, originatorsPermit } from './originators.ts';

export interface ReleaseRequest {
  readonly record: Pick<
    VerifiedRecord,
    | 'id'
    | 'hash'
    | 'kind'
    | 'status'
    | 'origin'
    | 'grading'
    | 'purpose'
    | 'marking'
    | 'portions'
    | 'body'
    | 'links'
    | 'disclosures'
  >;
  readonly kind: Pick<KindRules, 'graded' | 'foundsTrust' | 'portionsMin' | 'demands' | 'byRelay'>;
  readonly self: ServiceId;
  readonly recipient: ServiceId;
  readonly agreement: AgreementStanding | null;
  /** Permissions about the record, and about what it cites; of a permission record itself, its own standing. */
  readonly permissions: readonly PermissionStanding[];
  /** What an own record cites, as far as it is held here. */
  readonly sources: readonly CitedSource[];
  /** Who holds what, by record: told whatever became of the agreement (`mustLearn`). */
  readonly isHolder: (record: RecordId, service: ServiceId) => boolean;
  /** Digests of the rows that the one access policy shows to the recipient, selected just now. */
  readonly visible: ReadonlySet<string>;
  /** Digests that the releasing officer holds back. */
  readonly withheld: ReadonlySet<string>;
  /** What it is released for. */
  readonly purpose: string;
  readonly today: CalendarDate;
}

export interface ReleaseCopy {
  /** What goes, in the record's order. */
  readonly digests: readonly string[];
  readonly portionsWithheld: readonly { readonly portion: number; readonly code: RefusalCode }[];
}

/**
 * REL-1: what one partner gets of a record. May only reduce or refuse: nothing goes that the policy does not show, and
 * the labels are compared here once more, so that neither of the two alone can widen a release.
 */
export function planRelease(request: ReleaseRequest): ReleaseCopy | Refusal {
  const permitted = permittedOf(request);
  if (isRefusal(permitted)) return permitted;
  const refusal = problemOfRelease(request);
  if (refusal !== null) return refusal;

  const { record } = request;
  const kept: LabelledDisclosure[] = [];
  const portionsWithheld: { portion: number; code: RefusalCode }[] = [];
  for (const disclosure of record.disclosures) {
    const code = whyWithheld(disclosure, permitted, request);
    if (code === null) kept.push(disclosure);
    else if (disclosure.path.startsWith('portions/')) {
      portionsWithheld.push({ portion: Number(disclosure.path.slice('portions/'.length)), code });
    } else if (isMandatory(disclosure.path)) return refuse(code, { at: `/${disclosure.path}` });
  }
  if (!kept.some(({ path }) => path === 'compartments')) return refuse('release-not-visible-to-partner');
  const portionsMin = record.status === 'active' ? demandsOf(request.kind, record.body).portionsMin : 0;
  if (record.portions.length - portionsWithheld.length < portionsMin) return refuse('release-nothing-left');
  return { digests: kept.map(({ digest }) => digest), portionsWithheld };
}

/**
 * REL-3: `all` of a record of our own; of another's, what its origin permits to go from us to this recipient. Decided
 * anew at each sending, so that a permission that ended meanwhile lets nothing more out.
 */
function permittedOf({ record, kind, self, recipient, permissions, today }: ReleaseRequest): Permitted | Refusal {
  if (record.origin === self) return 'all';
  // The permission itself goes ahead of what it permits, to the one whom it names.
  const own = record.kind === 'permission' ? permissions.find(({ hash }) => hash === record.hash) : undefined;
  if (own !== undefined) {
    const isFor = own.use === 'onward' && own.grantee === self && own.onwardTo === recipient;
    return isFor && permissionInForce(own, today) ? 'all' : refuse('onward-not-permitted', { at: '/iss' });
  }
  if (kind.foundsTrust || (kind.byRelay ?? 'with-permission') !== 'with-permission') {
    return refuse('onward-not-permitted', { at: '/iss' });
  }
  const about = { record: record.id, hash: record.hash };
  const need = {
    use: 'onward',
    origin: record.origin,
    grantee: self,
    onwardTo: recipient,
    purpose: null,
    about,
  } as const;
  const permission = permissionFor(need, permissions, today);
  return typeof permission === 'string' ? refuse(permission, { at: '/iss' }) : new Set(permission.digests);
}

function problemOfRelease(request: ReleaseRequest): Refusal | null {
  const { record, kind, agreement, purpose } = request;
  if (goesAnyway(request)) return null;
  if (demandsOf(kind, record.body).graded && record.grading === undefined)
    return refuse('record-grading-missing', { at: '/grading' });
  if (agreement === null || !agreementInForce(agreement, request.today)) return refuse('agreement-not-in-force');
  // ACC-09: the purpose of the release and the one that the record itself states, which the recipient checks.
  if (!agreement.purposes.includes(purpose) || !agreement.purposes.includes(record.purpose)) {
    return refuse('agreement-purpose-not-covered', { at: '/purpose' });
  }
  const code = whyNotVisible(record.marking, request);
  if (code !== null) return refuse(code, { at: '/marking' });
  const isPermitted = record.origin !== request.self || originatorsPermit(record.marking.handling, request);
  return isPermitted ? null : refuse('originator-permission-missing', { at: '/marking/handling' });
}

/**
 * Cards, agreements and assents travel before an agreement, because they make it; what somebody must learn, also after
 * its end.
 */
function goesAnyway({ kind, record, purpose, self, recipient, isHolder }: ReleaseRequest): boolean {
  const isTrustFounding = kind.foundsTrust && record.purpose === 'administration' && purpose === 'administration';
  return isTrustFounding || (record.origin === self && mustLearn(record, kind, recipient, isHolder));
}

function principalOf(request: ReleaseRequest): Principal {
  const { agreement, record, recipient } = request;
  return agreement === null || goesAnyway(request)
    ? { level: record.marking.level, compartments: record.marking.compartments, service: recipient }
    : { level: agreement.ceiling, compartments: agreement.compartments, service: recipient };
}

type Permitted = 'all' | ReadonlySet<string>;

function whyWithheld(
  disclosure: LabelledDisclosure,
  permitted: Permitted,
  request: ReleaseRequest,
): RefusalCode | null {
  const { digest, path, label } = disclosure;
  const code = whyNotVisible(label, request);
  if (code !== null) return code;
  if (permitted !== 'all' && !permitted.has(digest)) return 'onward-not-permitted';
  if (!request.visible.has(digest)) return 'release-not-visible-to-partner';
  if (!isPortionPermitted(path, request)) return 'originator-permission-missing';
  return request.withheld.has(digest) && !isMandatory(path) ? 'release-held-back' : null;
}

/** ACC-08: a paragraph of ours that draws on another's information stays where that originator has not permitted it. */
function isPortionPermitted(path: string, request: ReleaseRequest): boolean {
  const { record, self } = request;
  if (record.origin !== self || !path.startsWith('portions/')) return true;
  const portion = record.portions.find(({ index }) => path === `portions/${index}`);
  return portion === undefined || originatorsPermit(portion.marking.handling, request);
}

function whyNotVisible(label: SecurityLabel, request: ReleaseRequest): RefusalCode | null {
  const principal = principalOf(request);
  // REC-2.6: a copy of another's does not say to whom it may go. Its origin's permission does, digest by digest.
  const known = request.record.origin === request.self ? label : { ...label, releasableTo: 'any' as const };
  if (mayHold(principal, known)) return null;
  const isCovered = mayHold(principal, { ...label, releasableTo: 'any' });
  return isCovered ? 'release-not-visible-to-partner' : 'agreement-ceiling-exceeded';
}

/** What every copy has: a record without its body, title or links is no longer the record that was meant. */
function isMandatory(path: string): boolean {
  return path === 'compartments' || path === 'title' || path === 'links' || path.startsWith('body/');
}
