import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ar as composeAr } from '#src/features/compose/web/messages.ar.ts';
import { en as decisionsEn } from '#src/features/decisions/web/messages.en.ts';
import { kindWords } from '#src/kinds/words.ts';
import { ar as recordAr } from '#src/web/record/messages.ar.ts';
import { en as recordEn } from '#src/web/record/messages.en.ts';
import { en as shellEn } from '#src/web/shell/messages.en.ts';
import { passphrase, type Service } from '../server/service.ts';
import { startTogether } from '../server/together.ts';
import { until } from '../server/trust.ts';
import { launch, noBrowser, openWindow, violations, type Window } from './chromium.ts';

/** Own sentences, with everything that a careless step would change: tatweel, marks of direction, double spaces. */
const portions = [
  'رُصِدَ رجلٌ يُعرف بـ«النجّار» في مدينة تِزْرا،  وقد استأجر مستودعًا باسم غيره.',
  'اشترى من متجرين مختلفين موادّ تُستعمل في صنع عبوات: 12 كلغ من السماد، و‏3 ساعات توقيت.',
  'نُقَدِّر أنه يُعِدُّ لعملٍ قريب؛ درجة ثقتنا متوســطة.',
];
const title = 'رجل في تِزْرا يجمع موادّ تفجير';
const account = 'Arrested at 05:40, without resistance. The store was emptied.';

let browser: Browser;
let atlas: Service;
let meridian: Service;
let writer: Window;
let reader: Window;

beforeAll(async () => {
  if (noBrowser) return;
  [atlas, meridian] = await startTogether(['atlas', 'meridian']);
  for (const [service, language] of [
    [atlas, 'ar'],
    [meridian, 'en'],
  ] as const) {
    await (await service.as('liaison')).chooseLanguage({ body: { language } });
  }
  browser = await launch();
  writer = await openWindow(browser);
  reader = await openWindow(browser, { width: 1280, height: 800 });
});
afterAll(async () => {
  await browser?.close();
  await atlas?.stop();
  await meridian?.stop();
});

/** By the keyboard alone: the first field has the focus. */
async function signIn(page: Page, service: Service) {
  await page.goto(service.node.url);
  await page.locator('input[type=password]').waitFor();
  await page.locator('input').first().focus();
  await page.keyboard.type('liaison');
  await page.keyboard.press('Tab');
  await page.keyboard.type(passphrase);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/inbox**');
}

const arabic = (kind: string, field: string) => kindWords[kind]?.captions[field]?.ar ?? '';
const english = (kind: string, field: string) => kindWords[kind]?.captions[field]?.en ?? '';

describe.skipIf(noBrowser)('[EXC-3] a lead goes over and its result comes back, on screen', () => {
  let lead: string;

  it('signs in by keyboard, in Arabic, right to left', async () => {
    const { page } = writer;
    await page.goto(atlas.node.url);
    await signIn(page, atlas);
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
    await signIn(reader.page, meridian);
    expect(await reader.page.locator('html').getAttribute('dir')).toBe('ltr');
  });

  it('writes a lead: one pasted text becomes portions, and what the partner gets is shown before it is sent', async () => {
    const { page } = writer;
    await page.keyboard.press('c');
    await page.locator('#compose-title').fill(title);
    const written = page.locator('textarea[id^="portion-"]');
    await written.first().focus();
    await page.evaluate((text) => {
      const data = new DataTransfer();
      data.setData('text/plain', text);
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    }, portions.join('\n\n'));
    await written.nth(2).waitFor();
    await page.locator('#compose-source').selectOption('B');
    await page.locator('#compose-information').selectOption('2');
    await page.getByLabel(composeAr.field.legalBasis).fill('قانون مكافحة الإرهاب، المادة 4');
    await page.getByRole('checkbox', { name: 'meridian' }).check();
    const preview = page.locator('#compose-recipients [aria-live]');
    await preview.getByText('3').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Control+Enter');
    await page.getByRole('dialog').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Control+Enter');
    await page.waitForURL('**/records/*');
    lead = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await page.getByRole('heading', { name: recordAr.board.title }).waitFor();
  });

  it('reads it at the partner, portion by portion and letter for letter', async () => {
    const { page } = reader;
    await page.getByText(title).first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/records/${lead}`);
    const shown = await until(async () => {
      const texts = await page.locator('[lang=ar]').allTextContents();
      return portions.every((portion) => texts.includes(portion)) ? texts : undefined;
    });
    expect(shown).toEqual(expect.arrayContaining(portions));
    const record = await (await meridian.as('liaison')).getRecord({ params: { id: lead } });
    expect(record.portions.map(({ text }) => text)).toEqual(portions);
    expect(await violations(page)).toEqual([]);
  });

  it('decides and reports the outcome, by keyboard', async () => {
    const { page } = reader;
    await page.keyboard.press('e');
    await page.getByRole('dialog').getByText(decisionsEn.decide.title).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Control+Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: recordEn.actions['report-outcome'] }).waitFor();
    await page.keyboard.press('r');
    const dialog = page.getByRole('dialog');
    await dialog.getByText(decisionsEn.outcome.title).waitFor();
    await dialog.getByLabel(english('outcome', 'result/arrests'), { exact: true }).check();
    await dialog.getByLabel(decisionsEn.outcome.text).fill(account);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Control+Enter');
    await dialog.waitFor({ state: 'detached' });
  });

  it('shows the sender every step, without a reload', async () => {
    const { page } = writer;
    const board = page.getByRole('region', { name: recordAr.board.title });
    await board.locator('li[data-done=true]').nth(4).waitFor({ timeout: 30_000 });
    await board.getByRole('link', { name: arabic('disposition', 'decision/act') }).waitFor();
    await board.getByRole('link', { name: arabic('outcome', 'results') }).click();
    await page.getByText(account).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('keeps the sections where an address leads nowhere, on a telephone in one row', async () => {
    const { page } = reader;
    await page.setViewportSize({ width: 390, height: 844 });
    for (const nowhere of ['/records/zzz', '/zzz']) {
      await page.goto(meridian.url + nowhere);
      await page.getByText(shellEn.missing.title).waitFor();
      await page.getByRole('navigation', { name: shellEn.sections }).waitFor();
    }
    await page.getByRole('main').getByRole('link', { name: shellEn.missing.link }).click();
    await page.waitForURL('**/inbox**');
    const size = await page.evaluate(() => ({
      head: document.querySelector('header')?.clientHeight ?? 0,
      width: document.documentElement.scrollWidth,
    }));
    expect(size.head).toBeLessThan(160);
    expect(size.width).toBe(390);
    expect(await violations(page)).toEqual([]);
  });

  it('asked nothing of the outside world, and the browser had nothing to complain of', () => {
    expect([...writer.complaints, ...reader.complaints]).toEqual([]);
  });
});
