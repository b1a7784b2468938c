import { canonicalJson, parseCanonicalJson } from '../canonical-json.ts';
import { jwsSigningInput, verifyJws } from '../jws.ts';
import { hasExactly, isCount, isHash, isSequence } from './forms.ts';
import { type ExchangeContext, exchangeLimits, type LinkState, type ReceiptClaims, type SignReceipt } from './state.ts';

/** JWS `typ` of a receipt. */
export const receiptType = 'tansiq-receipt';

/** The receipt for what this link has taken so far. The same state always gives the same effect: signing twice is harmless. */
export function formReceipt(state: LinkState, answers: string | null, context: ExchangeContext): SignReceipt {
  const { self, peer, link, in: taken } = state;
  const claims: ReceiptClaims = {
    v: 1,
    from: self,
    to: peer,
    link,
    epoch: taken.epoch,
    through: taken.through,
    hash: taken.lastHash,
    answers,
  };
  return {
    type: 'sign-receipt',
    id: receiptId(claims),
    signingInput: jwsSigningInput(receiptType, context.signingKeyId, canonicalJson({ ...claims })),
    claims,
  };
}

function receiptId({ epoch, through, hash, answers }: ReceiptClaims): string {
  return `receipt ${epoch} ${through} ${hash ?? '-'} ${answers ?? '-'}`;
}

/** The claims of a receipt that the peer of this link signed for us; null for anything else. */
export function verifyReceipt(receipt: string, state: LinkState, context: ExchangeContext): ReceiptClaims | null {
  if (receipt.length > exchangeLimits.headerBytesMax) return null;
  const verified = verifyJws(receipt, receiptType, context.peerKey, context.primitives);
  if (typeof verified === 'string') return null;
  const claims = readClaims(verified.payload);
  if (claims === null || claims.from !== state.peer || claims.to !== state.self || claims.link !== state.link)
    return null;
  return claims;
}

function readClaims(bytes: Uint8Array): ReceiptClaims | null {
  const value = parseCanonicalJson(bytes, { depthMax: 1, bytesMax: exchangeLimits.headerBytesMax });
  const fields = ['v', 'from', 'to', 'link', 'epoch', 'through', 'hash', 'answers'];
  if (!hasExactly(value, fields) || value.v !== 1) return null;
  const { from, to, link, epoch, through, hash, answers } = value;
  if (!isHash(from) || !isHash(to) || !isHash(link) || !isSequence(epoch) || !isCount(through)) return null;
  if (through === 0 ? hash !== null : !isHash(hash)) return null;
  if (!(answers === null || isHash(answers))) return null;
  return { v: 1, from, to, link, epoch, through, hash: hash as string | null, answers };
}
