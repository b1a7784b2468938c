/** Reports that draw on others, between two whole nodes: what they inherit, and what goes back to one source. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReportInput } from '#src/features/compose/contract.ts';
import type { SourceStep } from '#src/features/sources/contract.ts';
import { post, problem, reportInput, type Service } from './service.ts';
import { type Neighbour, startTogether } from './together.ts';
import { until } from './trust.ts';

let atlas: Neighbour;
let meridian: Neighbour;
beforeAll(async () => {
  [atlas, meridian] = await startTogether(['atlas', 'meridian']);
});
afterAll(async () => {
  await atlas?.stop();
  await meridian?.stop();
});

const marking = (changes: Partial<ReportInput['marking']>): ReportInput['marking'] => ({
  level: 1,
  compartments: [],
  handling: [{ code: 'H1' }],
  releasableTo: null,
  ...changes,
});
const write = async (service: Service, changes: Partial<ReportInput>) =>
  (await (await service.as('liaison')).createReport({ body: reportInput(changes) })).record;
const held = (service: Service, record: string) =>
  until(async () => {
    const { items } = await (await service.as('liaison')).listInbox({ query: { view: 'arrived' } });
    return items.some((item) => item.record === record) ? true : undefined;
  });
const refusedAs = async (login: string, path: string, body: unknown) =>
  problem(await post(atlas.url, path, body, { authorization: `Bearer ${await atlas.token(login)}` }));
const sourcesOf = async (service: Service, record: string, login = 'liaison') =>
  (await service.as(login)).getSources({ params: { id: record } });
const titles = (steps: readonly SourceStep[]) => steps.map(({ title }) => title);

describe('a report that draws on others', () => {
  let own: string;
  let theirs: string;
  beforeAll(async () => {
    own = await write(atlas, { title: 'Source', marking: marking({ level: 2, releasableTo: [meridian.id] }) });
    theirs = await write(meridian, {
      title: 'De Meridian',
      marking: marking({ handling: [{ code: 'H2' }], tlp: 'amber' }),
      recipients: [atlas.id],
    });
    await held(atlas, theirs);
  });

  test('[MRK-1] is told what they demand together, and which of them what', async () => {
    const author = await atlas.as('liaison');
    const { marking: floor, cites } = await author.previewInheritance({ body: { cites: [own, theirs] } });
    expect(floor).toMatchObject({ level: 2, compartments: [], tlp: 'amber' });
    expect(floor.releasableTo?.map(({ code }) => code)).toEqual(['meridian']);
    expect(floor.handling.map(({ code, originator }) => `${code} ${originator.code}`).toSorted()).toEqual([
      'H1 atlas',
      'H2 meridian',
    ]);
    expect(cites.map(({ title, origin, marking: { level } }) => [title, origin.code, level])).toEqual([
      ['Source', 'atlas', 2],
      ['De Meridian', 'meridian', 1],
    ]);
    expect(await author.previewInheritance({ body: { cites: [] } })).toMatchObject({
      marking: { level: 0, handling: [], releasableTo: null },
      cites: [],
    });
  });

  test.each<[string, Partial<ReportInput['marking']>]>([
    ['level', { level: 1 }],
    ['list of services', { releasableTo: null }],
    ['TLP', { tlp: 'green' }],
  ])('[MRK-1] is not signed below their %s, nor shown as if it could be', async (_, low) => {
    const high = marking({ level: 2, releasableTo: [meridian.id], tlp: 'amber' });
    const body = reportInput({ cites: [own, theirs], marking: { ...high, ...low } });
    for (const path of ['/api/reports', '/api/reports/preview']) {
      expect(await refusedAs('liaison', path, body)).toMatchObject({ code: 'marking-below-sources', rule: 'MRK-1' });
    }
  });

  test('[MRK-1] carries the conditions of every originator, on each portion too', async () => {
    const record = await write(atlas, {
      title: 'Synthèse',
      cites: [own, theirs],
      marking: marking({ level: 2, releasableTo: [meridian.id], tlp: 'amber', handling: [] }),
      recipients: [meridian.id],
    });
    await held(meridian, record);
    for (const service of [atlas, meridian]) {
      const view = await (await service.as('liaison')).getRecord({ params: { id: record } });
      for (const { handling } of [view.marking, ...view.portions.map((portion) => portion.marking)]) {
        expect(handling.map(({ code, originator }) => `${code} ${originator.code}`).toSorted()).toEqual([
          'H1 atlas',
          'H2 meridian',
        ]);
      }
    }
  });

  test('[MRK-1] cannot draw on what its author does not see', async () => {
    const absent = '01900000-0000-7000-8000-000000000000';
    for (const [login, cites] of [
      ['judicial', [own]],
      ['liaison', [own, absent]],
    ] as const) {
      const at = `/cites/${cites.length - 1}`;
      expect(await refusedAs(login, '/api/reports/inheritance', { cites })).toMatchObject({ code: 'not-found', at });
      const body = reportInput({ cites: [...cites], marking: marking({ level: 2, releasableTo: [] }) });
      expect(await refusedAs(login, '/api/reports', body)).toMatchObject({ code: 'not-found', at });
    }
    expect((await (await atlas.as('liaison')).getRecord({ params: { id: own } })).title).toBe('Source');
  });
});

describe('two reports of one source', () => {
  let source: string;
  let first: string;
  let second: string;
  let back: string;
  beforeAll(async () => {
    source = await write(atlas, { title: 'Le rapport initial' });
    first = await write(atlas, { title: 'Premier', cites: [source], recipients: [meridian.id] });
    second = await write(atlas, { title: 'Second', cites: [source], recipients: [meridian.id] });
    await Promise.all([held(meridian, first), held(meridian, second)]);
    back = await write(meridian, { title: 'Confirmé par Meridian', cites: [first], recipients: [atlas.id] });
    await held(atlas, back);
  });

  test('[ACC-19] are shown as one where both arrived, although the source itself did not', async () => {
    const { cites, citedBy, sameSource } = await sourcesOf(meridian, second);
    expect(cites).toMatchObject([{ record: source, origin: { code: 'atlas' }, title: null, kind: null }]);
    expect(citedBy).toEqual([]);
    const [one, other] = sameSource;
    expect(one).toMatchObject({ other: { record: first, title: 'Premier' }, root: { record: source, title: null } });
    expect(titles(one?.pathHere ?? [])).toEqual(['Second', null]);
    expect(titles(one?.pathThere ?? [])).toEqual([null, 'Premier']);
    expect(titles(other?.pathThere ?? [])).toEqual([null, 'Premier', 'Confirmé par Meridian']);
    expect(sameSource).toHaveLength(2);
  });

  test('[ACC-19] are counted as one in the inbox already', async () => {
    const { items } = await (await meridian.as('liaison')).listInbox({ query: { view: 'arrived' } });
    const same = new Map(items.map((item) => [item.title, item.sameSourceAs]));
    expect([same.get('Premier'), same.get('Second'), same.get('Synthèse')]).toEqual([1, 1, undefined]);
  });

  test('[ACC-19] also when one of them comes back from a partner as its confirmation', async () => {
    const { cites, sameSource } = await sourcesOf(atlas, back);
    expect(titles(cites)).toEqual(['Premier']);
    expect(sameSource.map(({ other, root }) => [other.title, root.title])).toEqual([
      ['Le rapport initial', 'Le rapport initial'],
      ['Second', 'Le rapport initial'],
    ]);
    expect(titles(sameSource[1]?.pathHere ?? [])).toEqual(['Confirmé par Meridian', 'Premier', 'Le rapport initial']);
    const { citedBy } = await sourcesOf(atlas, source);
    expect(titles(citedBy).toSorted()).toEqual(['Premier', 'Second']);
  });

  test('[ACC-12] are shown to an officer by what that officer sees: a hidden source has no title, a hidden report is none', async () => {
    const liaison = await atlas.as('liaison');
    const token = await atlas.token('judicial');
    const ask = (id: string) =>
      fetch(`${atlas.url}/api/records/${id}/sources`, { headers: { authorization: `Bearer ${token}` } });
    expect((await ask(first)).status).toBe(404);
    const put = (id: string) =>
      liaison.assignDesk({ params: { id }, body: { desk: 'judicial', reason: 'Pour enquête' } });
    await put(first);
    expect(await sourcesOf(atlas, first, 'judicial')).toMatchObject({
      cites: [{ record: source, title: null, kind: null, origin: { code: 'atlas' } }],
      citedBy: [],
      sameSource: [],
    });
    await put(second);
    const { sameSource } = await sourcesOf(atlas, first, 'judicial');
    expect(sameSource).toMatchObject([{ other: { title: 'Second' }, root: { record: source, title: null } }]);
    expect((await ask(source)).status).toBe(404);
    // All of it is there.
    expect(titles((await sourcesOf(atlas, first)).cites)).toEqual(['Le rapport initial']);
  });
});
