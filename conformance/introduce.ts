/** How the suite and the node come to know each other: by its officers, or in the demo by the demo's own officers. */
import { setTimeout as sleep } from 'node:timers/promises';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import type { ServiceCard } from '#src/engine/service-card.ts';
import { type Client, createClient } from '#src/features/client.ts';
import { spokenFingerprint } from '#src/protocol/fingerprint.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { verifyRecord } from '#src/protocol/record/verify.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { NotConformant } from './check.ts';
import type { Peer } from './peer.ts';

const say = (text: string) => console.log(text);

/** What the node's officers have to do; the suite waits for it. */
export function tellOfficers(peer: Peer, card: ServiceCard): void {
  say('1. Add this service as a partner, by its card:\n');
  say(card.text);
  say(`\n2. Confirm its fingerprint: ${spokenFingerprint(card.service)}`);
  say(`   The fingerprint of the node by its card: ${spokenFingerprint(peer.node.service)}`);
  say(
    '3. Propose an agreement to it: level 1 or more, purpose “prevention of terrorism”. It is assented to at once.\n',
  );
}

/** The same by the demo's ready-made officers. */
export async function introduceInDemo(url: string, card: ServiceCard): Promise<void> {
  const administrator = await demoOfficer(url, 'administrator');
  await administrator.addPartner({ body: { card: card.text } });
  const liaison = await demoOfficer(url, 'liaison');
  await liaison.confirmPartner({ params: { id: card.service }, body: { spoken: spokenFingerprint(card.service) } });
  const director = await demoOfficer(url, 'director');
  const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
  await director.proposeAgreement({
    params: { id: card.service },
    body: {
      title: 'Conformance',
      language: 'en',
      text: 'For testing from outside.',
      ceiling: 2,
      compartments: [],
      purposes: ['terrorism-prevention'],
      validFrom: day(-1),
      validUntil: day(30),
      oversightIncluded: false,
      legalBasis: 'Testing',
    },
  });
}

async function demoOfficer(url: string, role: string): Promise<Client> {
  const open = createClient(url);
  const { officers } = await open.entrance();
  const officer = officers.find((one) => one.role === role);
  if (officer === undefined) throw new Error(`the node has no ready-made officer with the role ${role}: is it a demo?`);
  const response = await fetch(new URL('/api/demo/session', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-tansiq': '1' },
    body: JSON.stringify({ login: officer.login }),
  });
  const token = /^tansiq_session=([^;]*)/.exec(response.headers.getSetCookie()[0] ?? '')?.[1];
  if (token === undefined) throw new Error(`${officer.login} was not signed in: HTTP ${response.status}`);
  return createClient(url, (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set('authorization', `Bearer ${token}`);
    return fetch(input, { ...init, headers });
  });
}

/** Waits for the node's agreement and its assent, and assents too. */
export async function agreeWith(peer: Peer, withinMs: number): Promise<void> {
  const keyOf = () => peer.node.inceptionKey;
  for (const end = Date.now() + withinMs; Date.now() < end; await sleep(100)) {
    for (const { sdJwt } of peer.sent('record')) {
      const record = verifyRecord(sdJwt, keyOf, nodePrimitives);
      if (isRefusal(record))
        throw new NotConformant(`a record of the node does not verify: ${record.code} (${record.rule})`);
      if (record.kind !== 'agreement') continue;
      const assent = await peer.assent(record);
      const [refusal] = await peer.outcomes([{ type: 'record', sdJwt: serialiseRecord(assent) }]);
      if (refusal) throw new NotConformant(`our assent was refused: ${refusal} (REC-5)`);
      return;
    }
  }
  throw new Error(
    'no agreement came from the node: was the card added, the fingerprint confirmed, the agreement proposed?',
  );
}
