import { rm } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningNode, startNode } from '#src/server/node.ts';
import { temporaryHome } from '../server/service.ts';
import { launch, noBrowser, openWindow, violations, type Window } from './chromium.ts';

const passphrase = 'four plain words together';

let home: string;
let node: RunningNode;
let browser: Browser;
let window: Window;

beforeAll(async () => {
  if (noBrowser) return;
  home = await temporaryHome();
  node = await startNode({ home, port: 0, logLevel: 'silent' });
  browser = await launch();
  window = await openWindow(browser);
});
afterAll(async () => {
  await browser?.close();
  await node?.close();
  if (home) await rm(home, { recursive: true, force: true });
});

describe.skipIf(noBrowser)('[ACC-22] the first start of a node, on screen', () => {
  it('leads from its address to the set-up page, and from there to the first administrator’s desk', async () => {
    const { page } = window;
    await page.goto(node.url);
    await page.waitForURL('**/set-up');
    const field = page.locator('form input');
    await field.first().waitFor();
    expect(await violations(page)).toEqual([]);
    for (const [at, value] of ['جهاز', 'Service', 'Service', 'nord'].entries()) await field.nth(at).fill(value);
    await field.nth(5).fill('Admin');
    await field.nth(6).fill('admin');
    await page.locator('input[type=password]').fill(passphrase);
    await page.locator('form button[type=submit]').click();
    await page.locator('form').waitFor({ state: 'detached' });
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button').last().click();
    await page.waitForURL('**/sign-in**');
    await page.locator('input').first().fill('admin');
    await page.locator('input[type=password]').fill(passphrase);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/officers');
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await violations(page)).toEqual([]);
  });
});
