import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFileKeyring } from '#src/adapters/file-keyring.ts';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { makeServiceCard, readServiceCard, type ServiceCard } from '#src/engine/service-card.ts';
import { spokenFingerprint } from '#src/protocol/fingerprint.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { agreeWith } from '../../conformance/introduce.ts';
import { Peer } from '../../conformance/peer.ts';
import { allChecks, runChecks, type Verdict } from '../../conformance/run.ts';
import { type Service, startService, temporaryHome } from '../server/service.ts';

let service: Service;
let home: string;
let peer: Peer;

beforeAll(async () => {
  service = await startService('conformant', [
    { login: 'liaison', role: 'liaison', desks: ['liaison'] },
    { login: 'director', role: 'director', desks: ['direction', 'liaison'] },
  ]);
  home = await temporaryHome();
  const keyring = await createFileKeyring(join(home, 'keys'));
  const root = await service.as('root');
  peer = await Peer.listen(keyring, cardOf((await root.ownCard()).card), service.url, { host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${peer.port}`;
  const by = {
    keyring,
    primitives: nodePrimitives,
    randomBytes: (length: number) => new Uint8Array(randomBytes(length)),
  };
  const names = { ar: 'اختبار', fr: 'Essai', en: 'Test' };
  const card = await makeServiceCard({ code: 'suite', names, url, language: 'en' }, by, Date.now());
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
});
afterAll(async () => {
  peer?.close();
  await service?.stop();
  if (home) await rm(home, { recursive: true, force: true });
});

function cardOf(text: string): ServiceCard {
  const card = readServiceCard(text, nodePrimitives);
  if (isRefusal(card)) throw new Error(card.code);
  return card;
}

describe('the conformance suite', () => {
  it('finds nothing against a node of ours', async () => {
    const told: Verdict[] = [];
    const verdicts = await runChecks(peer, (verdict) => told.push(verdict));
    expect(verdicts.filter(({ failed }) => failed !== null)).toEqual([]);
    expect(told).toEqual(verdicts);
    expect(verdicts.length).toBe(allChecks.length);
  });

  it('finds much against what is no node', async () => {
    // It takes everything and confirms nothing.
    const other = await Peer.listen(peer.keyring, peer.node, 'http://127.0.0.1:9', { host: '127.0.0.1', port: 0 });
    try {
      const verdicts = await runChecks(other, () => undefined);
      expect(verdicts.every(({ failed }) => failed !== null)).toBe(true);
    } finally {
      other.close();
    }
  });
});
