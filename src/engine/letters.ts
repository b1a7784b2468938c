/** Letters: sealing what is for a service that is no partner, so that those who carry it read nothing (EXC-5). */
import type { Keyring, Sealer } from '#src/ports/keyring.ts';
import type { StoreUnit } from '#src/ports/store.ts';
import { letterInfo, letterOf, letterPlaintext } from '#src/protocol/exchange/letter.ts';
import { type Letter, type LetterMessage, messageLimits } from '#src/protocol/exchange/message.ts';
import { exchangeLimits } from '#src/protocol/exchange/state.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { Route } from '#src/protocol/release/route.ts';
import { sealTo } from './usable-key.ts';

export interface LetterDeps {
  readonly keyring: Pick<Keyring, 'identity' | 'sign'>;
  readonly sealer: Sealer;
}

/** How much a letter may grow with each letter around it: a third by base64url, an eighth by Padmé. */
const growth = 1.6;

/**
 * Letters to `service` for the first relay of the route to carry, in order. Each relay after the first gets a letter of
 * its own around the one that it carries on, so that it learns its neighbours and no more.
 */
export async function sealLetters(
  unit: StoreUnit,
  route: Route,
  service: ServiceId,
  messages: readonly LetterMessage[],
  deps: LetterDeps,
): Promise<readonly Letter[] | Refusal> {
  const letters: Letter[] = [];
  const bytesMax = messageLimits.letterBytesMax / growth ** route.relays.length - 4_096;
  for (const part of inParts(messages, bytesMax)) {
    let letter = await seal(unit, service, part, deps);
    // The first relay is our partner: the letter itself is its message, and nothing is around it.
    for (const relay of route.relays.slice(1).reverse()) {
      if (isRefusal(letter)) return letter;
      letter = await seal(unit, relay, [letter], deps);
    }
    if (isRefusal(letter)) return letter;
    letters.push(letter);
  }
  return letters;
}

async function seal(
  unit: StoreUnit,
  to: ServiceId,
  messages: readonly LetterMessage[],
  { keyring, sealer }: LetterDeps,
): Promise<Letter | Refusal> {
  const addressee = await unit.knownService(to);
  if (addressee === null || addressee.revoked) return refuse('no-way-to-service');
  const { id: key, publicKey } = addressee.sealingKey;
  const plaintext = letterPlaintext(keyring.identity.service, messages);
  const sealed = await sealTo(publicKey, plaintext, letterInfo({ to, key }), sealer);
  return isRefusal(sealed) ? sealed : letterOf(to, key, sealed);
}

/** In order, as many messages to a letter as it holds. One that is too large stands alone, and sealing refuses it. */
function inParts(messages: readonly LetterMessage[], bytesMax: number): LetterMessage[][] {
  const parts: LetterMessage[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const message of messages) {
    const size = JSON.stringify(message).length;
    bytes += size;
    const part = parts.at(-1);
    if (part !== undefined && bytes <= bytesMax && part.length < exchangeLimits.messagesPerBatchMax) part.push(message);
    else {
      parts.push([message]);
      bytes = size;
    }
  }
  return parts;
}
