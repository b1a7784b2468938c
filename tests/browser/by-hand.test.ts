import { readFile } from 'node:fs/promises';
import type { Browser, Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fr } from '#src/features/bundles/web/messages.fr.ts';
import { passphrase, reportInput, type Service } from '../server/service.ts';
import { type Neighbour, startTogether } from '../server/together.ts';
import { until } from '../server/trust.ts';
import { launch, noBrowser, openWindow, violations, type Window } from './chromium.ts';

const title = 'Un déplacement annoncé par porteur';

let browser: Browser;
let north: Neighbour;
let south: Neighbour;
let sender: Window;
let receiver: Window;

beforeAll(async () => {
  if (noBrowser) return;
  [north, south] = await startTogether(['nord', 'sud']);
  browser = await launch();
  sender = await openWindow(browser);
  receiver = await openWindow(browser, { width: 1280, height: 800 });
  await signIn(sender.page, north);
  await signIn(receiver.page, south);
});
afterAll(async () => {
  await browser?.close();
  await north?.stop();
  await south?.stop();
});

async function signIn(page: Page, service: Service) {
  await page.goto(service.url);
  await page.locator('input[type=password]').waitFor();
  await page.locator('input').first().fill('liaison');
  await page.locator('input[type=password]').fill(passphrase);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/inbox**');
}

/** At both ends: no batch goes over the link from here on. */
async function carryByHand({ page }: Window, service: Service, partner: string): Promise<void> {
  await page.goto(`${service.url}/partners/${partner}`);
  const section = page.getByRole('region', { name: fr.title });
  await section.getByRole('button', { name: fr.change }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: fr.carrier.file }).check();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  await section.getByText(fr.carrier.file).waitFor();
}

async function exported(page: Page): Promise<{ name: string; path: string }> {
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: fr.out.button }).click();
  return fileOf(await saved);
}
async function fileOf(download: Download): Promise<{ name: string; path: string }> {
  return { name: download.suggestedFilename(), path: await download.path() };
}

describe.skipIf(noBrowser)('[EXC-3] a report travels as a file, and its receipt comes back as one, on screen', () => {
  let file: { name: string; path: string };
  let answer: { name: string; path: string };
  let record: string;

  it('is exported once the carrier is a file, and shown as unconfirmed', async () => {
    await carryByHand(sender, north, south.id);
    await carryByHand(receiver, south, north.id);
    const made = await (await north.as('liaison')).createReport({
      body: reportInput({ title, recipients: [south.id] }),
    });
    record = made.record;
    const { page } = sender;
    file = await exported(page);
    expect(file.name).toMatch(/^nord-sud-.*\.tansiq$/);
    expect((await readFile(file.path)).subarray(0, 9).toString()).toBe('TANSIQB1\n');
    await page.getByRole('cell', { name: fr.list.unconfirmed }).first().waitFor();
    expect(await violations(page)).toEqual([]);
    // Nothing of it has gone over the link.
    const { items } = await (await south.as('liaison')).listInbox({ query: { view: 'arrived', q: title } });
    expect(items).toEqual([]);
  });

  it('is taken in at the other node by choosing the file, and an answer is made to carry back', async () => {
    const { page } = receiver;
    await page.goto(`${south.url}/partners`);
    await page.getByRole('button', { name: fr.in.button }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(fr.in.pick).waitFor();
    expect(await violations(page)).toEqual([]);
    await dialog.locator('input[type=file]').setInputFiles(file.path);
    await dialog.getByText(/nouveaux? lots? reçus?/).waitFor();
    expect(await violations(page)).toEqual([]);
    const saved = page.waitForEvent('download');
    await dialog.getByRole('button', { name: new RegExp(fr.in.saveAnswer.split(' {{')[0] ?? '') }).click();
    answer = await fileOf(await saved);
    expect(answer.name).toMatch(/^sud-nord-.*\.tansiq$/);
    const arrived = await until(async () => {
      const { items } = await (await south.as('liaison')).listInbox({ query: { view: 'arrived', q: title } });
      return items[0];
    });
    expect(arrived.record).toBe(record);
  });

  it('a file that is dropped on the page a second time takes no second effect', async () => {
    const { page } = receiver;
    await page.goto(`${south.url}/partners/${north.id}`);
    await page.getByRole('button', { name: fr.in.button }).waitFor();
    const content = (await readFile(file.path)).toString('base64');
    await page.evaluate((base64) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], 'again.tansiq'));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
    }, content);
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/déjà arrivé/).waitFor();
    const { items } = await (await south.as('liaison')).listInbox({ query: { view: 'arrived', q: title } });
    expect(items).toHaveLength(1);
    await page.keyboard.press('Escape');
  });

  it('is confirmed where it came from once the answer is back', async () => {
    const { page } = sender;
    await page.getByRole('button', { name: fr.in.button }).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('input[type=file]').setInputFiles(answer.path);
    await dialog.getByText(/accusés? de réception de nos envois/).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('cell', { name: new RegExp(`^${fr.list.confirmed.split(' {{')[0]}`) }).waitFor();
    expect(await violations(page)).toEqual([]);
    const { deliveries } = await (await north.as('liaison')).getRecord({ params: { id: record } });
    expect(deliveries[0]?.deliveredAt).not.toBeNull();
  });

  it('what is no such file is refused with a sentence', async () => {
    const { page } = sender;
    await page.getByRole('button', { name: fr.in.button }).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('input[type=file]').setInputFiles({
      name: 'x.tansiq',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from('nothing of ours'),
    });
    await dialog.getByText('bundle-malformed').waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('and no browser had anything to complain of', () => {
    // A file that is none is answered with HTTP 422, which the browser logs by itself.
    const complaints = [...sender.complaints, ...receiver.complaints];
    expect(complaints.filter((complaint) => !complaint.includes('422'))).toEqual([]);
  });
});
