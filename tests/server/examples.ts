/** Two services with what each operation needs to be asked for as an officer would, and what it leaves in the journal. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { createFileKeyring } from '#src/adapters/file-keyring.ts';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { makeServiceCard } from '#src/engine/service-card.ts';
import type { Api } from '#src/features/api.ts';
import type { Client } from '#src/features/client.ts';
import type { RequestInput } from '#src/features/requests/contract.ts';
import { spokenFingerprint } from '#src/protocol/fingerprint.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { findPostgres, type PostgresCluster, startPostgresCluster } from '../postgres-cluster.ts';
import { passphrase, reportInput, type Service, startService, temporaryHome } from './service.ts';
import { cast } from './together.ts';
import { befriend, until } from './trust.ts';

const found = findPostgres();
/** What really stands in a node's tables is seen past its policies only on a server of the test's own. */
export const withoutServer = 'missing' in found;

let cluster: PostgresCluster;
export let ownerUrl: string;
export let atlas: Service;
export let meridian: Service;
export let ids: { one: string; other: string };

/** Starts both before the tests of a file, and stops them after. */
export function setUpServices(): void {
  beforeAll(async () => {
    if (withoutServer) return;
    cluster = await startPostgresCluster();
    const database = await cluster.createDatabase();
    ownerUrl = database.ownerUrl;
    [atlas, meridian] = await Promise.all([
      startService('atlas', cast, { databaseUrl: database.url, databaseOwnerUrl: ownerUrl }),
      startService('meridian', cast),
    ]);
    ids = await befriend(atlas, meridian);
  }, 120_000);
  afterAll(async () => {
    await atlas?.stop();
    await meridian?.stop();
    await cluster?.stop();
  });
}

export const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
export const nobody = 'A'.repeat(43);
export const why = { ground: 'factual-error', explanation: 'La date était fausse.', respondBy: day(10) } as const;
export const portion = { text: 'Le départ est prévu pour vendredi.', nature: 'fact', marking: null } as const;
export const seat = (login = 'liaison') => atlas.as(login);
export const theirSeat = (login = 'liaison') => meridian.as(login);
const arrived = (at: Service, record: string) =>
  until(async () => {
    const { items } = await (await at.as('director')).listInbox({ query: { view: 'arrived' } });
    return items.some((item) => item.record === record) ? record : undefined;
  }, 60_000);
const own = async (recipients = [ids.other]) =>
  (await (await seat()).createReport({ body: reportInput({ recipients }) })).record;
const ownThere = async () => arrived(meridian, await own());
const theirs = async () =>
  arrived(atlas, (await (await theirSeat()).createReport({ body: reportInput({ recipients: [ids.one] }) })).record);
