import { fromUtf8 } from '#src/protocol/encoding.ts';
import { batchType } from '#src/protocol/exchange/batch.ts';
import { signedHeaderOf } from '#src/protocol/exchange/plaintext.ts';
import { receiptType } from '#src/protocol/exchange/receipt.ts';
import { splitJws } from '#src/protocol/jws.ts';

/** What an opened envelope says inside, whoever signed it; null where it says nothing readable. */
export function signedClaims(plaintext: Uint8Array): { readonly [claim: string]: unknown } | null {
  const signed = signedHeaderOf(plaintext) ?? '';
  for (const type of [batchType, receiptType]) {
    const split = splitJws(signed, type);
    if (split !== 'malformed') return JSON.parse(fromUtf8(split.payload) ?? 'null');
  }
  return null;
}
