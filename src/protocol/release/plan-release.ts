import { demandsOf, type KindRules } from '../admission/admit-record.ts';
import { type AgreementStanding, agreementInForce } from '../admission/agreement-terms.ts';
import type { SecurityLabel } from '../marking/marking.ts';
import { mayHold, type Principal } from '../marking/may-hold.ts';
import type { CalendarDate, ServiceId } from '../primitives.ts';
import type { LabelledDisclosure, VerifiedRecord } from '../record/record.ts';
import { type Refusal, type RefusalCode, refuse } from '../refusal.ts';

export interface ReleaseRequest {
  readonly record: Pick<
    VerifiedRecord,
    'origin' | 'grading' | 'purpose' | 'marking' | 'portions' | 'body' | 'disclosures'
  >;
  readonly kind: Pick<KindRules, 'graded' | 'foundsTrust' | 'portionsMin' | 'demands'>;
  readonly self: ServiceId;
  readonly recipient: ServiceId;
  readonly agreement: AgreementStanding | null;
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
  const refusal = problemOfRelease(request);
  if (refusal !== null) return refusal;

  const { record } = request;
  const principal = principalOf(request);
  const kept: LabelledDisclosure[] = [];
  const portionsWithheld: { portion: number; code: RefusalCode }[] = [];
  for (const disclosure of record.disclosures) {
    const code = whyWithheld(disclosure, principal, request);
    if (code === null) kept.push(disclosure);
    else if (disclosure.path.startsWith('portions/')) {
      portionsWithheld.push({ portion: Number(disclosure.path.slice('portions/'.length)), code });
    } else if (isMandatory(disclosure.path)) return refuse(code, { at: `/${disclosure.path}` });
  }
  if (!kept.some(({ path }) => path === 'compartments')) return refuse('release-not-visible-to-partner');
  if (record.portions.length - portionsWithheld.length < demandsOf(request.kind, record.body).portionsMin)
    return refuse('release-nothing-left');
  return { digests: kept.map(({ digest }) => digest), portionsWithheld };
}

function problemOfRelease(request: ReleaseRequest): Refusal | null {
  const { record, kind, agreement, purpose } = request;
  if (record.origin !== request.self) return refuse('onward-not-permitted', { at: '/iss' });
  if (demandsOf(kind, record.body).graded && record.grading === undefined)
    return refuse('record-grading-missing', { at: '/grading' });
  if (isTrustFounding(request)) return null;
  if (agreement === null || !agreementInForce(agreement, request.today)) return refuse('agreement-not-in-force');
  // ACC-09: the purpose of the release and the one that the record itself states, which the recipient checks.
  if (!agreement.purposes.includes(purpose) || !agreement.purposes.includes(record.purpose)) {
    return refuse('agreement-purpose-not-covered', { at: '/purpose' });
  }
  const code = whyNotVisible(record.marking, principalOf(request));
  return code === null ? null : refuse(code, { at: '/marking' });
}

/** Cards, agreements and assents travel before an agreement, because they make it. */
function isTrustFounding({ kind, record, purpose }: ReleaseRequest): boolean {
  return kind.foundsTrust && record.purpose === 'administration' && purpose === 'administration';
}

function principalOf(request: ReleaseRequest): Principal {
  const { agreement, record, recipient } = request;
  return agreement === null || isTrustFounding(request)
    ? { level: record.marking.level, compartments: record.marking.compartments, service: recipient }
    : { level: agreement.ceiling, compartments: agreement.compartments, service: recipient };
}

function whyWithheld(
  { digest, path, label }: LabelledDisclosure,
  principal: Principal,
  { visible, withheld }: ReleaseRequest,
): RefusalCode | null {
  const code = whyNotVisible(label, principal);
  if (code !== null) return code;
  if (!visible.has(digest)) return 'release-not-visible-to-partner';
  return withheld.has(digest) && !isMandatory(path) ? 'release-held-back' : null;
}

function whyNotVisible(label: SecurityLabel, principal: Principal): RefusalCode | null {
  if (mayHold(principal, label)) return null;
  const isCovered = mayHold(principal, { ...label, releasableTo: 'any' });
  return isCovered ? 'release-not-visible-to-partner' : 'agreement-ceiling-exceeded';
}

/** What every copy has: a record without its body, title or links is no longer the record that was meant. */
function isMandatory(path: string): boolean {
  return path === 'compartments' || path === 'title' || path === 'links' || path.startsWith('body/');
}
