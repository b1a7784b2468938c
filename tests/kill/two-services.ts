/** Two services set up from nothing through their own pages' routes, with an agreement in force. */
import { randomUUID } from 'node:crypto';
import type { Client } from '#src/features/client.ts';
import { browserClient, eventually, type NodeProcess, persistently } from './node-process.ts';

const passphrase = 'correct horse battery staple';
export const inAYear = new Date(Date.now() + 360 * 86_400_000).toISOString().slice(0, 10);
const today = new Date().toISOString().slice(0, 10);

export interface Staff {
  readonly service: string;
  readonly administrator: Client;
  readonly director: Client;
  readonly liaison: Client;
}

export async function setUpService(node: NodeProcess, code: string): Promise<Staff> {
  const administrator = browserClient(node.url);
  const names = { ar: code, fr: code, en: code };
  const { service } = await administrator.setUp({
    body: {
      code,
      names,
      url: node.url,
      administrator: { login: 'admin', displayName: 'Admin', passphrase, language: 'en' },
    },
  });
  await administrator.signIn({ body: { login: 'admin', passphrase } });
  const officer = async (role: 'director' | 'liaison', desks: string[]) => {
    await administrator.createOfficer({
      body: { login: role, displayName: role, role, clearance: 3, compartments: [], desks, language: 'en', passphrase },
    });
    const client = browserClient(node.url);
    await client.signIn({ body: { login: role, passphrase } });
    return client;
  };
  return {
    service,
    administrator,
    director: await officer('director', ['direction', 'liaison']),
    liaison: await officer('liaison', ['liaison']),
  };
}

/** Cards exchanged, fingerprints read out, an agreement proposed by the first and assented to by the second. */
export async function bind(one: Staff, other: Staff): Promise<void> {
  for (const [here, there] of [
    [one, other],
    [other, one],
  ] as const) {
    const { card, spoken } = await there.administrator.ownCard();
    await here.administrator.addPartner({ body: { card } });
    await here.liaison.confirmPartner({ params: { id: there.service }, body: { spoken } });
  }
  await one.director.proposeAgreement({
    params: { id: other.service },
    body: {
      title: 'Cooperation',
      language: 'en',
      text: 'We share leads.',
      ceiling: 2,
      compartments: [],
      purposes: ['terrorism-prevention'],
      validFrom: today,
      validUntil: inAYear,
      oversightIncluded: true,
      legalBasis: 'Law 1',
    },
  });
  const proposed = await eventually(async () => {
    const { agreements } = await other.director.getPartner({ params: { id: one.service } });
    return agreements[0] ?? null;
  }, 'the agreement arrives');
  await other.director.assentAgreement({ params: { id: proposed.record }, body: { hash: proposed.hash } });
  await eventually(async () => {
    const { agreements } = await one.director.getPartner({ params: { id: other.service } });
    return agreements[0]?.inForce ?? false;
  }, 'the assent arrives');
}

export function sendLead(from: Staff, to: string, portions: readonly string[]) {
  const idempotencyKey = randomUUID();
  const body = {
    language: 'ar' as const,
    title: 'خيط أول',
    reportType: 'lead' as const,
    urgency: 'urgent' as const,
    respondBy: null,
    grading: { source: 'B' as const, information: '2' as const },
    marking: { level: 2 as const, compartments: [], handling: [{ code: 'H2' as const }], releasableTo: null },
    purpose: 'terrorism-prevention' as const,
    legalBasis: 'Law 1',
    reviewBy: inAYear,
    portions: portions.map((text) => ({ text, nature: 'fact' as const, marking: null })),
    recipients: [to],
  };
  return persistently(() => from.liaison.createReport({ body }, { idempotencyKey }));
}
