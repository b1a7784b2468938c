import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fr as text } from '#src/features/partners/web/messages.fr.ts';
import { fr as recordText } from '#src/web/record/messages.fr.ts';
import { passphrase, type Service, startService } from '../server/service.ts';
import { until } from '../server/trust.ts';
import { launch, noBrowser, openWindow, violations } from './chromium.ts';

const officers = [
  { login: 'liaison', role: 'liaison', desks: ['liaison'] },
  { login: 'director', role: 'director', desks: ['direction', 'liaison'] },
] as const;

let browser: Browser;
let north: Service;
let south: Service;
const complaints: string[] = [];

beforeAll(async () => {
  if (noBrowser) return;
  const staff = officers.map((officer) => ({ ...officer, desks: [...officer.desks] }));
  north = await startService('nord', staff);
  south = await startService('sud', staff);
  for (const service of [north, south]) {
    await (await service.as('root')).chooseLanguage({ body: { language: 'fr' } });
  }
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await north?.stop();
  await south?.stop();
});

async function desk(service: Service, login: string, path: string): Promise<Page> {
  const window = await openWindow(browser, { width: 1280, height: 800 });
  const { page } = window;
  await page.goto(service.url);
  await page.locator('input[type=password]').waitFor();
  await page.locator('input').first().fill(login);
  await page.locator('input[type=password]').fill(passphrase);
  await page.keyboard.press('Enter');
  await page.waitForURL(({ pathname }) => /^\/(inbox|officers)/.test(pathname));
  await page.goto(`${service.url}${path}`);
  page.on('close', () => complaints.push(...window.complaints));
  return page;
}

const ownCard = async (service: Service) => (await service.as('root')).ownCard();

/** `here` takes the card of `there` and compares the fingerprint, as its administrator and its liaison officer do. */
async function comeToKnow(here: Service, there: Service): Promise<void> {
  const { card, spoken, service } = await ownCard(there);
  const administrator = await desk(here, 'root', '/partners');
  await administrator.getByRole('button', { name: text.add.button }).click();
  await administrator.getByRole('dialog').getByLabel(text.add.card).fill(card);
  await administrator.getByRole('dialog').getByRole('button', { name: text.add.submit }).click();
  await administrator.waitForURL(`**/partners/${service.id}`);
  await administrator.close();

  const liaison = await desk(here, 'liaison', `/partners/${service.id}`);
  const heard = liaison.getByLabel(text.fingerprint.heard);
  await heard.fill(spoken.replace(/\d/, (digit) => String((Number(digit) + 1) % 10)));
  await liaison.getByRole('button', { name: text.fingerprint.submit }).click();
  await liaison.getByText('fingerprint-mismatch').waitFor();
  expect(await violations(liaison)).toEqual([]);
  await heard.fill(spoken);
  await liaison.getByRole('button', { name: text.fingerprint.submit }).click();
  await heard.waitFor({ state: 'detached' });
  await liaison.close();
}

describe.skipIf(noBrowser)('[KEY-2] two services come to trust each other, on screen', () => {
  it('by card and by voice, and a fingerprint misheard is refused', async () => {
    await comeToKnow(north, south);
    await comeToKnow(south, north);
  });

  it('[REC-5] by an agreement that one proposes and the other assents to', async () => {
    const { service: southern } = await ownCard(south);
    const proposer = await desk(north, 'director', `/partners/${southern.id}`);
    await proposer.getByRole('button', { name: text.agreements.propose }).click();
    const dialog = proposer.getByRole('dialog');
    await dialog.getByLabel(text.proposal.name).fill('Accord de coopération');
    await dialog.getByLabel(text.proposal.terms).fill('Les deux services échangent ce qui sert la sécurité de chacun.');
    await dialog.getByLabel(text.proposal.legalBasis).fill('Loi 12, article 3');
    expect(await violations(proposer)).toEqual([]);
    await proposer.keyboard.press('Control+Enter');
    await dialog.waitFor({ state: 'detached' });

    const other = await south.as('director');
    const due = await until(async () => {
      const { items } = await other.listInbox({ query: { view: 'waiting' } });
      return items.find(({ reason }) => reason === 'assent-due');
    });
    const assenter = await desk(south, 'director', `/records/${due.record}`);
    await assenter.getByRole('button', { name: recordText.actions.assent }).click();
    expect(await violations(assenter)).toEqual([]);
    await assenter.getByRole('dialog').getByRole('button', { name: text.assent.submit }).click();
    await assenter.getByRole('dialog').waitFor({ state: 'detached' });
    // The proposer's page says so by itself.
    await proposer.getByText(text.agreements.inForce, { exact: true }).waitFor();
    await assenter.close();
    await proposer.close();
  });

  it('and no browser had anything to complain of', () => {
    // A misheard fingerprint is answered with HTTP 422, which the browser logs by itself.
    expect(complaints.filter((complaint) => !complaint.includes('422'))).toEqual([]);
  });
});
