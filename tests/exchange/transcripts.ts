/** EXC-2 and EXC-4 for a second implementation: what arrives at one end, one envelope after another, and what follows. */
import { realCrypto } from '#sim/crypto.ts';
import { LinkEnd, note, type Opened, only } from '#sim/link-end.ts';
import { payloadOf, signed } from '#sim/signed-envelope.ts';
import type { ExchangeEffect, LinkState, Position } from '#src/protocol/exchange/state.ts';
import type { Json } from '#src/protocol/primitives.ts';

interface Step {
  readonly says: string;
  /** What the end under test takes, or does by itself. */
  readonly arrives?: { readonly header: object; readonly plaintext: string };
  readonly does?: 'form a batch' | 'start and ask' | 'people have spoken' | 'is restored';
  /** A receipt's claims, or the code of the refusal; null where nothing is answered. */
  readonly answer: object | string | null;
  readonly messages: { readonly taken: number; readonly refused: readonly string[] };
  readonly state: object;
}
export interface Transcript {
  readonly name: string;
  readonly steps: readonly Step[];
}

const claimsOf = (jws: string): object => JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString());
const pair = ({ epoch, through }: Position) => [epoch, through];

/** As EXC-2 names it. */
function variables({ status, stoppedBy, out, in: taken }: LinkState): object {
  const unreceipted = out.unreceipted.map(({ sequence, hash, confirmedThen }) => [sequence, hash, pair(confirmedThen)]);
  const asking = out.asking?.binding ? [out.asking.binding, pair(out.asking.confirmedThen)] : null;
  return {
    ...{ status, stoppedBy, 'out.epoch': out.epoch, 'out.next': out.next, 'out.last': out.lastHash },
    ...{ 'out.unreceipted': unreceipted, 'out.through': out.receiptedThrough, 'out.hash': out.receiptedHash },
    ...{ 'out.base': pair(out.base), 'out.formed': pair(out.formed), 'out.asking': asking, asks: out.asking !== null },
    ...{ 'in.epoch': taken.epoch, 'in.through': taken.through, 'in.last': taken.lastHash },
  };
}

/** Writes down what the end `at` goes through. */
class Scribe {
  readonly steps: Step[] = [];
  readonly #at: LinkEnd;
  constructor(at: LinkEnd) {
    this.#at = at;
  }

  takes(says: string, opened: Opened): readonly ExchangeEffect[] {
    const effects = this.#at.receive(opened);
    const { header, plaintext } = opened;
    this.#write(says, { arrives: { header, plaintext: Buffer.from(plaintext).toString('base64url') } }, effects);
    return effects;
  }

  does<T>(says: string, does: NonNullable<Step['does']>, act: () => T): T {
    const done = act();
    this.#write(says, { does }, []);
    return done;
  }

