import { fromUtf8 } from '#src/protocol/encoding.ts';
import { batchType } from '#src/protocol/exchange/batch.ts';
import { signedHeaderOf } from '#src/protocol/exchange/plaintext.ts';
import { receiptType } from '#src/protocol/exchange/receipt.ts';
import type { ExchangeContext, ExchangeEvent, LinkState, Step } from '#src/protocol/exchange/state.ts';
import { step } from '#src/protocol/exchange/step.ts';
import { splitJws } from '#src/protocol/jws.ts';

/** Mistakes that an implementation could make. Each is switched on in a test that shows a checker catching it. */
export const mutants = [
  /** Answers before the unit of the store is committed. */
  'receipt-before-durable',
  /** Takes a batch again that it has already. */
  'duplicates-taken',
  /** Takes a batch although those before it are missing. */
  'gaps-taken',
  /** Lets go of batches by the receipt's number, whatever its hash says. */
  'receipt-hash-ignored',
  /** Believes every signature. */
  'signatures-ignored',
  /** Takes messages from the queue before their batch is stored. */
  'queue-emptied-early',
  /** Never resends. */
  'never-resends',
] as const;
export type Mutant = (typeof mutants)[number];

/** The real step, or one with a mistake in it. */
export function stepWith(
  mutant: Mutant | null,
  state: LinkState,
  event: ExchangeEvent,
  context: ExchangeContext,
): Step {
  switch (mutant) {
    case 'duplicates-taken':
    case 'gaps-taken':
      return step(movedTo(mutant, state, event), event, context);
    case 'receipt-hash-ignored':
      return step(believing(state, event), event, context);
    case 'signatures-ignored':
      return step(state, event, { ...context, primitives: { ...context.primitives, ed25519Verify: () => true } });
    case 'never-resends':
      return event.type === 'tick' ? { state, effects: [] } : step(state, event, context);
    default:
      return step(state, event, context);
  }
}

/** Pretends that the batch which came is the one that is due. */
function movedTo(mutant: 'duplicates-taken' | 'gaps-taken', state: LinkState, event: ExchangeEvent): LinkState {
  if (event.type !== 'envelope-opened' || event.header.type !== 'batch') return state;
  const { sequence } = event.header;
  const wrong = mutant === 'duplicates-taken' ? sequence <= state.in.through : sequence > state.in.through + 1;
  const claims = wrong ? signedClaims(event.plaintext) : null;
  if (claims === null) return state;
  return { ...state, in: { ...state.in, through: sequence - 1, lastHash: claims.previous as string | null } };
}

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

function signedClaims(plaintext: Uint8Array): { readonly [claim: string]: unknown } | null {
  const signed = signedHeaderOf(plaintext) ?? '';
  for (const type of [batchType, receiptType]) {
    const split = splitJws(signed, type);
    if (split !== 'malformed') return JSON.parse(fromUtf8(split.payload) ?? 'null');
  }
  return null;
}
