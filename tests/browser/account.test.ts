/** The own account on screen, in Arabic first: sessions that were left somewhere, and another passphrase. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ar as officers } from '#src/features/officers/web/messages.ar.ts';
import { ar } from '#src/features/session/web/messages.ar.ts';
import { passphrase, post, type Service, signIn, startService } from '../server/service.ts';
import { launch, noBrowser, openWindow, violations, type Window } from './chromium.ts';

let browser: Browser;
let service: Service;
let window: Window;

beforeAll(async () => {
  if (noBrowser) return;
  service = await startService('nord', [{ login: 'amina', role: 'liaison', desks: ['liaison'] }]);
  await (await service.as('root')).chooseLanguage({ body: { language: 'ar' } });
  browser = await launch();
  window = await openWindow(browser);
});
afterAll(async () => {
  await browser?.close();
  await service?.stop();
});

describe.skipIf(noBrowser)('[ACC-12] the own account', () => {
  it('shows the sessions, ends one, and changes the passphrase; a common one is refused with its reason', async () => {
    const { page } = window;
    await page.goto(service.url);
    await page.locator('input[type=password]').waitFor();
    // Which service this is, a stranger does not read.
    expect(await page.locator('body').innerText()).not.toContain('nord');
    await page.locator('input').first().fill('root');
    await page.locator('input[type=password]').fill(passphrase);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/officers');
    await page.getByRole('link', { name: /Root/ }).click();
    await page.getByRole('heading', { name: ar.account.sessions.title }).waitFor();
    const ends = page.getByRole('button', { name: /^إغلاق الجلسة/ });
    await ends.first().waitFor();
    const before = await ends.count();
    expect(before).toBeGreaterThan(0);
    expect(await violations(page)).toEqual([]);
    await ends.first().click();
    await expect.poll(() => ends.count()).toBe(before - 1);

    const change = async (wanted: string) => {
      await page.getByLabel(ar.account.passphrase.current, { exact: true }).fill(passphrase);
      await page.getByLabel(ar.account.passphrase.wanted, { exact: true }).fill(wanted);
      await page.getByLabel(ar.account.passphrase.again, { exact: true }).fill(wanted);
      await page.getByRole('button', { name: ar.account.passphrase.submit }).click();
    };
    await change('password123456');
    await page.getByText('passphrase-common').waitFor();
    expect(await violations(page)).toEqual([]);
    await change('quatre mots sans rapport');
    await page.getByText(ar.account.passphrase.done).waitFor();
    const answer = await post(service.url, '/api/session', { login: 'root', passphrase: 'quatre mots sans rapport' });
    expect(answer.status).toBe(200);
  });

  it('an administrator sees at whose sign-in somebody guesses', async () => {
    const { page, complaints } = window;
    for (let n = 0; n < 8; n++) await post(service.url, '/api/session', { login: 'amina', passphrase: `guess ${n}` });
    await page.goto(`${service.url}/officers`);
    await page.getByRole('heading', { name: officers.slowed.title }).waitFor();
    expect(await violations(page)).toEqual([]);
    await expect(signIn(service.url, 'amina')).rejects.toThrow('429');
    // What is refused is answered 400, which the browser notes.
    expect(complaints.filter((one) => !one.includes('400'))).toEqual([]);
  });
});
