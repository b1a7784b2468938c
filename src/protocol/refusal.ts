/**
 * Every expected "no" of the system: a closed union of codes, each naming the rule of `spec/protocol.md` or of the
 * accountability rules that demands it. A refusal is returned, never thrown; it never contains record content.
 * Its sentences in Arabic, French and English stand in `refusal-text.ts`.
 */
export const ruleOfRefusal = {
  // A record that cannot be believed or read
  'record-malformed': 'REC-2',
  'record-signature-invalid': 'REC-2',
  'record-key-unknown': 'REC-2',
  'record-disclosure-unmatched': 'REC-2',
  'record-disclosure-missing': 'REC-2',
  'record-kind-unknown': 'REC-2',
  'record-body-invalid': 'REC-2',
  'record-says-more': 'REC-6',
  'text-unfit': 'TXT-1',
  'text-blank': 'TXT-3',
  'record-title-too-long': 'ADM-2',
  'record-too-large': 'ADM-2',
  'record-too-deep': 'ADM-2',
  'record-too-many-parts': 'ADM-2',
  'record-portion-nature-missing': 'ACC-05',
  'record-grading-missing': 'ACC-01',
  'record-review-date-invalid': 'ACC-13',
  'marking-below-envelope': 'MRK-1',
  'marking-below-sources': 'MRK-1',
  'marking-above-record': 'MRK-1',
  'above-own-clearance': 'MRK-1',
  'record-not-by-origin': 'REC-1',
  'record-id-foreign': 'REC-1',
  'revision-gap': 'REC-4',
  'revision-equivocation': 'REC-4',
  'link-target-unknown': 'REC-4',
  'assent-hash-mismatch': 'REC-5',
  // A record that may not leave, or may not come in
  'agreement-not-in-force': 'ACC-02',
  'agreement-purpose-not-covered': 'ACC-02',
  'agreement-ceiling-exceeded': 'ACC-02',
  'release-not-visible-to-partner': 'REL-1',
  'release-nothing-left': 'REL-2',
  'onward-not-permitted': 'REL-3',
  'permission-expired': 'PRM-1',
  'permission-revoked': 'PRM-1',
  'permission-digests-exceeded': 'PRM-1',
  'use-not-permitted': 'PRM-1',
  'originator-permission-missing': 'ACC-08',
  'no-way-to-service': 'EXC-5',
  'sealing-key-unusable': 'KEY-1',
  'release-held-back': 'REL-2',
  'record-withdrawn': 'COR-3',
  'revision-superseded': 'COR-1',
  'record-not-correctable': 'COR-1',
  'revision-not-empty': 'COR-1',
  'correction-mismatch': 'COR-1',
  'correction-answer-unfit': 'COR-2',
  'revision-incomplete-here': 'COR-1',
  // The exchange
  'envelope-malformed': 'EXC-1',
  'envelope-too-large': 'ADM-2',
  'envelope-version-unknown': 'EXC-1',
  'envelope-suite-refused': 'EXC-1',
  'envelope-not-for-us': 'EXC-1',
  'envelope-seal-broken': 'EXC-1',
  'envelope-key-unknown': 'EXC-1',
  'envelope-signature-invalid': 'EXC-1',
  'envelope-binding-mismatch': 'EXC-1',
  'payload-malformed': 'ADM-2',
  'payload-too-deep': 'ADM-2',
  'message-type-unknown': 'ADM-1',
  'message-not-taken': 'ADM-1',
  'message-not-sent': 'ADM-1',
  'envelope-not-taken': 'ADM-1',
  'letter-too-large': 'EXC-5',
  'letter-malformed': 'EXC-5',
  'letter-not-ours': 'EXC-5',
  'letter-nested-too-deep': 'EXC-5',
  'holding-invalid': 'REL-3',
  'sequence-gap': 'EXC-2',
  'sequence-reused': 'EXC-4',
  'sequence-chain-broken': 'EXC-2',
  'epoch-unknown': 'EXC-4',
  'receipt-invalid': 'EXC-2',
  'receipt-mismatch': 'EXC-4',
  'receipt-ahead': 'EXC-4',
  'query-invalid': 'EXC-4',
  'node-cloned': 'EXC-4',
  'node-recovering': 'EXC-4',
  'bundle-malformed': 'EXC-3',
  'bundle-truncated': 'EXC-3',
  'bundle-mixed': 'EXC-3',
  'link-stopped': 'EXC-4',
  'link-window-full': 'EXC-2',
  'peer-unknown': 'KEY-2',
  'peer-unconfirmed': 'KEY-2',
  'fingerprint-mismatch': 'KEY-2',
  'record-key-revoked': 'KEY-1',
  'keys-invalid': 'KEY-1',
  'keys-gap': 'KEY-1',
  'keys-contradict': 'KEY-1',
  'keys-too-many': 'KEY-1',
  'recovery-secret-invalid': 'KEY-1',
  'recovery-key-missing': 'KEY-1',
  'rate-exceeded': 'ADM-2',
  // People at the screen
  'not-found': 'ACC-12',
  'not-allowed': 'ACC-22',
  'sign-in-failed': 'ACC-12',
  'address-internal': 'EXC-2',
  'sign-in-slowed': 'ACC-12',
  'sign-in-required': 'ACC-12',
  'request-forged': 'ACC-12',
  'input-invalid': 'ADM-2',
  'input-too-large': 'ADM-2',
  'input-too-deep': 'ADM-2',
  'edit-conflict': 'REC-1',
  'already-decided': 'REC-1',
  'not-decided-to-act': 'ACC-11',
  'reason-missing': 'ACC-11',
  'request-deadline-invalid': 'REQ-1',
  'request-closed': 'REQ-2',
  'answer-incomplete': 'REQ-2',
  'result-count-invalid': 'ADM-2',
  'passphrase-too-weak': 'ACC-12',
  'passphrase-common': 'ACC-12',
  'passphrase-wrong': 'ACC-12',
  'login-taken': 'ACC-12',
  'set-up-already-done': 'ACC-22',
  'idempotency-key-reused': 'EXC-2',
} as const;

export type RefusalCode = keyof typeof ruleOfRefusal;
export type RuleCode = (typeof ruleOfRefusal)[RefusalCode];

export interface Refusal {
  readonly refused: true;
  readonly code: RefusalCode;
  readonly rule: RuleCode;
  /** Where in the input: a JSON pointer or a field's name, never a value. */
  readonly at?: string;
  /** The limit that was passed, in the unit that the code's sentence names. */
  readonly limit?: number;
}

export function refuse(code: RefusalCode, where: { at?: string; limit?: number } = {}): Refusal {
  return { refused: true, code, rule: ruleOfRefusal[code], ...where };
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && (value as { refused?: unknown }).refused === true;
}
