/** Two whole nodes that ask each other, with one clock that the test moves, and what their officers do and see. */
import { afterAll, beforeAll } from 'vitest';
import { settableClock } from '#src/adapters/settable-clock.ts';
import { systemClock } from '#src/adapters/system-clock.ts';
import type { Client } from '#src/features/client.ts';
import type { InboxItem } from '#src/features/inbox/contract.ts';
import type { AnswerInput, RequestInput, RequestView } from '#src/features/requests/contract.ts';
import { post, problem, type Service } from './service.ts';
import { type Neighbour, startTogether } from './together.ts';
import { until } from './trust.ts';

export const hourMs = 3_600_000;

/** One moment for both services, so that a test moves it for both. */
export const clock = settableClock(systemClock);
export const pass = (hours: number) => clock.set(clock.now() + hours * hourMs);

/** Who asks, and who is asked. */
export let atlas: Neighbour;
export let meridian: Neighbour;

/** Starts both before the tests of a file, and stops them after. */
export function setUpAsking(): void {
  beforeAll(async () => {
    [atlas, meridian] = await startTogether(['atlas', 'meridian'], { clock });
  });
  afterAll(async () => {
    await atlas?.stop();
    await meridian?.stop();
  });
}

export const requestInput = (changes: Partial<RequestInput> = {}): RequestInput => ({
  language: 'fr',
  title: 'Vérification d’un déplacement',
  question: 'La personne est-elle entrée sur votre territoire ?',
  reasons: 'Un départ est annoncé.',
  urgency: 'urgent',
  urgencyReason: 'Le départ est proche.',
  respondBy: new Date(clock.now() + 8 * hourMs).toISOString(),
  intendedUse: null,
  marking: { level: 1, compartments: [], handling: [{ code: 'H2' }], releasableTo: [meridian.id] },
  purpose: 'terrorism-prevention',
  legalBasis: 'Article 5',
  recipients: [meridian.id],
  ...changes,
});
export const answerInput = (changes: Partial<AnswerInput>): AnswerInput => ({
  answer: 'full',
  marking: null,
  ...changes,
});
export const informing = {
  text: 'Oui, mardi, par la route.',
  nature: 'fact',
  grading: { source: 'B', information: '2' },
} as const;

export const ask = async (changes: Partial<RequestInput> = {}) =>
  (await (await atlas.as('liaison')).createRequest({ body: requestInput(changes) })).record;
export const viewAt = async (service: Service, record: string, login = 'liaison') =>
  (await service.as(login)).getRequest({ params: { id: record } });
export const arrived = (record: string) =>
  until(async () => {
    const { items } = await (await meridian.as('liaison')).listInbox({ query: { view: 'arrived' } });
    return items.find((item) => item.record === record);
  });
export const answer = async (record: string, changes: Partial<AnswerInput>, login = 'liaison') =>
  (await meridian.as(login)).answerRequest({ params: { id: record }, body: answerInput(changes) });
export const lineOf = (view: RequestView) => {
  const [line] = view.lines;
  if (line === undefined) throw new Error('a request without a line');
  return line;
};
/** Until the asker's side shows it. */
export const atAsker = (record: string, is: (line: RequestView['lines'][number]) => boolean) =>
  until(async () => {
    const view = await viewAt(atlas, record);
    return view.lines[0] && is(view.lines[0]) ? view : undefined;
  });
export const reasonOf = async (client: Client, record: string): Promise<InboxItem['reason'] | undefined> => {
  const { items } = await client.listInbox({ query: { view: 'waiting' } });
  return items.find((item) => item.record === record)?.reason;
};
export const refusedAs = async (service: Service, login: string, path: string, body: unknown) =>
  problem(await post(service.url, path, body, { authorization: `Bearer ${await service.token(login)}` }));
