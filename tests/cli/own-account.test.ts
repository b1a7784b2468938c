/** The own account from the terminal: another passphrase, and an end to sessions that were left somewhere. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SessionView } from '#src/features/session/contract.ts';
import { brakeLimits } from '#src/features/session/server/sign-in-brake.ts';
import { passphrase, type Service, startService } from '../server/service.ts';
import { Desk } from './typed.ts';

const newWords = 'quatre mots sans rapport';
let service: Service;
let desk: Desk;
let elsewhere: Desk;
let seat: string[];

beforeAll(async () => {
  service = await startService('atlas', [{ login: 'amina', role: 'liaison', desks: ['liaison'] }]);
  [desk, elsewhere] = [await Desk.open(), await Desk.open()];
  seat = ['--node', service.url, '--as', 'amina'];
  for (const one of [desk, elsewhere]) {
    expect((await one.type(['login', ...seat], { input: `${passphrase}\n` })).code).toBe(0);
  }
});
afterAll(async () => {
  await service?.stop();
  for (const one of [desk, elsewhere]) await one?.close();
});

test('[ACC-12] tansiq sessions lists the own sessions and ends one, or all but this one', async () => {
  const sessions = await desk.json<SessionView[]>(['sessions', 'list', ...seat]);
  expect(sessions.map(({ current }) => current).sort()).toEqual([false, true]);
  const other = sessions.find(({ current }) => !current)?.id ?? '';
  expect((await desk.type(['sessions', 'list', ...seat])).out).toContain('this one');
  expect(await desk.json(['sessions', 'end', other, ...seat])).toEqual({ ended: [other] });
  expect((await elsewhere.type(['inbox', ...seat])).err).toContain('sign-in-required');
  expect((await desk.type(['sessions', 'end', other, ...seat])).code).toBe(1);
  expect((await desk.type(['sessions', 'end', 'others', ...seat])).out).toContain('Sessions ended: ');
});

test('[ACC-12] tansiq passphrase change asks for the present one, refuses a common one, and ends other sessions', async () => {
  await elsewhere.type(['login', ...seat], { input: `${passphrase}\n` });
  const change = ['passphrase', 'change', ...seat];
  const wrong = await desk.type(change, { answers: ['a wrong one', newWords, newWords] });
  expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('passphrase-wrong') });
  const common = await desk.type(change, { answers: [passphrase, 'password123456', 'password123456'] });
  expect(common).toMatchObject({ code: 1, err: expect.stringContaining('passphrase-common') });
  const blind = await desk.type(change, { input: newWords });
  expect(blind).toMatchObject({ code: 2, err: expect.stringContaining('--current-passphrase-file') });
  const files = [await desk.file('now', `${passphrase}\n`), await desk.file('then', `${newWords}\n`)];
  const [now = '', wanted = ''] = files;
  const done = [...change, '--current-passphrase-file', now, '--passphrase-file', wanted];
  expect(await desk.json(done)).toEqual({ endedSessions: 1 });
  expect((await elsewhere.type(['inbox', ...seat])).err).toContain('sign-in-required');
  expect((await elsewhere.type(['login', ...seat], { input: `${newWords}\n` })).code).toBe(0);
});

test('[ACC-12] a terminal from which an officer signed in is known again, and strangers’ guesses do not slow it', async () => {
  const known = ['login', '--node', service.url, '--as', 'root'];
  const signIn = (one: Desk, words: string) => one.type(known, { input: `${words}\n` });
  service.sessionClock.set(Date.now());
  expect((await signIn(desk, passphrase)).code).toBe(0);
  await desk.type(['logout', '--node', service.url, '--as', 'root']);
  for (let n = 0; n < brakeLimits.free.login; n++) expect((await signIn(elsewhere, `guess ${n}`)).code).toBe(1);
  expect((await signIn(elsewhere, passphrase)).err).toContain('sign-in-slowed');
  expect((await signIn(desk, passphrase)).code).toBe(0);
  service.sessionClock.set(null);
});
