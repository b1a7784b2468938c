/** A lead and its result between two whole nodes, as the officers' reading routes tell it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '#src/features/client.ts';
import type { InboxItem } from '#src/features/inbox/contract.ts';
import { findPostgres, type PostgresCluster, startPostgresCluster } from '../postgres-cluster.ts';
import { problem, reportInput, type Service, startService } from './service.ts';
import { befriend, until } from './trust.ts';

const officers = [
  { login: 'liaison', role: 'liaison', desks: ['liaison'] },
  { login: 'director', role: 'director', desks: ['direction', 'liaison'] },
  { login: 'junior', role: 'liaison', desks: ['liaison'], clearance: 0 },
  { login: 'elsewhere', role: 'analyst', desks: ['analysis'] },
  { login: 'judicial', role: 'case-officer', desks: ['judicial'] },
  { login: 'overseer', role: 'oversight', desks: [] },
] as const;

let cluster: PostgresCluster | null = null;
let atlas: Service;
let meridian: Service;
let ids: { one: string; other: string };
let lead: { record: string };
beforeAll(async () => {
  // One of the two on a PostgreSQL server where there is one, so that both kinds of database are asked the same.
  cluster = 'bin' in findPostgres() ? await startPostgresCluster() : null;
  const database = await cluster?.createDatabase();
  const staff = officers.map((one) => ({ ...one, desks: [...one.desks] }));
  [atlas, meridian] = await Promise.all([
    startService('atlas', staff),
    startService('meridian', staff, database && { databaseUrl: database.url, databaseOwnerUrl: database.ownerUrl }),
  ]);
  ids = await befriend(atlas, meridian);
});
afterAll(async () => {
  await atlas?.stop();
  await meridian?.stop();
  await cluster?.stop();
});

const seat = (service: Service, login: string): Promise<Client> => service.as(login);
const itemOf = async (client: Client, record: string, view: 'waiting' | 'arrived' | 'sent') =>
  (await client.listInbox({ query: { view } })).items.find((item) => item.record === record);
const arrival = (client: Client, record: string): Promise<InboxItem> => until(() => itemOf(client, record, 'arrived'));
const stepOf = async (client: Client, record: string) =>
  (await client.getRecord({ params: { id: record } })).deliveries[0]?.step;

describe('a lead', () => {
  test('is queued or further for its author as soon as it is written', async () => {
    const author = await seat(atlas, 'liaison');
    const higher = { level: 2 as const, compartments: [], handling: [], releasableTo: null };
    lead = await author.createReport({
      body: reportInput({
        language: 'ar',
        title: 'سفرٌ مُعلَن إلى الساحل',
        portions: [
          { text: 'الأَوَّل: سيغادر يوم الخميس.', nature: 'fact', marking: null },
          { text: 'الثاني: المصدر قريب منه.', nature: 'assessment', marking: { ...higher, releasableTo: [] } },
        ],
        recipients: [ids.other],
      }),
    });
    const view = await author.getRecord({ params: { id: lead.record } });
    expect(view).toMatchObject({ ours: true, receivedFrom: null, title: 'سفرٌ مُعلَن إلى الساحل' });
    expect(view.portions.map(({ text }) => text)).toEqual(['الأَوَّل: سيغادر يوم الخميس.', 'الثاني: المصدر قريب منه.']);
    expect(view.allowed).toEqual(['release', 'assign-desk', 'use', 'cite', 'correct', 'withdraw', 'erase']);
    expect((await itemOf(author, lead.record, 'sent'))?.deliveries[0]?.recipient.code).toBe('meridian');
  });

  test('waits for a decision where it arrived, without what was held back', async () => {
    const reader = await seat(meridian, 'liaison');
    expect(await arrival(reader, lead.record)).toMatchObject({
      reason: 'to-decide',
      unread: true,
      ours: false,
      urgency: 'urgent',
      excerpt: 'الأَوَّل: سيغادر يوم الخميس.',
      from: { code: 'atlas' },
    });
    const author = await seat(atlas, 'liaison');
    await until(async () => ((await stepOf(author, lead.record)) === 'delivered' ? true : undefined));
    const { deliveries, holders } = await author.getRecord({ params: { id: lead.record } });
    expect(deliveries[0]).toMatchObject({ portionsWithheld: 1, refusal: null, readAt: null });
    expect(holders).toMatchObject([{ service: { code: 'meridian' }, state: 'confirmed', via: null }]);
  });

  test('[MRK-1] is found by any spelling, and by what the reader sees of it alone', async () => {
    const found = async (client: Client, q: string) =>
      (await client.listInbox({ query: { view: 'arrived', q } })).items.map(({ record }) => record);
    const reader = await seat(meridian, 'liaison');
    for (const q of ['سفر معلن', 'الساحل سفر', 'الاول', 'الأول خميس']) {
      expect(await found(reader, q), q).toEqual([lead.record]);
    }
    expect(await found(reader, 'المصدر')).toEqual([]);
    expect(await found(reader, 'سفر غدا')).toEqual([]);
    const { hash } = await reader.getRecord({ params: { id: lead.record } });
    for (const q of [lead.record, lead.record.slice(0, 13), lead.record.toUpperCase(), hash]) {
      expect(await found(reader, q), q).toEqual([lead.record]);
      expect(await found(await seat(meridian, 'elsewhere'), q), q).toEqual([]);
    }
    // What has a meaning to the database stands for itself.
    for (const q of ['(', '[a', '\\', "'", '%', '.*', 'الساحل|x', '^سفر$', '—']) {
      expect(await found(reader, q), q).toEqual([]);
    }
    const author = await seat(atlas, 'liaison');
    const sent = await author.listInbox({ query: { view: 'sent', q: 'المصدر' } });
    expect(sent.items.map(({ record }) => record)).toEqual([lead.record]);
  });

  test.each(['junior', 'elsewhere', 'root', 'overseer'])(
    '[ACC-12] is absent for %s, whom nothing tells that it exists',
    async (login) => {
      const reader = await seat(meridian, login);
      const token = await meridian.token(login);
      const get = (path: string) =>
        fetch(`${meridian.node.url}/api/records/${path}`, { headers: { authorization: `Bearer ${token}` } });
      const absent = await problem(await get('01900000-0000-7000-8000-000000000000'));
      const hidden = await problem(await get(lead.record));
      expect({ ...hidden, requestId: '' }).toEqual({ ...absent, requestId: '' });
      expect(hidden).toMatchObject({ status: 404, code: 'not-found' });
      expect(await problem(await get(`${lead.record}/journal`))).toMatchObject({ status: 404, code: 'not-found' });
      for (const view of ['waiting', 'arrived'] as const) {
        const { items } = await reader.listInbox({ query: { view } });
        expect(items.map(({ record }) => record)).not.toContain(lead.record);
      }
      // It exists all the same.
      expect((await itemOf(await seat(meridian, 'liaison'), lead.record, 'arrived'))?.record).toBe(lead.record);
    },
  );

  test('says what its holder may do with it', async () => {
    const { handling, allowed, receivedFrom } = await (await seat(meridian, 'director')).getRecord({
      params: { id: lead.record },
    });
    expect(receivedFrom?.code).toBe('atlas');
    expect(handling.may).toEqual(['act-on-it', 'share-within-service']);
    expect(handling.mayNot).toEqual(['use-in-court', 'pass-onward', 'publish', 'use-for-other-purpose']);
    expect(handling.ask?.code).toBe('atlas');
    expect(allowed).toEqual(['decide', 'release', 'assign-desk', 'ask-permission', 'use', 'cite']);
  });

  test('[ACC-12] is read once for its origin, and each reading stands in the journal', async () => {
    const author = await seat(atlas, 'liaison');
    await until(async () => ((await stepOf(author, lead.record)) === 'read' ? true : undefined));
    const reader = await seat(meridian, 'liaison');
    await reader.getRecord({ params: { id: lead.record } });
    await reader.getRecord({ params: { id: lead.record } });
    expect((await itemOf(reader, lead.record, 'arrived'))?.unread).toBe(false);
    const { lines } = await reader.getRecordJournal({ params: { id: lead.record }, query: {} });
    const readings = lines.filter(({ act }) => act === 'record.read').map(({ actor }) => actor);
    expect(readings.toSorted()).toEqual(['director', 'liaison']);
    expect(lines.at(-1)).toMatchObject({ act: 'record.admitted', service: { code: 'atlas' } });
  });

  test('comes to another desk when an officer says why', async () => {
    const judicial = await seat(meridian, 'judicial');
    const byId = { params: { id: lead.record } };
    await expect(judicial.getRecord(byId)).rejects.toMatchObject({ refusal: { code: 'not-found' } });
    const reader = await seat(meridian, 'liaison');
    const view = await reader.assignDesk({ ...byId, body: { desk: 'judicial', reason: 'ouverture d’un dossier' } });
    expect(view.desks).toEqual(['judicial', 'liaison']);
    expect((await judicial.getRecord(byId)).record).toBe(lead.record);
    const [line] = (await reader.getRecordJournal({ ...byId, query: {} })).lines.filter(
      ({ act }) => act === 'desk.assigned',
    );
    expect(line).toMatchObject({ actor: 'liaison', reason: 'judicial: ouverture d’un dossier' });
  });

  test('is decided, acted on, and its result comes back to where it began', async () => {
    const byId = { params: { id: lead.record } };
    const reader = await seat(meridian, 'liaison');
    await reader.decide({ ...byId, body: { decision: 'act' } });
    expect((await itemOf(reader, lead.record, 'waiting'))?.reason).toBe('outcome-due');
    expect((await reader.getRecord(byId)).allowed).toContain('report-outcome');
    expect((await reader.getRecord(byId)).allowed).not.toContain('decide');

    const author = await seat(atlas, 'liaison');
    await until(async () => ((await stepOf(author, lead.record)) === 'decided' ? true : undefined));
    const told = await author.listInbox({ query: { view: 'waiting' } });
    expect(told.items.map(({ reason, kind }) => [reason, kind])).toEqual([['answer-arrived', 'disposition']]);
    expect(told.counts).toEqual({ waiting: 1, unread: told.counts.unread });

    const outcome = (result: 'none-yet' | 'arrests', count: number | null) =>
      reader.reportOutcome({ ...byId, body: { results: [{ result, count }], text: 'Suite donnée.', nature: 'fact' } });
    await outcome('none-yet', null);
    expect((await itemOf(reader, lead.record, 'waiting'))?.reason).toBe('outcome-due');
    await outcome('arrests', 4);
    expect(await itemOf(reader, lead.record, 'waiting')).toBeUndefined();

    await until(async () => ((await stepOf(author, lead.record)) === 'outcome' ? true : undefined));
    const { deliveries, links } = await author.getRecord(byId);
    expect(deliveries[0]).toMatchObject({ step: 'outcome', decision: { decision: 'act' } });
    const times = [
      deliveries[0]?.queuedAt,
      deliveries[0]?.deliveredAt,
      deliveries[0]?.readAt,
      deliveries[0]?.decidedAt,
    ];
    expect([...times, deliveries[0]?.outcomeAt].every((at) => typeof at === 'string')).toBe(true);
    expect(links.map(({ type, direction, record }) => [type, direction, record.kind, record.says])).toEqual([
      ['replies-to', 'in', 'disposition', 'act'],
      ['replies-to', 'in', 'outcome', 'none-yet'],
      ['replies-to', 'in', 'outcome', 'arrests'],
    ]);
  });

  test('[ACC-02] that may not go is shown as refused, with its rule, until it was looked at', async () => {
    const author = await seat(atlas, 'liaison');
    const marking = { ...reportInput().marking, level: 2 as const, releasableTo: [ids.one] };
    const { record } = await author.createReport({ body: reportInput({ marking, recipients: [ids.other] }) });
    const item = await until(() => itemOf(author, record, 'waiting'));
    expect(item).toMatchObject({ reason: 'refused', deliveries: [{ step: 'refused' }] });
    const { deliveries } = await author.getRecord({ params: { id: record } });
    expect(deliveries[0]?.refusal).toMatchObject({ by: 'us' });
    expect(deliveries[0]?.refusal?.rule).toMatch(/^[A-Z]{3}-\d+$/);
    expect(await itemOf(author, record, 'waiting')).toBeUndefined();
  });

  test('[ACC-21] oversight reads its own service’s, changes nothing, and tells nobody', async () => {
    const overseer = await seat(atlas, 'overseer');
    const view = await overseer.getRecord({ params: { id: lead.record } });
    expect(view.allowed).toEqual([]);
    const desk = { desk: 'analysis', reason: 'curiosité' };
    await expect(overseer.assignDesk({ params: { id: lead.record }, body: desk })).rejects.toMatchObject({
      refusal: { code: 'not-allowed' },
    });
  });
});

test('pages of the inbox follow each other without a gap or a repetition', async () => {
  const author = await seat(atlas, 'liaison');
  for (let n = 0; n < 7; n++) {
    await author.createReport({ body: reportInput({ title: `Rapport ${n}`, recipients: [ids.other] }) });
  }
  const all = await author.listInbox({ query: { view: 'sent', limit: 200 } });
  const seen: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await author.listInbox({ query: { view: 'sent', limit: 3, ...(cursor && { cursor }) } });
    seen.push(...page.items.map(({ record }) => record));
    cursor = page.next;
  }
  expect(seen).toEqual(all.items.map(({ record }) => record));
  expect(seen.length).toBeGreaterThan(7);
});

test('partners show their agreement, their link, and what was given and received', async () => {
  const [partner] = await (await seat(meridian, 'director')).listPartners();
  expect(partner).toMatchObject({
    service: { code: 'atlas' },
    agreements: [{ inForce: true, ceiling: 2 }],
    allowed: ['propose-agreement', 'revoke'],
    link: { status: 'open', stoppedBy: null, refusals: [] },
  });
  expect(partner?.exchanged?.received).toBeGreaterThanOrEqual(1);
  expect(partner?.exchanged?.given).toBe(3);
  const administrator = await seat(meridian, 'root');
  expect(await administrator.getPartner({ params: { id: ids.one } })).toMatchObject({
    exchanged: null,
    allowed: [],
  });
  await expect(administrator.getPartner({ params: { id: ids.other } })).rejects.toMatchObject({
    refusal: { code: 'not-found' },
  });
});

test('[REC-1] a lead is decided once, however many officers sign at the same instant', async () => {
  const author = await seat(atlas, 'liaison');
  const deciders = [await seat(meridian, 'liaison'), await seat(meridian, 'director')];
  for (let round = 0; round < 3; round++) {
    const { record } = await author.createReport({ body: reportInput({ recipients: [ids.other] }) });
    await arrival(deciders[0] as Client, record);
    const decisions = await Promise.allSettled(
      deciders.map((decider) => decider.decide({ params: { id: record }, body: { decision: 'act' } })),
    );
    expect(decisions.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(decisions.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { refusal: { code: 'already-decided' } },
    });
  }
});
