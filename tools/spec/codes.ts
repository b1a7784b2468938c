/** The annex of all codes: what each says, where it is said, and what whoever hears it does next. */
import { messageTypes } from '#src/protocol/exchange/message.ts';
import { type RefusalCode, ruleOfRefusal } from '#src/protocol/refusal.ts';
import { refusalSentences } from '#src/protocol/refusal-text.ts';
import { faults } from '#src/server/fault.ts';
import { statusOfRefusal } from '#src/server/problem.ts';

/**
 * `retry`: the same bytes again, later. `change`: not again as it was; what has to change, the rule says. `stop`: nothing
 * more over this link until people have spoken.
 */
type Remedy = 'retry' | 'change' | 'stop';

/** What a peer may hear: as the answer to an envelope, or in a message of type `refusal`. */
interface Heard {
  readonly as: 'answer' | 'message';
  readonly then: Remedy;
}
const heard: { readonly [C in RefusalCode]?: Heard | undefined } = {
  ...said('answer', 'retry', [
    'envelope-seal-broken',
    'envelope-key-unknown',
    'peer-unknown',
    'keys-gap',
    'node-recovering',
    'rate-exceeded',
    'envelope-not-taken',
  ]),
  ...said('answer', 'change', [
    'envelope-malformed',
    'envelope-too-large',
    'envelope-version-unknown',
    'envelope-suite-refused',
    'envelope-not-for-us',
    'envelope-binding-mismatch',
    'query-invalid',
    'keys-invalid',
  ]),
  ...said('answer', 'stop', [
    'sequence-reused',
    'sequence-chain-broken',
    'receipt-ahead',
    'receipt-mismatch',
    'node-cloned',
    'link-stopped',
    'keys-contradict',
  ]),
  ...said('message', 'retry', ['revision-gap']),
  ...said('message', 'change', [
    'payload-malformed',
    'payload-too-deep',
    'message-type-unknown',
    'message-not-taken',
    'record-malformed',
    'record-signature-invalid',
    'record-key-unknown',
    'record-key-revoked',
    'record-disclosure-unmatched',
    'record-disclosure-missing',
    'record-kind-unknown',
    'record-body-invalid',
    'record-says-more',
    'record-title-too-long',
    'record-too-large',
    'record-too-deep',
    'record-too-many-parts',
    'record-portion-nature-missing',
    'record-grading-missing',
    'record-review-date-invalid',
    'record-not-by-origin',
    'record-id-foreign',
    'marking-below-envelope',
    'marking-above-record',
    'revision-equivocation',
    'link-target-unknown',
    'assent-hash-mismatch',
    'agreement-not-in-force',
    'agreement-purpose-not-covered',
    'agreement-ceiling-exceeded',
    'onward-not-permitted',
    'permission-expired',
    'permission-revoked',
    'permission-digests-exceeded',
    'record-withdrawn',
    'record-not-correctable',
    'revision-not-empty',
    'correction-mismatch',
    'correction-answer-unfit',
    'letter-too-large',
    'letter-malformed',
    'letter-not-ours',
    'letter-nested-too-deep',
    'holding-invalid',
    'no-way-to-service',
    'sealing-key-unusable',
    'text-unfit',
    'text-blank',
  ]),
};

function said(as: 'answer' | 'message', then: Remedy, codes: readonly RefusalCode[]): { [C in RefusalCode]?: Heard } {
  return Object.fromEntries(codes.map((code) => [code, { as, then }]));
}

const codes = Object.keys(ruleOfRefusal) as RefusalCode[];
const row = (...cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
const sentence = (code: RefusalCode) => refusalSentences({ code }, 'en').says;

export function codesAnnex(): string {
  const ofThePeer = (as: 'answer' | 'message') => codes.filter((code) => heard[code]?.as === as);
  const here = codes.filter((code) => heard[code] === undefined);
  return `${[
    '# Annex: the codes',
    '',
    'Made by `node tools/spec/main.ts`; normative. A code names what a rule of [protocol.md](protocol.md) or of',
    '[accountability.md](accountability.md) refuses. *Then* says what whoever hears it MUST do:',
    '',
    '- **retry**: the same again, after the delays of EXC-2, sending 3. After `peer-unknown`, `keys-gap` and `envelope-key-unknown` its own',
    '  statements of keys go first, all of them, in order (KEY-1.5).',
    '- **change**: never the same again. An envelope that is refused so is a fault of its sender, whose link stands until it is',
    '  mended; a message that is refused so is over, and the link goes on.',
    '- **stop**: the link is stopped on the side that says it. Its peer sends nothing more, but a query (EXC-4) after its own',
    '  people have spoken.',
    '',
    'A code that a reader does not know is a *change* for a message; for an HTTP problem its status decides: 429 and 5xx *retry*.',
    '',
    '## Answers to an envelope: HTTP problems',
    '',
    row('code', 'rule', 'HTTP', 'then', 'says'),
    row('---', '---', '---', '---', '---'),
    ...ofThePeer('answer').map((code) =>
      row(`\`${code}\``, ruleOfRefusal[code], statusOfRefusal(code), heard[code]?.then ?? '', sentence(code)),
    ),
    ...Object.entries(faults).map(([code, { status, text }]) => row(`\`${code}\``, '', status, 'retry', text.en.says)),
    '',
    '## Messages that are refused: messages of type `refusal`',
    '',
    `Of ${messageTypes.length} types of message, all but \`refusal\` may be refused (ADM-1).`,
    '',
    row('code', 'rule', 'then', 'says'),
    row('---', '---', '---', '---'),
    ...ofThePeer('message').map((code) =>
      row(`\`${code}\``, ruleOfRefusal[code], heard[code]?.then ?? '', sentence(code)),
    ),
    '',
    '## Never sent',
    '',
    'These are for a node’s own officers and operator: of what it refuses to issue or to send, of what it did not take from a peer',
    'and answers with another code, of files, and of its own screens. They stand in the closed list of a message of type',
    '`refusal` all the same, so a reader takes them there too.',
    '',
    row('code', 'rule', 'says'),
    row('---', '---', '---'),
    ...here.map((code) => row(`\`${code}\``, ruleOfRefusal[code], sentence(code))),
  ].join('\n')}\n`;
}
