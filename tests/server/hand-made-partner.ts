/** A whole node with a partner made by hand: it speaks over the wire alone, and may say what no honest node would. */
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createFileKeyring } from '#src/adapters/file-keyring.ts';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { makeServiceCard, readServiceCard } from '#src/engine/service-card.ts';
import { spokenFingerprint } from '#src/protocol/fingerprint.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { agreeWith } from '../../conformance/introduce.ts';
import { Peer } from '../../conformance/peer.ts';
import { type Service, startService, temporaryHome } from './service.ts';

export interface HandMade {
  readonly service: Service;
  readonly peer: Peer;
  stop(): Promise<void>;
}

/** Confirmed on both sides, with an agreement in force. */
export async function startWithHandMadePartner(code: string): Promise<HandMade> {
  const service = await startService(code, [
    { login: 'liaison', role: 'liaison', desks: ['liaison'] },
    { login: 'director', role: 'director', desks: ['direction', 'liaison'] },
  ]);
  const home = await temporaryHome();
  const keyring = await createFileKeyring(join(home, 'keys'));
  const root = await service.as('root');
  const own = readServiceCard((await root.ownCard()).card, nodePrimitives);
  if (isRefusal(own)) throw new Error(own.code);
  const peer = await Peer.listen(keyring, own, service.url, { host: '127.0.0.1', port: 0 });
  const card = await makeServiceCard(
    {
      code: 'suite',
      names: { ar: 'اختبار', fr: 'Essai', en: 'Test' },
      url: `http://127.0.0.1:${peer.port}`,
      language: 'en',
    },
    { keyring, primitives: nodePrimitives, randomBytes: (length: number) => new Uint8Array(randomBytes(length)) },
    Date.now(),
  );
  if (isRefusal(card)) throw new Error(card.code);
  await root.addPartner({ body: { card: card.text } });
  const spoken = spokenFingerprint(card.service);
  await (await service.as('liaison')).confirmPartner({ params: { id: card.service }, body: { spoken } });
  await (await service.as('director')).proposeAgreement({
    params: { id: card.service },
    body: {
      title: 'Essai',
      language: 'fr',
      text: 'Essai.',
      ceiling: 2,
      compartments: [],
      purposes: ['terrorism-prevention'],
      validFrom: '2020-01-01',
      validUntil: '2090-01-01',
      oversightIncluded: false,
      legalBasis: 'Article 1',
    },
  });
  await agreeWith(peer, 30_000);
  return {
    service,
    peer,
    async stop() {
      peer.close();
      await service.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}
