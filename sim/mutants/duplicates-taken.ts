import type { ExchangeEvent, LinkState } from '#src/protocol/exchange/state.ts';
import type { Mutant } from './mutant.ts';
import { signedClaims } from './signed-claims.ts';

export const duplicatesTaken: Mutant = {
  name: 'duplicates-taken',
  breaks: 'EXC-2: takes a batch again that it has already',
  caughtBy: ['exactly once, in order', 'lies are refused', 'no link stops without a lie'],
  change: (core) => ({
    ...core,
    step: (state, event, context) =>
      core.step(
        dueAgain(state, event, (sequence, through) => sequence <= through),
        event,
        context,
      ),
  }),
};

/** Pretends that the batch which came is the one that is due. */
export function dueAgain(
  state: LinkState,
  event: ExchangeEvent,
  isWrong: (sequence: number, through: number) => boolean,
): LinkState {
  if (event.type !== 'envelope-opened' || event.header.type !== 'batch') return state;
  const { sequence } = event.header;
  if (!isWrong(sequence, state.in.through)) return state;
  const claims = signedClaims(event.plaintext);
  if (claims === null) return state;
  return { ...state, in: { ...state.in, through: sequence - 1, lastHash: claims.previous as string | null } };
}
