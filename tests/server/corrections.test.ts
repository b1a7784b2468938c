/** A record is corrected, withdrawn and erased between two whole nodes, as the officers of both see it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '#src/features/client.ts';
import { problem, reportInput, type Service } from './service.ts';
import { type Neighbour, startTogether } from './together.ts';
import { until } from './trust.ts';

const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const why = { ground: 'factual-error', explanation: 'La date était fausse.', respondBy: day(10) } as const;
const portion = (text: string, level: 1 | 2 = 1) => ({
  text,
  nature: 'fact' as const,
  marking: level === 1 ? null : { level, compartments: [], handling: [], releasableTo: null },
});

let atlas: Neighbour;
let meridian: Neighbour;
let author: Client;
let reader: Client;
beforeAll(async () => {
  [atlas, meridian] = await startTogether(['atlas', 'meridian']);
  [author, reader] = [await atlas.as('liaison'), await meridian.as('liaison')];
});
afterAll(async () => {
  await atlas?.stop();
  await meridian?.stop();
});

/** A report of Atlas that Meridian holds. */
async function held(title: string, text = 'Le départ est prévu pour jeudi.'): Promise<string> {
  const body = reportInput({
    title,
    portions: [portion(text), portion('Un deuxième paragraphe.')],
    recipients: [meridian.id],
  });
  const { record } = await author.createReport({ body });
  await until(async () => ((await listed(reader)).includes(record) ? true : undefined));
  return record;
}
const listed = async (client: Client, q?: string) =>
  (await client.listInbox({ query: { view: 'arrived', ...(q !== undefined && { q }) } })).items.map(
    ({ record }) => record,
  );
const reasonOf = async (client: Client, record: string) =>
  (await client.listInbox({ query: { view: 'waiting' } })).items.find((item) => item.record === record)?.reason;
const aboutOf = async (client: Client, record: string) =>
  (await client.listInbox({ query: { view: 'waiting' } })).items.find((item) => item.record === record)?.about;
const board = async (client: Client, id: string) => (await client.listCorrections({ params: { id } }))[0];
const told = (correction: string) =>
  until(async () => ((await reasonOf(reader, correction)) === 'correction-due' ? true : undefined));
const answeredOn = (record: string) =>
  until(async () => {
    const line = (await board(author, record))?.board[0];
    return line?.answer ? line : undefined;
  });
