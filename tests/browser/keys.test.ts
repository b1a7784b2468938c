import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en } from '#src/features/keys/web/messages.en.ts';
import { passphrase, type Service } from '../server/service.ts';
import { type Neighbour, startTogether } from '../server/together.ts';
import { until } from '../server/trust.ts';
import { launch, noBrowser, openWindow, violations, type Window } from './chromium.ts';

let browser: Browser;
let north: Neighbour;
let south: Neighbour;
let administrator: Window;
let director: Window;
let secret: string;

beforeAll(async () => {
  if (noBrowser) return;
  [north, south] = await startTogether(['nord', 'sud']);
  await (await south.as('director')).chooseLanguage({ body: { language: 'en' } });
  browser = await launch();
  administrator = await openWindow(browser, { width: 1280, height: 800 });
  director = await openWindow(browser);
  await signIn(administrator.page, north, 'root');
  await signIn(director.page, south, 'director');
});
afterAll(async () => {
  await browser?.close();
  await north?.stop();
  await south?.stop();
});

async function signIn(page: Page, service: Service, login: string) {
  await page.goto(service.url);
  await page.locator('input[type=password]').waitFor();
  await page.locator('input').first().fill(login);
  await page.locator('input[type=password]').fill(passphrase);
  await page.keyboard.press('Enter');
  await page.waitForURL(({ pathname }) => /^\/(inbox|officers)/.test(pathname));
}

/** `south` has taken the statement of this number. */
const knownThere = (version: number) =>
  until(async () => {
    const keys = await (await south.as('director')).getPartnerKeys({ params: { id: north.id } });
    return keys.version === version ? keys : undefined;
  });

describe.skipIf(noBrowser)('[KEY-1] keys change under a link and trust ends, on screen', () => {
  it('a signing key is replaced, with a reason, and the partner’s page says so', async () => {
    const { page } = administrator;
    await page.keyboard.press('g');
    await page.keyboard.press('k');
    await page.waitForURL('**/keys');
    await page.getByText(en.recovery.none).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: en.rotate.button.signing }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(en.reason).fill('yearly');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Control+Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('cell', { name: en.state.retired }).waitFor();
    await knownThere(2);
    const there = director.page;
    await there.goto(`${south.url}/partners/${north.id}`);
    const section = there.getByRole('region', { name: en.partner.title });
    await section.getByText(/former key$/).waitFor();
    expect(await violations(there)).toEqual([]);
  });

  it('the recovery key is shown once, and is done only when typed back', async () => {
    const { page } = administrator;
    await page.getByRole('button', { name: en.recovery.make }).click();
    await page.getByRole('button', { name: en.recovery.makeSubmit }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(en.recovery.secret).waitFor();
    secret = (await dialog.locator('p[translate=no]').textContent()) ?? '';
    expect(secret.length).toBeGreaterThan(50);
    expect(await violations(page)).toEqual([]);
    const typed = dialog.getByLabel(en.recovery.typed);
    await typed.fill(`${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`);
    await page.keyboard.press('Enter');
    await dialog.getByText(en.recovery.mismatch).waitFor();
    await page.keyboard.press('Escape');
    await dialog.getByText(en.recovery.leaving).waitFor();
    expect(await violations(page)).toEqual([]);
    await typed.fill(secret.toLowerCase().replaceAll('-', ' '));
    await typed.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.getByText(en.recovery.exists).waitFor();
    expect(await page.content()).not.toContain(secret);
    await knownThere(3);
  });

  it('with it a stolen signing key is revoked; a wrong secret is refused', async () => {
    const { page } = administrator;
    await page.getByRole('button', { name: en.recover.button }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(en.recover.secret).fill(secret.slice(6));
    await dialog.getByLabel(en.reason).fill('the machine was stolen');
    await page.keyboard.press('Control+Enter');
    await dialog.getByText('recovery-secret-invalid').waitFor();
    expect(await violations(page)).toEqual([]);
    await dialog.getByLabel(en.recover.secret).fill(secret);
    await page.keyboard.press('Control+Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('cell', { name: en.state.revoked }).waitFor();
    const { keys } = await knownThere(4);
    expect(keys.filter(({ state }) => state === 'revoked')).toHaveLength(1);
  });

  it('a director ends trust in a partner, told plainly what that does', async () => {
    const { page } = director;
    await page.getByRole('button', { name: en.revoke.button }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(en.revoke.doesNotList.held).waitFor();
    expect(await violations(page)).toEqual([]);
    // Without a reason it is not done.
    await page.keyboard.press('Control+Enter');
    await dialog.getByLabel(en.reason).fill('its director was replaced');
    await page.keyboard.press('Control+Enter');
    await dialog.waitFor({ state: 'detached' });
    await page
      .getByRole('region', { name: en.revoke.title })
      .getByText(/^Revoked/)
      .waitFor();
    expect(await violations(page)).toEqual([]);
    const partner = await (await south.as('director')).getPartner({ params: { id: north.id } });
    expect(partner).toMatchObject({ revokedAt: expect.any(String), allowed: [] });
  });

  it('and no browser had anything to complain of', () => {
    const complaints = [...administrator.complaints, ...director.complaints];
    expect(complaints.filter((complaint) => !complaint.includes('422'))).toEqual([]);
  });
});
