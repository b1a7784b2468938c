import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LinkEnd, note, type Opened, only } from '#sim/link-end.ts';
import { payloadOf, signed } from '#sim/signed-envelope.ts';
import { base64url, utf8 } from '../encoding.ts';
import type { Json } from '../primitives.ts';

const code = (to: LinkEnd, opened: Opened) => only('refused', to.receive(opened)).code;
const oneNote = payloadOf(note(1) as unknown as Json);

describe('[ADM-2] whatever a peer sends', () => {
  const anyJson = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;

  it('as plaintext, the step gives an answer and never throws', () => {
    const [one, other] = LinkEnd.pair();
    const { header } = one.envelope(one.form(note(1)), other);
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.string({ unit: 'binary' }).map((text) => utf8(`${text}\n`)),
    );
    fc.assert(
      fc.property(bytes, fc.constantFrom('batch' as const, 'receipt' as const), (plaintext, type) => {
        const { sha256 } = other.context.primitives;
        const end = plaintext.indexOf(10);
        const binding = base64url(sha256(plaintext.subarray(0, Math.max(0, end))));
        expect(code(other, other.opened({ ...header, type, binding }, plaintext))).toMatch(/^(envelope|receipt)-/);
      }),
    );
  });

  it('as signed messages, the link goes on, and each is delivered, refused or a refusal', () => {
    fc.assert(
      fc.property(fc.array(anyJson, { minLength: 1, maxLength: 5 }), (messages) => {
        const [one, other] = LinkEnd.pair();
        const opened = signed(one, other, payloadOf(...messages), { inside: { messages: messages.length } });
        const effects = other.receive(opened);
        only('reply', effects);
        expect(other.state).toMatchObject({ status: 'open', in: { through: 1 } });
      }),
    );
  });

  it('as a signed header, the step gives an answer and never throws', () => {
    const fields = ['v', 'from', 'to', 'link', 'epoch', 'sequence', 'previous', 'payloadDigest', 'messages', 'more'];
    fc.assert(
      fc.property(fc.constantFrom(...fields), anyJson, (field, value) => {
        const [one, other] = LinkEnd.pair();
        const effects = other.receive(signed(one, other, oneNote, { inside: { [field]: value } }));
        expect(effects.at(-1)?.type).toMatch(/^(refused|reply)$/);
      }),
    );
  });
});
