/** What we signed with a key that we have revoked since: partners believe it no more, so it is signed anew (KEY-1). */
import type { Keyring } from '#src/ports/keyring.ts';
import type { StoreUnit } from '#src/ports/store.ts';
import { parseCanonicalJson } from '#src/protocol/canonical-json.ts';
import { ascii } from '#src/protocol/encoding.ts';
import type { LinkState } from '#src/protocol/exchange/state.ts';
import { statementLimits } from '#src/protocol/identity/statement.ts';
import { splitStatement } from '#src/protocol/identity/verify-statement.ts';
import { keyNamedIn } from '#src/protocol/jws.ts';
import type { KeyId } from '#src/protocol/primitives.ts';

/** Keys of ours that are revoked, by our newest statement. */
export function ownRevoked({ statements }: Pick<Keyring, 'statements'>): ReadonlySet<KeyId> {
  const known = revokedBy.get(statements);
  if (known) return known;
  const revoked = new Set(revokedIn(statements.at(-1)));
  revokedBy.set(statements, revoked);
  return revoked;
}

/** A keyring gives out one list until its keys change. */
const revokedBy = new WeakMap<readonly string[], ReadonlySet<KeyId>>();

/** Read without verifying: it was verified before the keyring got it. */
function revokedIn(jws: string | undefined): readonly KeyId[] {
  const split = jws === undefined ? null : splitStatement(jws);
  if (split === null) return [];
  const claims = parseCanonicalJson(split.payload, { depthMax: 3, bytesMax: statementLimits.bytesMax });
  const revoked = typeof claims === 'object' && claims !== null && 'revoked' in claims ? claims.revoked : [];
  return Array.isArray(revoked) ? revoked.filter((id) => typeof id === 'string') : [];
}

/** Without receipts and queries that nobody would believe any more: the exchange signs new ones in their place. */
export function withoutRevoked(state: LinkState, keyring: Pick<Keyring, 'statements'>): LinkState {
  const revoked = ownRevoked(keyring);
  if (revoked.size === 0) return state;
  const { receipt } = state.in;
  const { asking } = state.out;
  const next = receipt !== null && names(receipt, revoked) ? { ...state, in: { ...state.in, receipt: null } } : state;
  if (!asking?.query || !names(asking.query, revoked)) return next;
  return { ...next, out: { ...next.out, asking: { ...asking, query: null, binding: null, signing: null } } };
}

/** Whether a batch that still waits for its receipt is signed with a key that is revoked since. */
export async function waitsInVain(
  unit: StoreUnit,
  { peer, out }: LinkState,
  keyring: Pick<Keyring, 'statements'>,
): Promise<boolean> {
  const revoked = ownRevoked(keyring);
  if (revoked.size === 0) return false;
  for (const { sequence } of out.unreceipted) {
    const signed = await unit.signedHeader('ours', peer, { epoch: out.epoch, sequence });
    if (signed !== null && names(signed, revoked)) return true;
  }
  return false;
}

function names(jws: string, keys: ReadonlySet<KeyId>): boolean {
  return keys.has(keyNamedIn(ascii(jws)));
}
