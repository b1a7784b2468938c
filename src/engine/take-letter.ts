/** A letter that a peer hands over: ours to open, or ours to carry on between those who hold through us (EXC-5). */
import type { StoreUnit } from '#src/ports/store.ts';
import { letterHash, letterInfo, readLetter, sealedPartOf } from '#src/protocol/exchange/letter.ts';
import type { Letter, LetterMessage } from '#src/protocol/exchange/message.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { carryOn } from '#src/protocol/release/route.ts';
import type { Here, Place } from './here.ts';
import { refuseMessage } from './refuse-message.ts';
import { routeTo } from './routing.ts';

/** Takes the messages of a letter, as it would those of a batch. */
type Take = (
  unit: StoreUnit,
  delivered: readonly { readonly message: LetterMessage; readonly place: Place }[],
  here: Here,
) => Promise<void>;

export async function takeLetter(unit: StoreUnit, letter: Letter, place: Place, here: Here, take: Take): Promise<void> {
  return letter.to === here.self ? open(unit, letter, place, here, take) : carry(unit, letter, place, here);
}

async function open(unit: StoreUnit, letter: Letter, place: Place, here: Here, take: Take): Promise<void> {
  const plaintext = await here.keyring.open({ key: letter.key, ...sealedPartOf(letter), info: letterInfo(letter) });
  const opened = isRefusal(plaintext) ? plaintext : readLetter(plaintext);
  if (isRefusal(opened)) return refuseMessage(unit, place, opened.code, here.at);
  const delivered: { message: LetterMessage; place: Place }[] = [];
  for (const [index, message] of opened.messages.entries()) {
    const within: Place = { ...place, within: index + 1 };
    if (typeof message === 'string') await refuseMessage(unit, within, message, here.at);
    // One for ourselves within one for ourselves only makes work.
    else if (message.type === 'letter' && message.to === here.self) {
      await refuseMessage(unit, within, 'letter-nested-too-deep', here.at);
    } else delivered.push({ message, place: within });
  }
  await take(unit, delivered, here);
}

async function carry(unit: StoreUnit, letter: Letter, place: Place, here: Here): Promise<void> {
  const { peer } = place;
  const { to } = letter;
  const route = await routeTo(unit, to);
  const next =
    route &&
    carryOn(peer, to, route, {
      partners: new Set((await unit.partners()).map(({ id }) => id)),
      gaveRecordsOf: await unit.gaveTo(peer, to),
      gaveRecordsFrom: await unit.gaveFrom(to, peer),
    });
  if (next === null) return refuseMessage(unit, place, 'letter-not-ours', here.at);
  // Once: where holders stand in a circle, a letter would go round for ever.
  const hash = letterHash(letter, here.primitives);
  if (!(await unit.carryOnce(hash, here.at))) return;
  await unit.enqueue(next, { message: letter }, here.at);
  await unit.appendJournal({
    at: here.at,
    actorKind: 'node',
    actor: null,
    act: 'letter.carried',
    record: null,
    hash,
    service: to,
    reason: peer,
  });
}
