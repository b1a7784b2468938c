/** Corrections that find their holder away, without an agreement, revoked, or killed in between; on the nodes' own clock. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { settableClock } from '#src/adapters/settable-clock.ts';
import { systemClock } from '#src/adapters/system-clock.ts';
import type { Client } from '#src/features/client.ts';
import { findPostgres, type PostgresCluster, startPostgresCluster } from '../postgres-cluster.ts';
import { Replaceable } from './replaced.ts';
import { reportInput } from './service.ts';
import { chainOf, encodedOf, placesOf, skipped, stateOfRelease } from './tables.ts';
import { befriend, until } from './trust.ts';

const staff = [
  { login: 'liaison', role: 'liaison', desks: ['liaison'] },
  { login: 'director', role: 'director', desks: ['direction', 'liaison'] },
] as const;
const officers = staff.map((one) => ({ ...one, desks: [...one.desks] }));
const clock = settableClock(systemClock);
const forward = (days: number) => clock.set(clock.now() + days * 86_400_000);
const day = (days: number) => new Date(clock.now() + days * 86_400_000).toISOString().slice(0, 10);
const why = () => ({ ground: 'factual-error', explanation: 'Une erreur de fait.', respondBy: day(10) }) as const;
const portion = (text: string) => ({ text, nature: 'fact' as const, marking: null });

let cluster: PostgresCluster | null = null;
let atlasOwnerUrl: string | null = null;
let meridianOwnerUrl: string | null = null;
let atlas: Replaceable;
let meridian: Replaceable;
let ids: { one: string; other: string };
beforeAll(async () => {
  cluster = 'bin' in findPostgres() ? await startPostgresCluster() : null;
  const [one, other] = [await cluster?.createDatabase(), await cluster?.createDatabase()];
  [atlasOwnerUrl, meridianOwnerUrl] = [one?.ownerUrl ?? null, other?.ownerUrl ?? null];
  const on = (database: typeof one) =>
    database ? { clock, databaseUrl: database.url, databaseOwnerUrl: database.ownerUrl } : { clock };
  atlas = await Replaceable.start('atlas', officers, on(one));
  meridian = await Replaceable.start('meridian', officers, on(other));
  ids = await befriend(atlas.staff, meridian.staff);
});
afterAll(async () => {
  clock.set(null);
  await atlas?.end();
  await meridian?.end();
  await cluster?.stop();
});

/** Where these texts stand in a node's tables; what is expected where the machine has no server whose tables could be read. */
const placesAt = async (ownerUrl: string | null, needles: readonly string[], expected: string[]) =>
  ownerUrl === null ? expected : placesOf(ownerUrl, needles);

const write = async (title: string, text: string, to: string[] = [ids.other]) => {
  const body = { ...reportInput({ title, portions: [portion(text)], recipients: to }), reviewBy: day(300) };
  return (await (await atlas.as('liaison')).createReport({ body })).record;
};
const arrives = (record: string) =>
  until(async () => {
    const { items } = await (await meridian.as('liaison')).listInbox({ query: { view: 'arrived' } });
    return items.find((item) => item.record === record);
  }, 60_000);
const waitsFor = (client: Client, record: string) =>
  until(async () => {
    const { items } = await client.listInbox({ query: { view: 'waiting' } });
    return items.find((item) => item.record === record && item.reason === 'correction-due');
  }, 60_000);
const confirmed = (record: string) =>
  until(async () => {
    const { holders } = await (await atlas.as('liaison')).getRecord({ params: { id: record } });
    return holders.some(({ state }) => state === 'confirmed') ? true : undefined;
  }, 60_000);
const revise = async (record: string, title: string, text: string) =>
  (await atlas.as('liaison')).revise({
    params: { id: record },
    body: { ...why(), title, grading: null, portions: [portion(text)] },
  });

