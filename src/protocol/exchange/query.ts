import { canonicalJson, parseCanonicalJson } from '../canonical-json.ts';
import { jwsSigningInput, verifyJws } from '../jws.ts';
import { hasExactly, isCount, isHash, isSequence, textHash } from './forms.ts';
import { type ExchangeContext, exchangeLimits, type LinkState, type QueryClaims, type SignQuery } from './state.ts';

/** JWS `typ` of a query. */
export const queryType = 'tansiq-query';

/** EXC-4: asks what the peer has of us. `nonce`: 32 random bytes, base64url. */
export function formQuery(state: LinkState, nonce: string, context: ExchangeContext): SignQuery {
  const { self, peer, link, out, in: taken } = state;
  const claims: QueryClaims = {
    v: 1,
    from: self,
    to: peer,
    link,
    epoch: out.epoch,
    next: out.next,
    takenEpoch: taken.epoch,
    takenThrough: taken.through,
    nonce,
  };
  const text = canonicalJson({ ...claims });
  return {
    type: 'sign-query',
    id: `query ${textHash(text, context.primitives)}`,
    signingInput: jwsSigningInput(queryType, context.signingKeyId, text),
    claims,
  };
}

/** The claims of a query that the peer of this link signed for us; null for anything else. */
export function verifyQuery(query: string, state: LinkState, context: ExchangeContext): QueryClaims | null {
  const verified = verifyJws(query, queryType, context.peerKey, context.primitives);
  if (typeof verified === 'string') return null;
  const claims = readClaims(verified.payload);
  if (claims === null || claims.from !== state.peer || claims.to !== state.self || claims.link !== state.link)
    return null;
  return claims;
}

function readClaims(bytes: Uint8Array): QueryClaims | null {
  const value = parseCanonicalJson(bytes, { depthMax: 1, bytesMax: exchangeLimits.headerBytesMax });
  const fields = ['v', 'from', 'to', 'link', 'epoch', 'next', 'takenEpoch', 'takenThrough', 'nonce'];
  if (!hasExactly(value, fields) || value.v !== 1) return null;
  const { from, to, link, epoch, next, takenEpoch, takenThrough, nonce } = value;
  if (!isHash(from) || !isHash(to) || !isHash(link) || !isHash(nonce)) return null;
  if (!isSequence(epoch) || !isSequence(next) || !isSequence(takenEpoch) || !isCount(takenThrough)) return null;
  return { v: 1, from, to, link, epoch, next, takenEpoch, takenThrough, nonce };
}
