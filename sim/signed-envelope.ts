import { canonicalJson } from '#src/protocol/canonical-json.ts';
import { ascii, base64url, utf8 } from '#src/protocol/encoding.ts';
import { batchType } from '#src/protocol/exchange/batch.ts';
import { sealedPlaintext } from '#src/protocol/exchange/plaintext.ts';
import type { BatchHeader } from '#src/protocol/exchange/state.ts';
import { jwsCompact, jwsSigningInput } from '#src/protocol/jws.ts';
import type { Json } from '#src/protocol/primitives.ts';
import type { LinkEnd, Opened } from './link-end.ts';

/** An envelope that `from` signs over any payload bytes and any header, inside and outside. */
export function signed(
  from: LinkEnd,
  to: LinkEnd,
  payload: Uint8Array,
  { inside = {}, outside = {}, type = batchType }: { inside?: object; outside?: object; type?: string } = {},
): Opened {
  const { sha256 } = from.context.primitives;
  const { self, peer, link, out } = from.state;
  const header: BatchHeader = {
    v: 1,
    from: self,
    to: peer,
    link,
    epoch: 1,
    sequence: out.next,
    previous: out.lastHash,
    payloadDigest: base64url(sha256(payload)),
    payloadBytes: payload.length,
    messages: 1,
    ...inside,
  };
  const input = jwsSigningInput(type, from.context.signingKeyId, canonicalJson({ ...header }));
  const jws = jwsCompact(input, from.keys.sign(input));
  const outer = {
    v: 1,
    suite: '647a-0001-0002',
    type: 'batch',
    from: self,
    to: peer,
    link,
    key: 'K'.repeat(42).concat('A'),
    epoch: 1,
    sequence: header.sequence,
    binding: base64url(sha256(ascii(jws))),
    ...outside,
  } as Opened['header'];
  return to.opened(outer, sealedPlaintext(jws, payload));
}

/** The payload of these messages, whatever they are. */
export function payloadOf(...messages: Json[]): Uint8Array {
  return utf8(canonicalJson({ messages, receipt: null }));
}