describe('a holder that was away for a month', () => {
  test('[COR-1] [REC-4] gets the newest of three revisions, the others by their signature alone, and answers the newest', async () => {
    const record = await write('Avant l’absence', 'premier texte');
    await arrives(record);
    await confirmed(record);
    await meridian.stop();
    await revise(record, 'Deux', 'deuxième texte, faux lui aussi');
    forward(10);
    await revise(record, 'Trois', 'troisième texte, faux lui aussi');
    forward(20);
    const { correction, hash } = await revise(record, 'Quatre', 'quatrième texte');
    await meridian.go();
    forward(1);
    const reader = await meridian.as('liaison');
    await waitsFor(reader, correction);
    const view = await reader.getRecord({ params: { id: record } });
    expect(view).toMatchObject({ title: 'Quatre', revision: 4, hash, state: 'active' });
    // Only what is right now came in words: of the wrong texts between only that there were such revisions.
    expect(view.revisions.map(({ revision }) => revision)).toEqual([1, 4]);
    expect(meridianOwnerUrl === null ? [2, 3] : await skipped(meridianOwnerUrl, record)).toEqual([2, 3]);
    expect(await placesAt(meridianOwnerUrl, ['deuxième texte'], [])).toEqual([]);
    expect(await placesAt(meridianOwnerUrl, ['quatrième texte'], ['disclosure'])).toEqual(['disclosure']);
    const [newest, ...older] = await reader.listCorrections({ params: { id: record } });
    expect(newest?.correction).toBe(correction);
    expect(older).toHaveLength(2);
    await reader.answerCorrection({ params: { id: correction }, body: { answer: 'replaced' } });
    const author = await atlas.as('liaison');
    await until(async () => {
      const [line] = (await author.listCorrections({ params: { id: record } }))[0]?.board ?? [];
      return line?.answer?.answer === 'replaced' ? true : undefined;
    }, 60_000);
  });

  test.skipIf('missing' in findPostgres())(
    '[COR-1] [COR-3] that a report was never sent to before it was withdrawn hears nothing of it',
    async () => {
      await meridian.stop();
      const before = await write('Envoyée avant', 'part');
      // It is under way, so what is written now waits for its receipt.
      await until(async () => ((await stateOfRelease(atlasOwnerUrl ?? '', before)) === 'sent' ? true : undefined));
      const record = await write('Retirée avant le départ', 'jamais parti');
      expect(await stateOfRelease(atlasOwnerUrl ?? '', record)).toBe('queued');
      await (await atlas.as('liaison')).withdraw({ params: { id: record }, body: why() });
      const after = await write('Écrite ensuite', 'part');
      await meridian.go();
      forward(1);
      await arrives(after);
      await arrives(before);
      expect(await placesOf(meridianOwnerUrl ?? '', [record])).toEqual([]);
      const view = await (await atlas.as('liaison')).getRecord({ params: { id: record } });
      expect(view.deliveries[0]?.refusal).toMatchObject({ code: 'record-withdrawn', by: 'us' });
      expect((await (await atlas.as('liaison')).listCorrections({ params: { id: record } }))[0]?.board).toEqual([]);
    },
  );

  test('[COR-4] is late on the board once the day is over, and can be reminded', async () => {
    const record = await write('Sans réponse', 'texte');
    await arrives(record);
    await confirmed(record);
    const author = await atlas.as('liaison');
    const { correction } = await author.withdraw({ params: { id: record }, body: why() });
    await waitsFor(await meridian.as('liaison'), correction);
    const line = async () => (await author.listCorrections({ params: { id: correction } }))[0]?.board[0];
    expect(await line()).toMatchObject({ overdue: false, answer: null, remindedAt: null });
    forward(11);
    expect(await line()).toMatchObject({ overdue: true, answer: null });
    expect(await author.remindOfCorrection({ params: { id: correction } })).toEqual({ reminded: 1 });
    expect((await line())?.remindedAt).not.toBeNull();
    const reader = await meridian.as('liaison');
    await until(async () => {
      const { lines } = await reader.getRecordJournal({ params: { id: correction }, query: {} });
      return lines.some(({ act }) => act === 'correction.reminded') ? true : undefined;
    }, 60_000);
  });
});