const requestInput = (to: string): RequestInput => ({
  language: 'fr',
  title: 'Vérification',
  question: 'Est-elle entrée ?',
  reasons: 'Un départ est annoncé.',
  urgency: 'routine',
  respondBy: new Date(Date.now() + 8 * 3_600_000).toISOString(),
  intendedUse: null,
  marking: { level: 1, compartments: [], handling: [], releasableTo: [to] },
  purpose: 'terrorism-prevention',
  legalBasis: 'Article 5',
  recipients: [to],
});
export const asking = {
  use: 'judicial',
  onwardTo: null,
  purpose: null,
  portions: null,
  reason: 'Une affaire.',
  until: null,
} as const;
const granting = { decision: 'granted', portions: null, validUntil: day(30) } as const;
export const decided = async () => {
  const record = await theirs();
  await (await seat()).decide({ params: { id: record }, body: { decision: 'act' } });
  return record;
};
export const permissionAsked = async () => {
  const record = await ownThere();
  const asked = await (await theirSeat()).askPermission({ params: { id: record }, body: asking });
  return arrived(atlas, asked.record);
};
const correctionOf = async (at: Service, from: Client, record: string) => {
  const { correction } = await from.withdraw({ params: { id: record }, body: why });
  await until(async () => {
    const views = await (await at.as('liaison')).listCorrections({ params: { id: record } }).catch(() => []);
    return views.length > 0 ? true : undefined;
  }, 60_000);
  return correction;
};
export const citing = async () => {
  const source = await theirs();
  const body = reportInput({ cites: [source] });
  const { record } = await (await seat()).createReport({ body });
  await correctionOf(atlas, await theirSeat(), source);
  await until(async () => {
    const flags = await (await seat()).listCitationFlags({ params: { id: record } });
    return flags.length > 0 ? true : undefined;
  });
  return { record, source };
};
const terms = {
  title: 'Accord',
  language: 'fr',
  text: 'Les deux services coopèrent.',
  ceiling: 2,
  compartments: [],
  purposes: ['terrorism-prevention'],
  validFrom: '2020-01-01',
  validUntil: '2090-01-01',
  oversightIncluded: false,
  legalBasis: 'Article 1',
} as const;
const proposed = async () => {
  const client = await theirSeat('director');
  const body = { ...terms, purposes: [...terms.purposes], compartments: [] };
  const { agreements } = await client.proposeAgreement({ params: { id: ids.one }, body });
  const waiting = await until(async () => {
    const { items } = await (await seat('director')).listInbox({ query: { view: 'waiting' } });
    return items.find(({ reason }) => reason === 'assent-due');
  });
  expect(agreements.length).toBeGreaterThan(1);
  return (await seat('director')).getRecord({ params: { id: waiting.record } });
};
let agreement = '';
let stranger = '';
const strangersCard = async () => {
  const keyring = await createFileKeyring(`${await temporaryHome()}/keys`);
  const signing = { keyring, primitives: nodePrimitives, randomBytes };
  const about = {
    code: 'nouveau',
    names: { ar: 'x', fr: 'x', en: 'x' },
    url: 'http://127.0.0.1:9',
    language: 'fr',
  } as const;
  const card = await makeServiceCard(about, signing, Date.now());
  if (isRefusal(card)) throw new Error(card.code);
  stranger = keyring.identity.service;
  return card.text;
};

interface Example {
  readonly by?: string;
  readonly make: () => Promise<object> | object;
  /** What the journal says of the officer: the act, and what it is about: `it`, what is in the path; `new`, what came of it. */
  readonly lines: readonly string[];
  /** What the reply says of partners, who are told meanwhile. */
  readonly passing?: string;
}
const it = async (id: Promise<string>, body?: object) => ({ params: { id: await id }, ...(body && { body }) });

