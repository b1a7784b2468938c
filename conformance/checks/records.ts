/** REC-…, REL-3, ACC-…, ADM-1: what a node takes from its peer and what it sends back. */
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { type Check, check, mustBe, NotConformant } from '../check.ts';
import type { Peer } from '../peer.ts';

const open = { level: 0, compartments: [], handling: [], releasableTo: 'any' } as const;

/** The code that one record is refused with, or null. */
async function verdict(peer: Peer, sdJwt: string): Promise<string | null> {
  return (await peer.outcomes([{ type: 'record', sdJwt }]))[0] ?? null;
}

async function verdictOf(peer: Peer, ...change: Parameters<Peer['record']>): Promise<string | null> {
  return verdict(peer, serialiseRecord(await peer.record(...change)));
}

export const recordChecks: readonly Check[] = [
  check('ADM-1', 'takes a valid report', async (peer) => {
    mustBe(await verdictOf(peer), null, 'the report');
  }),
  check('ADM-1', 'refuses each bad message by its index and takes the others', async (peer) => {
    const good = await peer.recordMessage();
    const codes = await peer.outcomes([
      good,
      { type: 'gossip' },
      { type: 'record', sdJwt: 12 },
      await peer.recordMessage(),
    ]);
    mustBe(codes, [null, 'message-type-unknown', 'payload-malformed', null], 'the four messages');
  }),
  check('REC-1', 'refuses a record whose identifier is not bound to its origin', async (peer) => {
    const whole = await peer.record();
    const [header = '', payload = '', signature = ''] = whole.jwt.split('.');
    const claims = Buffer.from(payload, 'base64url').toString();
    const foreign = claims.replace(whole.id, `${whole.id.slice(0, -12)}000000000000`);
    const input = `${header}.${Buffer.from(foreign).toString('base64url')}`;
    const signed = Buffer.from(await peer.keyring.sign(Buffer.from(input, 'ascii'))).toString('base64url');
    const rest = serialiseRecord(whole).slice(whole.jwt.length);
    mustBe(signature.length, 86, 'the signature that is replaced');
    mustBe(await verdict(peer, `${input}.${signed}${rest}`), 'record-id-foreign', 'the identifier of another');
  }),
  check('REC-2', 'refuses a forged signature', async (peer) => {
    const [jwt = '', ...rest] = serialiseRecord(await peer.record()).split('~');
    const unsigned = jwt.slice(0, jwt.lastIndexOf('.'));
    mustBe(
      await verdict(peer, [`${unsigned}.${'A'.repeat(86)}`, ...rest].join('~')),
      'record-signature-invalid',
      'a forgery',
    );
  }),
  check('REC-2', 'refuses a disclosure that was not signed', async (peer) => {
    const alien = Buffer.from('["AAAAAAAAAAAAAAAAAAAAAA","title","x"]').toString('base64url');
    const whole = serialiseRecord(await peer.record());
    mustBe(await verdict(peer, `${whole}${alien}~`), 'record-disclosure-unmatched', 'an added disclosure');
  }),
  check('REC-2', 'refuses a copy without its compartments, and takes a tear-line', async (peer) => {
    const record = await peer.record({ portions: [portion('first'), portion('second')] });
    const without = (path: string) =>
      new Set(record.disclosures.filter((one) => one.path !== path).map(({ digest }) => digest));
    mustBe(
      await verdict(peer, serialiseRecord(record, without('compartments'))),
      'record-disclosure-missing',
      'no compartments',
    );
    mustBe(await verdict(peer, serialiseRecord(record, without('portions/1'))), null, 'a tear-line');
  }),
  check('REC-2', 'refuses a kind that it does not know, and a body that its kind does not allow', async (peer) => {
    mustBe(await verdictOf(peer, { kind: 'prophecy' }), 'record-kind-unknown', 'an unknown kind');
    const body = { reportType: 'lead', urgency: 'soon' };
    mustBe(await verdictOf(peer, { body }), 'record-body-invalid', 'an unknown urgency');
  }),
  check(
    'REC-4',
    'says nothing of a revision that waits for the one before, nor of the one that ends the wait',
    async (peer) => {
      const first = await peer.record();
      const { id } = first;
      const second = await peer.record({ id, revision: 2, previous: first.hash, title: 'second' });
      mustBe(await verdict(peer, serialiseRecord(second)), null, 'a revision that waits');
      mustBe(await verdict(peer, serialiseRecord(first)), null, 'the revision that ends the wait');
    },
  ),
  check('REC-4', 'refuses the same revision under another hash', async (peer) => {
    const first = await peer.record();
    mustBe(await verdict(peer, serialiseRecord(first)), null, 'the first');
    mustBe(await verdictOf(peer, { id: first.id, title: 'otherwise' }), 'revision-equivocation', 'the second');
  }),
  check('REC-5', 'refuses an assent to what it does not know', async (peer) => {
    const agreement = await peer.agreement('2099-12-31');
    mustBe(await verdict(peer, serialiseRecord(await peer.assent(agreement))), 'link-target-unknown', 'the assent');
  }),
  check('ACC-01', 'refuses information without a source grading', async (peer) => {
    mustBe(await verdictOf(peer, { grading: undefined as never }), 'record-grading-missing', 'an ungraded report');
  }),
  check('ACC-02', 'refuses what the agreement does not cover', async (peer) => {
    const marking = { ...open, level: 4 } as const;
    const portions = [{ text: 'x', nature: 'fact', marking }] as const;
    mustBe(await verdictOf(peer, { marking, portions }), 'agreement-ceiling-exceeded', 'level 4');
    mustBe(await verdictOf(peer, { purpose: 'administration' }), 'agreement-purpose-not-covered', 'another purpose');
  }),
  check('REL-3', 'does not take its own record from a partner', async (peer) => {
    const [theirs] = peer.sent('record');
    if (theirs === undefined) throw new NotConformant('the node has sent no record');
    if ((await verdict(peer, theirs.sdJwt)) === null) throw new NotConformant('its own record was taken');
  }),
];

function portion(text: string) {
  const marking = { level: 1, compartments: [], handling: [], releasableTo: 'any' } as const;
  return { text, nature: 'fact' as const, marking };
}