describe('an erasure', () => {
  test('[ACC-14] [COR-4] leaves at both a tombstone that verifies, and the text in no table', async () => {
    const [title, text] = ['Titre-à-effacer-zq', 'Texte-à-effacer-zq'];
    const record = await write(title, text);
    await arrives(record);
    await confirmed(record);
    const reader = await meridian.as('liaison');
    await reader.decide({ params: { id: record }, body: { decision: 'act' } });
    await until(async () => {
      const { deliveries } = await (await atlas.as('liaison')).getRecord({ params: { id: record } });
      return deliveries[0]?.decision ? true : undefined;
    }, 60_000);
    const encoded = atlasOwnerUrl === null ? [] : await encodedOf(atlasOwnerUrl, record);
    const needles = [title, text, ...encoded];
    expect(await placesAt(atlasOwnerUrl, needles, ['disclosure'])).toContain('disclosure');
    const author = await atlas.as('liaison');
    const { correction, hash } = await author.erase({
      params: { id: record },
      body: { ...why(), ground: 'person-request' },
    });
    const view = await author.getRecord({ params: { id: record } });
    expect(view).toMatchObject({ status: 'erased', state: 'quarantined', hash, portions: [] });
    expect(view.title).not.toContain('zq');
    expect(await placesAt(atlasOwnerUrl, needles, [])).toEqual([]);
    await waitsFor(reader, correction);
    // Nobody can be made to: until it erases, the holder has it, in quarantine.
    expect(await placesAt(meridianOwnerUrl, needles, ['disclosure'])).toEqual(['disclosure']);
    expect((await reader.getRecord({ params: { id: record } })).title).toBe(title);
    await reader.answerCorrection({ params: { id: correction }, body: { answer: 'erased' } });
    expect(await placesAt(meridianOwnerUrl, needles, [])).toEqual([]);
    expect((await reader.getRecord({ params: { id: record } })).portions).toEqual([]);
    const acts = (await reader.getRecordJournal({ params: { id: record }, query: {} })).lines.map(({ act }) => act);
    expect(acts).toEqual(expect.arrayContaining(['record.admitted', 'content.erased', 'correction.answered.erased']));
    await until(async () => {
      const [line] = (await author.listCorrections({ params: { id: record } }))[0]?.board ?? [];
      return line?.answer?.answer === 'erased' ? true : undefined;
    }, 60_000);
    if (meridianOwnerUrl !== null)
      expect(await chainOf(meridianOwnerUrl, record)).toEqual([
        [1, false],
        [2, true],
      ]);
  });
});

describe('a holder without an agreement', () => {
  test('[COR-1] [ACC-07] learns of the correction, not of the new text, and quarantines the old one', async () => {
    const [corrected, withdrawn] = [
      await write('Corrigée après la fin', 'ancien'),
      await write('Retirée après la fin', 'ancien'),
    ];
    await arrives(corrected);
    await arrives(withdrawn);
    await confirmed(corrected);
    await confirmed(withdrawn);
    const director = await atlas.as('director');
    const { agreements } = await director.getPartner({ params: { id: ids.other } });
    await director.endAgreement({ params: { id: agreements[0]?.record ?? '' }, body: { reason: 'fin' } });
    const reader = await meridian.as('liaison');
    const one = await revise(corrected, 'Nouveau titre', 'nouveau texte secret');
    const other = await (await atlas.as('liaison')).withdraw({ params: { id: withdrawn }, body: why() });
    await waitsFor(reader, one.correction);
    await waitsFor(reader, other.correction);
    for (const record of [corrected, withdrawn]) {
      const { items } = await reader.listInbox({ query: { view: 'arrived' } });
      expect(items.map((item) => item.record)).not.toContain(record);
      expect((await reader.getRecord({ params: { id: record } })).state).toBe('quarantined');
    }
    expect((await reader.getRecord({ params: { id: corrected } })).title).toBe('Corrigée après la fin');
    expect(await placesAt(meridianOwnerUrl, ['nouveau texte secret'], [])).toEqual([]);
    // The answer finds its way back as well.
    await reader.answerCorrection({
      params: { id: other.correction },
      body: { answer: 'relied-on', case: '7/2026', stage: 'trial' },
    });
    const author = await atlas.as('liaison');
    await until(async () => {
      const [line] = (await author.listCorrections({ params: { id: withdrawn } }))[0]?.board ?? [];
      return line?.answer?.case === '7/2026' ? true : undefined;
    }, 60_000);
    const deliveries = (await author.getRecord({ params: { id: corrected } })).deliveries;
    expect(deliveries[0]?.refusal).toMatchObject({ code: 'agreement-not-in-force', by: 'us' });
  });
});

describe('a revoked holder', () => {
  test('[COR-1] [KEY-1] learns nothing, and stands on the board as one that nothing reaches', async () => {
    const director = await atlas.as('director');
    const record = await write('Avant la révocation', 'texte', []);
    expect(record).not.toBe('');
    const view = await director.listInbox({ query: { view: 'sent' } });
    const held = view.items.find((item) => item.title === 'Quatre')?.record ?? '';
    await director.revokePartner({ params: { id: ids.other }, body: { reason: 'confiance rompue' } });
    const { correction } = await (await atlas.as('liaison')).withdraw({ params: { id: held }, body: why() });
    const [shown] = await director.listCorrections({ params: { id: correction } });
    expect(shown?.board).toMatchObject([
      { service: { code: 'meridian' }, askedAt: null, answer: null, unreachable: true, overdue: false },
    ]);
    expect(shown?.allowed).toEqual([]);
    expect(atlasOwnerUrl === null ? undefined : await stateOfRelease(atlasOwnerUrl, correction)).toBeUndefined();
  });
});
