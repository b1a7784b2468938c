/** EXC-5: the way to a service that may be no partner: directly, or in letters through those who hold in between. */
import {
  letterHash,
  letterInfo,
  letterOf,
  letterPlaintext,
  readLetter,
  sealedPartOf,
} from '#src/protocol/exchange/letter.ts';
import type { Letter, LetterMessage } from '#src/protocol/exchange/message.ts';
import { keyIdOf } from '#src/protocol/fingerprint.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import { isRefusal, type RefusalCode } from '#src/protocol/refusal.ts';
import { type Route, relaysMax } from '#src/protocol/release/route.ts';
import type { AfterCommit } from './disk.ts';
import { type Arrived, knownService, refuseMessage } from './keeping.ts';
import type { SimNode } from './node.ts';

export function routeTo(node: SimNode, service: ServiceId): Route | null {
  if (knownService(node, service) === undefined) return null;
  const vias = new Map<ServiceId, ServiceId[]>();
  let asked = [service];
  for (let relays = 0; relays < relaysMax && asked.length > 0; relays++) {
    const found: ServiceId[] = [];
    for (const holder of asked) {
      const through = [...node.disk.given.group(holder)].flatMap(({ via }) => via ?? []);
      vias.set(holder, through);
      found.push(...through);
    }
    asked = [...new Set(found)].filter((via) => !vias.has(via));
  }
  const sources = [...node.disk.sources.group(service)].map(({ peer }) => peer);
  return node.world.core.routeOf(service, { partners: new Set(node.peers.keys()), vias, sources });
}

/** As they are to a partner, else sealed to the service, once more for each relay after the first. Whether there is a way. */
export function sendTo(node: SimNode, service: ServiceId, messages: readonly LetterMessage[]): boolean {
  const route = routeTo(node, service);
  if (route === null) return false;
  const [first = service, ...later] = route.relays;
  if (route.relays.length === 0) {
    for (const message of messages) node.disk.enqueue(service, { message });
    return true;
  }
  let letter = sealed(node, service, messages);
  for (const relay of later.reverse()) letter = letter && sealed(node, relay, [letter]);
  if (letter === null) return false;
  node.disk.enqueue(first, { message: letter });
  return true;
}

function sealed(node: SimNode, to: ServiceId, messages: readonly LetterMessage[]): Letter | null {
  const { crypto } = node.world;
  const known = knownService(node, to);
  if (known === undefined) return null;
  const key = keyIdOf(known.sealingKey, crypto.primitives);
  const plaintext = letterPlaintext(node.service, messages);
  const letter = letterOf(to, key, crypto.seal(known.sealingKey, plaintext, letterInfo({ to, key })));
  return isRefusal(letter) ? null : letter;
}

/** What a letter for ourselves says; null where it says nothing, which is answered. */
export function openLetter(
  node: SimNode,
  letter: Letter,
  place: Arrived,
  after: AfterCommit,
): readonly (LetterMessage | RefusalCode)[] | null {
  const plaintext = node.keys.open(sealedPartOf(letter), letterInfo(letter));
  const opened = plaintext === null ? null : readLetter(plaintext);
  if (opened !== null && !isRefusal(opened)) return opened.messages;
  refuseMessage(node, place, opened?.code ?? 'envelope-seal-broken', after);
  return null;
}

/** Carried on, once, between those who hold through us; for anybody else we are no post office. */
export function carryLetter(node: SimNode, letter: Letter, place: Arrived, after: AfterCommit): void {
  const { disk, world } = node;
  const { to } = letter;
  const next = world.core.carryOn(place.peer, to, routeTo(node, to), {
    partners: new Set(node.peers.keys()),
    gaveRecordsOf: [...disk.given.group(place.peer)].some(({ via, origin }) => via === null && origin === to),
    gaveRecordsFrom: [...disk.given.group(to)].some(({ from }) => from === place.peer),
  });
  if (next === null) {
    refuseMessage(node, place, 'letter-not-ours', after);
    return;
  }
  const hash = letterHash(letter, world.crypto.primitives);
  if (disk.carried.get(hash) !== undefined) return;
  disk.carried.set(hash, true);
  disk.enqueue(next, { message: letter });
  world.checkers.letters.carried(node.service, place.peer, to);
  after.note(() => world.checkers.watch.counts.letters++);
}
