import { describe, expect, it } from 'vitest';
import { LinkEnd, note, only } from '#sim/link-end.ts';
import { payloadOf, signed } from '#sim/signed-envelope.ts';
import type { Json } from '../primitives.ts';
import type { LinkState } from './state.ts';

describe('[EXC-4] two nodes with one identity', () => {
  /** A copy of a node: the same keys, the same link, the same store as it was. */
  function copyOf(end: LinkEnd): LinkEnd {
    const [copy] = LinkEnd.pair();
    copy.state = structuredClone(end.state) as LinkState;
    return copy;
  }

  it('are stopped by the peer at the first sequence that both used, and both headers are evidence', () => {
    const [one, other] = LinkEnd.pair();
    one.exchange(other, note(1));
    const clone = copyOf(one);
    one.exchange(other, note(2));
    const theirs = clone.form(note(3));
    const effects = other.receive(clone.envelope(theirs, other));
    expect(only('link-stopped', effects)).toMatchObject({
      code: 'sequence-reused',
      evidence: { of: 'batch', epoch: 1, sequence: 2, signed: theirs.signedHeader },
    });
    expect(other.state.status).toBe('stopped');
  });

  it('stop themselves when an answer shows what they never sent, although they have run without a break', () => {
    const [one, other] = LinkEnd.pair();
    one.exchange(other, note(1));
    const clone = copyOf(one);
    // the copy starts, and begins a new epoch in our name
    one.exchange(other, note(2));
    clone.restartAndAsk(other);
    clone.exchange(other, note(3));
    const batch = one.form(note(4));
    const reply = only('reply', other.receive(one.envelope(batch, other)));
    const effects = one.receive(other.receiptEnvelope(reply, one));
    expect(only('link-stopped', effects)).toMatchObject({ code: 'node-cloned', evidence: { of: 'receipt', epoch: 2 } });
    expect(one.state).toMatchObject({ status: 'stopped', stoppedBy: 'node-cloned' });
  });

  it('are not what a late batch of an epoch that is over shows: it is answered, and takes no effect', () => {
    const [one, other] = LinkEnd.pair();
    one.exchange(other, note(1));
    const late = one.envelope(one.form(note(2)), other);
    one.step({ type: 'give-up' });
    one.restartAndAsk(other);
    one.exchange(other, note(2));
    const effects = other.receive(late);
    expect(effects).toMatchObject([{ type: 'reply', epoch: 2, through: 1 }]);
    expect(one.receive(other.receiptEnvelope(only('reply', effects), one))).toEqual([]);
  });

  it('are what a second content under a sequence of an epoch that is over shows', () => {
    const [one, other] = LinkEnd.pair();
    one.exchange(other, note(1));
    one.form(note(2));
    one.step({ type: 'give-up' });
    one.restartAndAsk(other);
    one.exchange(other, note(2));
    const payload = payloadOf(note(9) as unknown as Json);
    const place = { epoch: 1, sequence: 1, previous: null };
    const effects = other.receive(signed(one, other, payload, { inside: place, outside: { epoch: 1 } }));
    expect(only('link-stopped', effects).code).toBe('sequence-reused');
  });
});

describe('[EXC-4] a new epoch', () => {
  it('is taken from its first batch on; one ahead of it is a gap', () => {
    const [one, other] = LinkEnd.pair();
    one.exchange(other, note(1));
    one.form(note(2));
    one.step({ type: 'give-up' });
    one.restartAndAsk(other);
    const [first, second] = [one.form(note(2)), one.form(note(3))];
    const gap = other.receive(one.envelope(second, other));
    expect(gap).toMatchObject([{ type: 'reply', epoch: 1, through: 1 }]);
    // a receipt of the epoch before is no news to who began the new one
    expect(one.receive(other.receiptEnvelope(only('reply', gap), one))).toEqual([]);
    other.receive(one.envelope(first, other));
    other.receive(one.envelope(second, other));
    expect(other.state.in).toMatchObject({ epoch: 2, through: 2 });
  });

  it('begins for what has no receipt when it is given up, and keeps a question that is open', () => {
    const [one, other] = LinkEnd.pair();
    one.exchange(other, note(1));
    one.form(note(2));
    const asked = one.restart();
    expect(one.step({ type: 'give-up' })).toEqual([
      { type: 'new-epoch', epoch: 2, after: { epoch: 1, through: 1 }, cause: 'given-up' },
    ]);
    const reply = only('reply', other.receive(one.queryEnvelope(asked, other)));
    one.receive(other.receiptEnvelope(reply, one));
    expect(one.state.out).toMatchObject({ epoch: 2, asking: null });
    expect(one.step({ type: 'give-up' })).toEqual([]);
  });

  it('is what a stopped link goes on with once officers have spoken, and not before the peer was asked', () => {
    const [one, other] = LinkEnd.pair();
    one.exchange(other, note(1));
    other.receive(signed(one, other, payloadOf({ type: 'x' }), { inside: { sequence: 1, previous: null } }));
    expect(other.state.status).toBe('stopped');
    other.step({ type: 'resume' });
    expect(other.state).toMatchObject({ status: 'open', stoppedBy: null, out: { epoch: 2 } });
    expect(other.queue([note(2)])).toEqual([]);
    const nonce = 'N'.repeat(42).concat('A');
    const asked = other.ask(other.step({ type: 'tick', now: other.now, nonce }));
    const reply = only('reply', one.receive(other.queryEnvelope(asked, one)));
    other.receive(one.receiptEnvelope(reply, other));
    only('receipted', other.exchange(one, note(2)));
  });

  it('cannot be driven past the last number by a peer that names it', () => {
    const [one, other] = LinkEnd.pair();
    one.restart();
    const { asking } = one.state.out;
    other.state = { ...other.state, in: { ...other.state.in, epoch: 2 ** 31 - 1 } };
    const reply = only(
      'reply',
      other.receive(one.queryEnvelope({ type: 'send-query', query: asking?.query ?? '', epoch: 1, next: 1 }, other)),
    );
    expect(one.receive(other.receiptEnvelope(reply, one))).toEqual([{ type: 'refused', code: 'epoch-unknown' }]);
    expect(one.state.out.epoch).toBe(1);
  });
});

describe('[EXC-4] a query is refused, and has no effect, when', () => {
  it('its signature is not the peer’s, it is a receipt, or its envelope says something else', () => {
    const [one, other] = LinkEnd.pair();
    const asked = one.restart();
    const opened = one.queryEnvelope(asked, other);
    const { state } = other;
    expect(only('refused', other.receive({ ...opened, plaintext: opened.plaintext.with(3, 65) })).code).toBe(
      'envelope-binding-mismatch',
    );
    const relabelled = { ...opened, header: { ...opened.header, sequence: 9 } };
    expect(only('refused', other.receive(relabelled)).code).toBe('envelope-binding-mismatch');
    expect(only('refused', other.receive({ ...opened, plaintext: opened.plaintext.with(-1, 1) })).code).toBe(
      'envelope-malformed',
    );
    const { receipt } = only('reply', other.receive(opened));
    const asQuery = other.queryEnvelope({ type: 'send-query', query: receipt, epoch: 1, next: 1 }, one);
    expect(only('refused', one.receive(asQuery)).code).toBe('query-invalid');
    expect(other.state.out).toEqual(state.out);
  });
});