const raw = async (service: Service, login: string, method: string, path: string, body?: unknown) =>
  problem(
    await fetch(service.node.url + path, {
      method,
      headers: {
        authorization: `Bearer ${await service.token(login)}`,
        'content-type': 'application/json',
        'x-tansiq': '1',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  );

describe('a correction', () => {
  test('[COR-1] [ACC-07] replaces the text at its holder, who is asked to answer and answers', async () => {
    const record = await held('Une date à corriger');
    const { holders } = await author.getRecord({ params: { id: record } });
    expect(holders).toHaveLength(1);
    const revised = await author.revise({
      params: { id: record },
      body: {
        ...why,
        title: 'Une date corrigée',
        grading: null,
        portions: [portion('Le départ est prévu pour vendredi.')],
      },
    });
    await told(revised.correction);
    expect(await aboutOf(reader, revised.correction)).toBe('Une date corrigée');
    const view = await reader.getRecord({ params: { id: record } });
    expect(view).toMatchObject({ title: 'Une date corrigée', revision: 2, state: 'active', hash: revised.hash });
    expect(view.portions.map(({ text }) => text)).toEqual(['Le départ est prévu pour vendredi.']);
    expect(view.allowed).toContain('answer-correction');
    expect(await board(reader, record)).toMatchObject({
      correction: revised.correction,
      about: record,
      change: 'corrected',
      ground: 'factual-error',
      explanation: 'La date était fausse.',
      ours: false,
      allowed: ['answer'],
      board: [{ answer: null, overdue: false, unreachable: false }],
    });
    // COR-2: what was corrected is not erased.
    const unfit = await raw(meridian, 'liaison', 'POST', `/api/corrections/${revised.correction}/answer`, {
      answer: 'erased',
    });
    expect(unfit).toMatchObject({ code: 'correction-answer-unfit' });
    await reader.answerCorrection({ params: { id: revised.correction }, body: { answer: 'replaced' } });
    expect(await reasonOf(reader, revised.correction)).toBeUndefined();
    const line = await answeredOn(record);
    expect(line).toMatchObject({
      service: { code: 'meridian' },
      via: [],
      unreachable: false,
      answer: { answer: 'replaced' },
    });
    expect(line.deliveredAt).not.toBeNull();
    expect(await reasonOf(author, line.answer?.record ?? '')).toBe('correction-answered');
    expect(await aboutOf(author, line.answer?.record ?? '')).toBe('Une date corrigée');
    const again = await raw(meridian, 'liaison', 'POST', `/api/corrections/${revised.correction}/answer`, {
      answer: 'replaced',
    });
    expect(again).toMatchObject({ code: 'already-decided' });
  });

  test('[COR-2] is answered with the case and the stage that rest on the old text', async () => {
    const record = await held('Une identité à corriger');
    const { correction } = await author.revise({
      params: { id: record },
      body: {
        ...why,
        ground: 'mistaken-identity',
        title: 'Une autre personne',
        grading: { source: 'C', information: '5' },
        portions: [portion('Il ne s’agit pas de lui.')],
      },
    });
    await told(correction);
    expect((await reader.getRecord({ params: { id: record } })).grading).toEqual({ source: 'C', information: '5' });
    for (const body of [{ answer: 'relied-on' }, { answer: 'relied-on', case: '2026/118' }, { answer: 'refused' }]) {
      const refused = await raw(meridian, 'liaison', 'POST', `/api/corrections/${correction}/answer`, body);
      expect(refused.code).toBe('input-invalid');
    }
    await reader.answerCorrection({
      params: { id: correction },
      body: { answer: 'relied-on', case: '2026/118', stage: 'charge', explanation: 'Le parquet est saisi.' },
    });
    expect((await answeredOn(record)).answer).toMatchObject({
      answer: 'relied-on',
      case: '2026/118',
      stage: 'charge',
      explanation: 'Le parquet est saisi.',
    });
  });

  test('[COR-1] is refused to whoever may not, does not see the whole, or speaks of another’s record', async () => {
    const record = await held('Ce qui ne se corrige pas par n’importe qui');
    const { record: higher } = await author.createReport({
      body: reportInput({ title: 'Plus haut', portions: [portion('ouvert'), portion('plus haut', 2)] }),
    });
    const body = { ...why, title: 'x', grading: null, portions: [portion('x')] };
    const revise = (login: string, id: string) => raw(atlas, login, 'POST', `/api/records/${id}/revisions`, body);
    expect(await revise('analyst', record)).toMatchObject({ code: 'not-allowed' });
    expect((await revise('junior', higher)).code).toBe('revision-incomplete-here');
    expect(await raw(meridian, 'liaison', 'POST', `/api/records/${record}/revisions`, body)).toMatchObject({
      code: 'not-found',
    });
    const late = await raw(atlas, 'liaison', 'POST', `/api/records/${record}/withdrawal`, {
      ...why,
      respondBy: day(-1),
    });
    expect(late).toMatchObject({ code: 'input-invalid', at: '/respondBy' });
    // The same by one who may, and sees all.
    await author.revise({ params: { id: higher }, body });
  });
});

describe('a withdrawal', () => {
  test('[COR-3] hides the record from every list and search, at its holder and at its origin, and shows it to be resolved', async () => {
    const record = await held('Un mot rare: hippogriffe');
    expect(await listed(reader, 'hippogriffe')).toEqual([record]);
    const { correction } = await author.withdraw({
      params: { id: record },
      body: { ...why, ground: 'source-unreliable' },
    });
    await told(correction);
    for (const client of [reader, author]) {
      for (const view of ['waiting', 'arrived', 'sent'] as const) {
        const { items } = await client.listInbox({ query: { view } });
        expect(items.map((item) => item.record)).not.toContain(record);
      }
      expect(await listed(client, 'hippogriffe')).toEqual([]);
    }
    // It is there all the same, for whoever opens it by its id in order to resolve it.
    const view = await reader.getRecord({ params: { id: record } });
    expect(view).toMatchObject({ state: 'quarantined', status: 'withdrawn', title: 'Un mot rare: hippogriffe' });
    expect(view.portions).toHaveLength(2);
    expect(view.allowed).toEqual(['answer-correction']);
    const { lines } = await reader.getRecordJournal({ params: { id: record }, query: {} });
    expect(lines.map(({ act }) => act)).toContain('record.read-to-resolve');
    expect(lines.map(({ act }) => act)).toContain('record.quarantined');
    // Opening the correction shows which record it is about; opening another record does not.
    const notice = await reader.getRecord({ params: { id: correction } });
    expect(notice.links.map((link) => link.record.record)).toContain(record);
    const other = await held('Sans rapport');
    expect(JSON.stringify(await reader.getRecord({ params: { id: other } }))).not.toContain(record);
    await reader.answerCorrection({ params: { id: correction }, body: { answer: 'quarantined' } });
    expect((await answeredOn(record)).answer?.answer).toBe('quarantined');
    // COR-3: at its origin it is not revived.
    const revived = await raw(atlas, 'liaison', 'POST', `/api/records/${record}/revisions`, {
      ...why,
      title: 'x',
      grading: null,
      portions: [portion('x')],
    });
    expect(revived).toMatchObject({ code: 'record-not-correctable' });
  });

  test('[COR-3] flags what cites the record, until its author has looked at it', async () => {
    const source = await held('La source');
    const derived = await author.createReport({
      body: { ...reportInput({ title: 'Ce qui en dérive' }), cites: [source] },
    });
    const theirs = await reader.createReport({
      body: { ...reportInput({ title: 'Chez le partenaire' }), cites: [source] },
    });
    const untouched = await author.createReport({ body: reportInput({ title: 'Sans source' }) });
    const { correction } = await author.withdraw({ params: { id: source }, body: why });
    await told(correction);
    for (const [client, record] of [
      [author, derived.record],
      [reader, theirs.record],
    ] as const) {
      expect(await reasonOf(client, record)).toBe('citation-review-due');
      expect(await client.listCitationFlags({ params: { id: record } })).toMatchObject([
        { cited: source, citedOrigin: { code: 'atlas' }, change: 'withdrawn', review: null },
      ]);
      expect((await client.getRecord({ params: { id: record } })).allowed).toContain('review-citation');
      const [flag] = await client.reviewCitation({
        params: { id: record },
        body: { cited: source, reason: 'Confirmé par une autre source.' },
      });
      expect(flag?.review).toMatchObject({
        decision: 'stands',
        reason: 'Confirmé par une autre source.',
        officer: 'liaison',
      });
      expect(await reasonOf(client, record)).toBeUndefined();
    }
    expect(await author.listCitationFlags({ params: { id: untouched.record } })).toEqual([]);
    const cite = await raw(atlas, 'liaison', 'POST', '/api/reports', {
      ...reportInput({ title: 'trop tard' }),
      cites: [source],
    });
    expect(cite.status).toBeGreaterThanOrEqual(400);
  });
});

describe('a release of which an officer holds a paragraph back', () => {
  test('[REL-2] goes without it, as the preview says, and only of an own record', async () => {
    const body = reportInput({ title: 'Retenu', portions: [portion('Un.'), portion('Deux.')] });
    const { record } = await author.createReport({ body });
    const params = { id: record };
    const held = { recipients: [meridian.id], holdBack: [1] };
    const [preview] = await author.previewRecordRelease({ params, body: held });
    expect(preview).toMatchObject({ portions: [0], withheld: [{ portion: 1, code: 'release-held-back' }] });
    const { previews } = await author.releaseRecord({ params, body: held });
    expect(previews).toEqual([preview]);
    await until(async () => ((await listed(reader)).includes(record) ? true : undefined));
    const texts = async (client: Client) => (await client.getRecord({ params })).portions.map(({ text }) => text);
    expect(await texts(author)).toEqual(['Un.', 'Deux.']);
    expect(await texts(reader)).toEqual(['Un.']);

    const unfit = { params, body: { recipients: [meridian.id], holdBack: [2] } };
    await expect(author.previewRecordRelease(unfit)).rejects.toMatchObject({
      refusal: { code: 'input-invalid', at: '/holdBack' },
    });
    const theirs = { params, body: { recipients: [atlas.id], holdBack: [0] } };
    await expect(reader.previewRecordRelease(theirs)).rejects.toMatchObject({ refusal: { at: '/holdBack' } });
  });

  test('[COR-1] stays without it when the text is corrected', async () => {
    const input = reportInput({ title: 'Retenu', portions: [portion('Un.'), portion('Deux.')] });
    const { record } = await author.createReport({ body: input });
    const params = { id: record };
    await author.releaseRecord({ params, body: { recipients: [meridian.id], holdBack: [1] } });
    await until(async () => ((await listed(reader)).includes(record) ? true : undefined));
    const portions = [portion('Un, corrigé.'), portion('Deux, corrigé.')];
    await author.revise({ params, body: { ...why, title: 'Retenu', grading: null, portions } });
    const view = await until(async () => {
      const now = await reader.getRecord({ params });
      return now.revision === 2 ? now : undefined;
    });
    expect(view.portions.map(({ text }) => text)).toEqual(['Un, corrigé.']);
  });
});
