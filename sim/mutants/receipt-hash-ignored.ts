import type { ExchangeEvent, LinkState } from '#src/protocol/exchange/state.ts';
import type { Mutant } from './mutant.ts';
import { signedClaims } from './signed-claims.ts';

export const receiptHashIgnored: Mutant = {
  name: 'receipt-hash-ignored',
  breaks: 'EXC-4: lets go of batches by the receipt’s number, whatever its hash says',
  caughtBy: ['lies are refused'],
  change: (core) => ({
    ...core,
    step: (state, event, context) => core.step(believing(state, event), event, context),
  }),
};

/** Pretends that the hash in a receipt is the one that was sent. */
function believing(state: LinkState, event: ExchangeEvent): LinkState {
  if (event.type !== 'envelope-opened' || event.header.type !== 'receipt') return state;
  const claims = signedClaims(event.plaintext);
  if (claims === null) return state;
  const { through, hash } = claims as { through: number; hash: string };
  const unreceipted = state.out.unreceipted.map((sent) => (sent.sequence === through ? { ...sent, hash } : sent));
  const receiptedHash = state.out.receiptedThrough === through ? hash : state.out.receiptedHash;
  return { ...state, out: { ...state.out, unreceipted, receiptedHash } };
}
