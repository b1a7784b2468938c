/** A question, its clarification and its answers from the terminal alone, between two real nodes; and a report that cites. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordView } from '#src/features/records/contract.ts';
import type { RequestView } from '#src/features/requests/contract.ts';
import type { SourcesView } from '#src/features/sources/contract.ts';
import { passphrase, type Service } from '../server/service.ts';
import { startTogether } from '../server/together.ts';
import { until } from '../server/trust.ts';
import { Desk } from './typed.ts';

let desk: Desk;
let north: Service;
let south: Service;
const at = (service: Service): string[] => ['--node', service.url, '--as', 'liaison'];

beforeAll(async () => {
  [north, south] = await startTogether(['north', 'south']);
  desk = await Desk.open();
  const file = await desk.file('passphrase', passphrase);
  for (const service of [north, south]) await done(['login', ...at(service), '--passphrase-file', file]);
});
afterAll(async () => {
  await north?.stop();
  await south?.stop();
  await desk?.close();
});

async function done(argv: readonly string[]): Promise<string> {
  const answered = await desk.type(argv);
  expect(answered, answered.err).toMatchObject({ code: 0 });
  return answered.out;
}
const listed = (service: Service, direction: 'ours' | 'to-us', state = 'open') =>
  desk.json<RequestView[]>(['requests', '--direction', direction, '--state', state, ...at(service)]);
/** Until the first request listed there is as wanted. */
const request = (service: Service, direction: 'ours' | 'to-us', is: (view: RequestView) => boolean, state = 'open') =>
  until(async () => (await listed(service, direction, state)).find(is));

describe('a request from the terminal', () => {
  it('[REQ-1] is asked with the time that its urgency usually has, and its reason', async () => {
    const file = await desk.file(
      'question.txt',
      'Entry of a person\n\nDid the person enter in March?\n\nBy which road?',
    );
    const argv = ['request', file, '--to', 'south', '--level', '1', '--text-language', 'en', ...at(north)];
    expect((await desk.type(argv)).err).toContain('--reasons');
    const reasons = ['--reasons', 'A departure is announced.'];
    const urgent = [...argv, ...reasons, '--urgency', 'urgent'];
    expect(await desk.json(urgent)).toMatchObject({ code: 'reason-missing', at: '/urgencyReason' });
    for (const wrong of [
      ['--within', '3w'],
      ['--respond-by', '2026-01-01'],
    ]) {
      expect((await desk.type([...urgent, ...wrong])).code).toBe(2);
    }
    const made = await desk.json<{ record: string; respondBy: string }>([...urgent, '--urgency-reason', 'It is soon.']);
    expect((Date.parse(made.respondBy) - Date.now()) / 3_600_000).toBeCloseTo(72, 0);
    await request(south, 'to-us', ({ record }) => record === made.record);
    const { title, portions } = await desk.json<RecordView>(['show', made.record, ...at(south)]);
    expect(title).toBe('Entry of a person');
    expect(portions.map(({ text }) => text)).toEqual([
      'Entry of a person\n\nDid the person enter in March?\n\nBy which road?',
      'A departure is announced.',
    ]);
    expect(await done(['requests', ...at(south)])).toMatch(/north .*due .*running .*Entry of a person/);
  });

  it('[REQ-2] [REQ-3] is clarified and answered, and both lists tell the same of it', async () => {
    const [{ record } = { record: '' }] = await listed(south, 'to-us');
    const answer = ['answer', record, ...at(south)];
    await done([...answer, '--answer', 'clarification-needed', '--text', 'Which person?', '--nature', 'assessment']);
    await request(north, 'ours', ({ lines }) => lines[0]?.clock.state === 'paused');
    expect(await done(['requests', '--direction', 'ours', ...at(north)])).toMatch(/south .*clarification awaited/);
    expect(await done(['inbox', ...at(north)])).toContain('clarification wanted');
    await done(['clarify', record, '--text', 'The one of 3 March.', ...at(north)]);
    await request(south, 'to-us', ({ lines }) => lines[0]?.clock.state === 'running');
    expect(await desk.json([...answer, '--answer', 'full', '--text', 'Yes.', '--nature', 'fact'])).toMatchObject({
      code: 'record-grading-missing',
      rule: 'ACC-01',
    });
    expect(await desk.json([...answer, '--answer', 'refused'])).toMatchObject({ code: 'answer-incomplete' });
    const out = await done([...answer, '--answer', 'full', '--text', 'Yes.', '--nature', 'fact', '--grading', 'B2']);
    expect(out).toContain('In full');
    const closed = await request(north, 'ours', () => true, 'closed');
    expect(closed.lines[0]).toMatchObject({ clock: { state: 'answered', inTime: true } });
    expect(await done(['requests', '--state', 'closed', ...at(south)])).toMatch(/answered {2}in time/);
    expect(await done(['requests', ...at(south)])).toBe('No request.\n');
  });
});

describe('a report that cites, from the terminal', () => {
  it('[MRK-1] [ACC-19] is refused below its sources, and shown with what goes back to them', async () => {
    const send = async (text: string, ...more: string[]) =>
      desk.json<{ record: string; code?: string }>([
        ...['send', await desk.file('report.txt', text), '--to', 'south', '--grading', 'B2', '--legal-basis', 'Act 1'],
        ...['--text-language', 'en', '--yes', ...more, ...at(north)],
      ]);
    const source = await send('The source\n\nText', '--level', '2');
    expect(await send('Low\n\nText', '--cites', source.record, '--level', '1')).toMatchObject({
      code: 'marking-below-sources',
    });
    const one = await send('One\n\nText', '--cites', source.record);
    const other = await send('Other\n\nText', '--cites', source.record);
    const view = await desk.json<SourcesView>(['sources', other.record, ...at(north)]);
    expect(view.cites.map(({ record }) => record)).toEqual([source.record]);
    expect(view.sameSource).toMatchObject([{ other: { record: one.record }, root: { record: source.record } }]);
    const said = await done(['sources', other.record, ...at(north)]);
    expect(said).toContain('Other (north) · The source (north) · One (north)');
  });
});