/** In their order: some end what the ones before have begun. */
export const examples: { readonly [O in keyof Api]?: Example } = {
  createReport: {
    make: () => ({ body: reportInput({ recipients: [ids.other] }) }),
    lines: ['record.issued new', 'release.requested new'],
  },
  releaseRecord: { make: () => it(own([]), { recipients: [ids.other] }), lines: ['release.requested it'] },
  assignDesk: { make: () => it(theirs(), { desk: 'judicial', reason: 'Une affaire.' }), lines: ['desk.assigned it'] },
  decide: {
    make: () => it(theirs(), { decision: 'act', assignTo: 'judicial' }),
    lines: ['record.issued new', 'desk.assigned it', 'report.answered.disposition it', 'release.requested new'],
  },
  reportOutcome: {
    make: () => it(decided(), { results: [{ result: 'arrests', count: 1 }], text: 'Arrêtée.', nature: 'fact' }),
    lines: ['record.issued new', 'report.answered.outcome it', 'release.requested new'],
  },
  askPermission: { make: () => it(theirs(), asking), lines: ['record.issued new', 'permission.asked.judicial it'] },
  decidePermission: {
    make: () => it(permissionAsked(), granting),
    lines: ['record.issued new', 'permission.granted.judicial other'],
  },
  revokePermission: {
    async make() {
      const made = await (await seat()).decidePermission({ params: { id: await permissionAsked() }, body: granting });
      return { params: { id: made.record }, body: { ground: 'ongoing-operation' } };
    },
    lines: ['permission.revoked it'],
  },
  recordUse: {
    make: () => it(own(), { use: 'publication', reference: 'Bulletin', stage: null, purpose: null }),
    lines: ['record.used.publication it'],
  },
  revise: {
    make: () => it(ownThere(), { ...why, title: 'Corrigé', grading: null, portions: [portion] }),
    lines: ['record.corrected it', 'record.issued other'],
  },
  withdraw: { make: () => it(ownThere(), why), lines: ['record.withdrawn it', 'record.issued other'] },
  erase: { make: () => it(ownThere(), why), lines: ['record.erased it', 'record.issued other'] },
  answerCorrection: {
    async make() {
      const id = await correctionOf(atlas, await theirSeat(), await theirs());
      return { params: { id }, body: { answer: 'quarantined' } };
    },
    lines: ['record.issued new', 'correction.answered.quarantined other'],
  },
  remindOfCorrection: {
    make: async () => ({ params: { id: await correctionOf(meridian, await seat(), await ownThere()) } }),
    lines: ['correction.reminder it'],
  },
  reviewCitation: {
    async make() {
      const { record, source } = await citing();
      return { params: { id: record }, body: { cited: source, reason: 'Le reste suffit.' } };
    },
    lines: ['citation.reviewed it'],
  },
  createRequest: {
    make: () => ({ body: requestInput(ids.other) }),
    lines: ['record.issued new', 'release.requested new'],
  },
  answerRequest: {
    async make() {
      const { record } = await (await theirSeat()).createRequest({ body: requestInput(ids.one) });
      return { params: { id: await arrived(atlas, record) }, body: { answer: 'no-information', marking: null } };
    },
    lines: ['request.answered.no-information it', 'record.issued new', 'release.requested new'],
  },
  clarifyRequest: {
    async make() {
      const { record } = await (await seat()).createRequest({ body: requestInput(ids.other) });
      return { params: { id: record }, body: { text: 'La semaine passée.' } };
    },
    lines: ['request.clarified it', 'release.requested it'],
  },
  proposeAgreement: {
    by: 'director',
    make: () => ({ params: { id: ids.other }, body: terms }),
    lines: ['record.issued other', 'release.requested other', 'record.issued other', 'release.requested other'],
  },
  assentAgreement: {
    by: 'director',
    async make() {
      const { record, hash } = await proposed();
      agreement = record;
      return { params: { id: record }, body: { hash } };
    },
    lines: ['record.issued other', 'release.requested other'],
  },
  endAgreement: {
    by: 'director',
    make: () => ({ params: { id: agreement }, body: { reason: 'Remplacé.' } }),
    lines: ['record.issued other', 'release.requested other'],
  },
  chooseCarrier: {
    by: 'root',
    make: () => ({ params: { id: ids.other }, body: { carrier: 'link' } }),
    lines: ['carrier.chosen -'],
  },
  addPartner: { by: 'root', make: async () => ({ body: { card: await strangersCard() } }), lines: ['partner.added -'] },
  confirmPartner: {
    make: () => ({ params: { id: stranger }, body: { spoken: spokenFingerprint(stranger) } }),
    lines: ['partner.confirmed -'],
  },
  revokePartner: {
    by: 'director',
    make: () => ({ params: { id: stranger }, body: { reason: 'Vol.' } }),
    lines: ['partner.revoked -'],
  },
  createOfficer: {
    by: 'root',
    make: () => ({
      body: {
        login: 'nouvelle',
        displayName: 'Nouvelle',
        role: 'analyst',
        clearance: 1,
        compartments: [],
        desks: ['liaison'],
        language: 'fr',
        passphrase,
      },
    }),
    lines: ['officer.created -'],
  },
  disableOfficer: {
    by: 'root',
    async make() {
      const officers = await (await seat('root')).listOfficers();
      const id = officers.find(({ login }) => login === 'nouvelle')?.id;
      return { params: { id } };
    },
    lines: ['officer.disabled -'],
  },
  rotateSigningKey: {
    by: 'root',
    make: () => ({ body: { reason: 'Une année est passée.' } }),
    lines: ['keys.signing-rotated -'],
    passing: 'unconfirmed',
  },
  rotateSealingKey: {
    by: 'root',
    make: () => ({ body: { reason: 'Une année est passée.' } }),
    lines: ['keys.sealing-rotated -'],
    passing: 'unconfirmed',
  },
  recoverKeys: {
    by: 'root',
    make: async () => ({ body: { secret: (await (await seat('root')).makeRecoveryKey()).secret, reason: 'Vol.' } }),
    lines: ['keys.recovered -'],
    passing: 'unconfirmed',
  },
};