  #write(says: string, what: Pick<Step, 'arrives' | 'does'>, effects: readonly ExchangeEffect[]) {
    const reply = effects.find((effect) => effect.type === 'reply');
    const code = effects.find((effect) => effect.type === 'refused')?.code ?? null;
    const refused = effects.flatMap((effect) =>
      effect.type === 'queue' && effect.message.type === 'refusal' ? [effect.message.code] : [],
    );
    const taken = effects.filter(({ type }) => type === 'deliver').length;
    const answer = reply ? claimsOf(reply.receipt) : code;
    this.steps.push({ says, ...what, answer, messages: { taken, refused }, state: variables(this.#at.state) });
  }
}

type Play = (one: LinkEnd, other: LinkEnd, scribe: Scribe) => void;

/** What happens at `other`, to which `one` sends. */
const atReceiver: { readonly [name: string]: Play } = {
  'start: a query, a batch, the same batch again': (one, other, scribe) => {
    const asked = scribe.takes('the query with which the peer starts', one.queryEnvelope(one.restart(), other));
    one.receive(other.receiptEnvelope(only('reply', asked), one));
    const first = one.envelope(one.form(note(1), note(2)), other);
    scribe.takes('the first batch', first);
    scribe.takes('the same again: answered, without effect', first);
  },
  'gap: nothing is taken ahead, and it heals': (one, other, scribe) => {
    const [first, second, third] = [1, 2, 3].map((at) => one.envelope(one.form(note(at)), other)) as [
      Opened,
      Opened,
      Opened,
    ];
    scribe.takes('batch 1', first);
    scribe.takes('batch 3: answered with the receipt for 1', third);
    scribe.takes('batch 2', second);
    scribe.takes('batch 3 again', third);
  },
  'malformed payloads: each message refused, the link goes on': (one, other, scribe) => {
    scribe.takes('no JSON', signed(one, other, Buffer.from('{"messages":['), { inside: { messages: 2 } }));
    const deep = Buffer.from(`{"messages":[${'['.repeat(9)}${']'.repeat(9)}],"receipt":null}`);
    const { lastHash } = other.state.in;
    scribe.takes('too deep', signed(one, other, deep, { inside: { sequence: 2, previous: lastHash } }));
    const odd: Json = { type: 'gossip' };
    const mixed = payloadOf(odd, { type: 'recovery-wanted', after: null, more: 1 }, note(1) as unknown as Json);
    scribe.takes(
      'a type that nobody knows, a member too many, and a good one',
      signed(one, other, mixed, { inside: { sequence: 3, previous: other.state.in.lastHash, messages: 3 } }),
    );
  },
  'refused whole: another sequence outside, another payload': (one, other, scribe) => {
    const batch = one.envelope(one.form(note(1)), other);
    scribe.takes('labelled 7', { ...batch, header: { ...batch.header, sequence: 7 } });
    const cut = batch.plaintext.slice(0, -1);
    scribe.takes('not padded to the Padmé length', { ...batch, plaintext: cut });
    scribe.takes('as it was sent', batch);
  },
  'stop: a sequence is used twice; then people speak': (one, other, scribe) => {
    const before = one.state;
    scribe.takes('batch 1', one.envelope(one.form(note(1)), other));
    one.state = before;
    const rewritten = one.envelope(one.form(note(2)), other);
    scribe.takes('another batch 1', rewritten);
    scribe.takes('anything', rewritten);
    scribe.does('officers of both services have spoken', 'people have spoken', () => other.step({ type: 'resume' }));
    one.step({ type: 'resume' });
    const asked = scribe.takes('the query with which the peer goes on', one.queryEnvelope(one.restart(), other));
    one.receive(other.receiptEnvelope(only('reply', asked), one));
    scribe.takes('a batch of a new epoch, previous null', one.envelope(one.form(note(3)), other));
  },
  'chain broken: the next batch names another before it': (one, other, scribe) => {
    scribe.takes('batch 1', one.envelope(one.form(note(1)), other));
    const previous = 'A'.repeat(43);
    scribe.takes(
      'batch 2',
      signed(one, other, payloadOf(note(2) as unknown as Json), { inside: { sequence: 2, previous } }),
    );
  },
};

/** What happens at `one`, which sends. */
const atSender: { readonly [name: string]: Play } = {
  'receipts: one for all before it, an old one, one for other content': (one, other, scribe) => {
    const batches = [1, 2].map((at) => scribe.does(`batch ${at}`, 'form a batch', () => one.form(note(at))));
    const replies = batches.map((batch) => only('reply', other.receive(one.envelope(batch, other))));
    const [early, late] = replies.map((reply) => other.receiptEnvelope(reply, one)) as [Opened, Opened];
    scribe.takes('the receipt through 2', late);
    scribe.takes('the receipt through 1, late', early);
    const [, twin] = LinkEnd.pair(realCrypto);
    const [liar] = LinkEnd.pair(realCrypto);
    const reply = only('reply', twin.receive(liar.envelope(liar.form(note(9)), twin)));
    scribe.takes('for a first batch of other content, before what is confirmed', twin.receiptEnvelope(reply, one));
  },
  'receipt ahead: for what was never sent': (one, other, scribe) => {
    const [liar] = LinkEnd.pair(realCrypto);
    const reply = only('reply', other.receive(liar.envelope(liar.form(note(9)), other)));
    scribe.takes('a receipt for batch 1, which was never formed', other.receiptEnvelope(reply, one));
  },
  'the peer was restored': (one, other, scribe) => {
    const backup = other.state;
    for (const at of [1, 2]) {
      const batch = scribe.does(`batch ${at}`, 'form a batch', () => one.form(note(at)));
      const reply = only('reply', other.receive(one.envelope(batch, other)));
      scribe.takes(`its receipt`, other.receiptEnvelope(reply, one));
    }
    other.state = backup;
    const asked = scribe.does('a process starts', 'start and ask', () => one.restart());
    const told = only('reply', other.receive(one.queryEnvelope(asked, other)));
    scribe.takes('the answer says less than was confirmed: a new epoch', other.receiptEnvelope(told, one));
    scribe.does('the same messages again', 'form a batch', () => one.form(note(1), note(2)));
  },
  'we were restored': (one, other, scribe) => {
    const first = one.form(note(1));
    one.receive(other.receiptEnvelope(only('reply', other.receive(one.envelope(first, other))), one));
    const backup = one.state;
    other.receive(one.envelope(one.form(note(2)), other));
    scribe.does('from a backup before batch 2', 'is restored', () => {
      one.state = backup;
    });
    const asked = scribe.does('a process starts', 'start and ask', () => one.restart());
    const told = only('reply', other.receive(one.queryEnvelope(asked, other)));
    scribe.takes('the answer is ahead of all that was formed: a new epoch', other.receiptEnvelope(told, one));
  },
};

export function transcripts(): { readonly about: string; readonly transcripts: readonly Transcript[] } {
  const played = (plays: { readonly [name: string]: Play }, at: (ends: [LinkEnd, LinkEnd]) => LinkEnd) =>
    Object.entries(plays).map(([name, play]) => {
      const ends = LinkEnd.pair(realCrypto);
      const scribe = new Scribe(at(ends));
      play(ends[0], ends[1], scribe);
      return { name, steps: scribe.steps };
    });
  return {
    about:
      'EXC-2, EXC-4: what one end of a link goes through, step by step; each transcript begins with a fresh link. `header` is that of an envelope and `plaintext` what was sealed, base64url. `answer` is the claims of the receipt, or the code of the refusal. `state` has the variables of EXC-2, a batch without a receipt as [sequence, hash, `then`], a query as [binding, `then`]; `asks` says whether a query is due or open. The services, their Ed25519 keys and seeds are those of link.json: the first transcripts are at `other`, the last at `one`, beginning with *receipts*.',
    transcripts: [...played(atReceiver, ([, other]) => other), ...played(atSender, ([one]) => one)],
  };
}
