/** KEY-1: a sealing key has to be tried: not every 1216 bytes are an X-Wing key (FIPS 203 section 7.2, RFC 7748 section 6.1). */
import type { Sealer } from '#src/ports/keyring.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { ServiceCard } from './service-card.ts';

const nothing = new Uint8Array(0);

/** Sealed, or `sealing-key-unusable`: the port throws on a malformed key, and on nothing else. */
export function sealTo(
  publicKey: Uint8Array,
  plaintext: Uint8Array,
  info: Uint8Array,
  sealer: Sealer,
): Promise<Awaited<ReturnType<Sealer['seal']>> | Refusal> {
  return sealer.seal(publicKey, plaintext, info).catch(() => refuse('sealing-key-unusable'));
}

export async function canSealTo(publicKey: Uint8Array, sealer: Sealer): Promise<boolean> {
  return !isRefusal(await sealTo(publicKey, nothing, nothing, sealer));
}

/** Every key that the card or a statement behind it names: the newest one counts, until a contradiction takes it back. */
export async function isCardUsable({ firstKeys, statements }: ServiceCard, sealer: Sealer): Promise<boolean> {
  for (const { sealing } of [firstKeys, ...statements]) {
    if (!(await canSealTo(sealing.publicKey, sealer))) return false;
  }
  return true;
}
