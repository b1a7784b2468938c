/**
 * KEY-1: partners are told of our keys in envelopes of their own, before anything that is signed with them or sealed to
 * them. A statement proves itself, so it also arrives where the key before is lost or revoked and could sign no batch.
 */
import type { KnownService, StoreUnit } from '#src/ports/store.ts';
import { keysEnvelopeHeader } from '#src/protocol/exchange/envelope.ts';
import { textHash } from '#src/protocol/exchange/forms.ts';
import { payloadOf, signedHeaderOf } from '#src/protocol/exchange/plaintext.ts';
import type { EnvelopeHeader } from '#src/protocol/exchange/state.ts';
import { statementLimits } from '#src/protocol/identity/statement.ts';
import { claimedService } from '#src/protocol/identity/verify-statement.ts';
import type { ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { EngineDeps } from './deps.ts';
import { sealEnvelope } from './seal-outgoing.ts';
import { takeKeys } from './take-keys.ts';

export interface UntoldStatement {
  readonly version: number;
  readonly jws: string;
}

/** The first statement after the card. */
const firstVersion = 2;

/** Our statements in force that this partner has not shown to know, oldest first; all of them where nothing is known of it. */
export async function untoldStatements(
  unit: StoreUnit,
  peer: ServiceId,
  { keyring }: Pick<EngineDeps, 'keyring'>,
): Promise<UntoldStatement[]> {
  const statements = keyring.statements.map((jws, at) => ({ version: at + firstVersion, jws }));
  if (statements.length === 0) return [];
  const told = await toldTo(unit, peer);
  return statements.filter(({ version }) => version > told);
}

export async function sealedKeys(
  { version, jws }: UntoldStatement,
  link: string,
  peer: KnownService,
  deps: Pick<EngineDeps, 'keyring' | 'primitives' | 'sealer'>,
): Promise<Uint8Array | Refusal> {
  const route = { from: deps.keyring.identity.service, to: peer.id, link, version };
  const header = keysEnvelopeHeader(route, jws, peer.sealingKey.id, deps.primitives);
  return sealEnvelope(header, jws, new Uint8Array(0), peer, deps.sealer);
}

/** The statement in an opened envelope of keys, taken. A partner speaks here of its own keys alone. */
export async function takeKeysEnvelope(
  unit: StoreUnit,
  header: EnvelopeHeader,
  plaintext: Uint8Array,
  deps: Pick<EngineDeps, 'primitives' | 'keyring' | 'sealer'>,
  at: UnixMs,
): Promise<Refusal | null> {
  const jws = signedHeaderOf(plaintext, statementLimits.bytesMax);
  if (jws === null || payloadOf(plaintext, jws, 0) === null) return refuse('envelope-malformed');
  if (textHash(jws, deps.primitives) !== header.binding) return refuse('envelope-binding-mismatch');
  if (claimedService(jws) !== header.from) return refuse('keys-invalid');
  const taken = await takeKeys(unit, jws, deps, at);
  return isRefusal(taken) ? taken : null;
}

/** A verified receipt that answers a statement of ours: its signer knows that statement, and the ones before it. */
export async function noteAnsweredKeys(
  unit: StoreUnit,
  peer: ServiceId,
  answers: string | null,
  { keyring, primitives }: Pick<EngineDeps, 'keyring' | 'primitives'>,
  at: UnixMs,
): Promise<void> {
  if (answers === null || keyring.statements.length === 0) return;
  const place = keyring.statements.findIndex((jws) => textHash(jws, primitives) === answers);
  const version = place + firstVersion;
  if (place < 0 || version <= (await toldTo(unit, peer))) return;
  await unit.noteKeysTold(peer, version, at);
}

/** Whether a partner that answered so may not know the key with which we signed. */
export function mayLackOurKeys(failure: string | null): boolean {
  return failure === 'peer-unknown' || failure === 'envelope-key-unknown' || failure === 'keys-gap';
}

/** A partner does not know a key that it should: perhaps it was restored from a backup. It is told everything again. */
export async function tellAgain(unit: StoreUnit, peer: ServiceId, deps: Pick<EngineDeps, 'keyring'>, at: UnixMs) {
  if (deps.keyring.statements.length > 0 && (await toldTo(unit, peer)) > 0) await unit.noteKeysTold(peer, 0, at);
}

async function toldTo(unit: StoreUnit, peer: ServiceId): Promise<number> {
  return (await unit.keysTold()).find(({ service }) => service === peer)?.version ?? 0;
}
