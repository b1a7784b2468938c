import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ar as arabicCorrections } from '#src/features/corrections/web/messages.ar.ts';
import { en as corrections } from '#src/features/corrections/web/messages.en.ts';
import { ar as arabicPermissions } from '#src/features/permissions/web/messages.ar.ts';
import { en as permissions } from '#src/features/permissions/web/messages.en.ts';
import { kindWords } from '#src/kinds/words.ts';
import { ar as arabicRecord } from '#src/web/record/messages.ar.ts';
import { en as record } from '#src/web/record/messages.en.ts';
import { passphrase, reportInput, type Service } from '../server/service.ts';
import { type Neighbour, startTogether } from '../server/together.ts';
import { until } from '../server/trust.ts';
import { launch, noBrowser, openWindow, violations, type Window } from './chromium.ts';

const secret = 'Il prépare sans doute une attaque.';
const mistaken = 'Un homme du même nom a été pris pour lui.';
const reason = 'Le juge le demande dans l’affaire 12/2026.';

let browser: Browser;
let atlas: Neighbour;
let meridian: Neighbour;
let sahara: Neighbour;
let origin: Window;
let holder: Window;
/** A report of atlas at meridian that may be used in court, and one that may not. */
let free: string;
let bound: string;

beforeAll(async () => {
  if (noBrowser) return;
  [atlas, meridian, sahara] = await startTogether(['atlas', 'meridian', 'sahara']);
  await (await atlas.as('liaison')).chooseLanguage({ body: { language: 'ar' } });
  await (await meridian.as('liaison')).chooseLanguage({ body: { language: 'en' } });
  free = await give('H0');
  bound = await give('H1');
  browser = await launch();
  origin = await openWindow(browser);
  holder = await openWindow(browser, { width: 1280, height: 800 });
  await signIn(origin.page, atlas);
  await signIn(holder.page, meridian);
});
afterAll(async () => {
  await browser?.close();
  await atlas?.stop();
  await meridian?.stop();
  await sahara?.stop();
});

async function give(code: 'H0' | 'H1'): Promise<string> {
  const input = reportInput({
    title: 'Un homme surveille le marché',
    marking: { level: 1, compartments: [], handling: [{ code }], releasableTo: null },
    portions: [
      { text: 'Il a photographié les entrées.', nature: 'fact', marking: null },
      { text: secret, nature: 'assessment', marking: null },
    ],
    recipients: [meridian.id],
  });
  const made = await (await atlas.as('liaison')).createReport({ body: input });
  await arrived(meridian, made.record);
  return made.record;
}

async function arrived(service: Service, id: string): Promise<void> {
  const reader = await service.as('liaison');
  const there = () => reader.getRecord({ params: { id } }).then(() => true);
  await until(() => there().catch(() => undefined));
}

async function signIn(page: Page, service: Service) {
  await page.goto(service.url);
  await page.locator('input[type=password]').waitFor();
  await page.locator('input').first().fill('liaison');
  await page.locator('input[type=password]').fill(passphrase);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/inbox**');
}

async function open(window: Window, service: Service, id: string): Promise<Page> {
  await window.page.goto(`${service.url}/records/${id}`);
  await window.page.getByRole('heading', { level: 1 }).waitFor();
  return window.page;
}

/** Opens one of the actions that stand behind “more”. */
async function act(page: Page, name: string) {
  await page.locator('button[aria-expanded]').first().click();
  await page.getByRole('button', { name, exact: true }).click();
  await page.getByRole('dialog').waitFor();
  expect(await violations(page)).toEqual([]);
}

/** Presses the key of an action as soon as the page offers it. */
async function press(page: Page, key: string) {
  await page.locator(`[aria-keyshortcuts="${key}"]`).first().waitFor();
  await page.keyboard.press(key);
  await page.getByRole('dialog').waitFor();
  expect(await violations(page)).toEqual([]);
}

/** Ctrl+Enter signs, and the dialog is gone. */
async function sign(page: Page) {
  await page.keyboard.press('Control+Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** The page of a request of meridian that waits for atlas. */
async function openRequest(): Promise<Page> {
  const officer = await atlas.as('liaison');
  const request = await until(async () => {
    const asked = await officer.listPermissions({ params: { id: bound } });
    return asked.find(({ state }) => state === 'asked')?.request ?? undefined;
  });
  return open(origin, atlas, request);
}

const english = (kind: string, field: string) => kindWords[kind]?.captions[field]?.en ?? '';
const arabic = (kind: string, field: string) => kindWords[kind]?.captions[field]?.ar ?? '';

describe.skipIf(noBrowser)('[PRM-1] what the marking does not allow is asked for, on screen', () => {
  it('[ACC-08] a use that the marking forbids is refused, and the refusal leads to asking the origin', async () => {
    const page = await open(holder, meridian, bound);
    await act(page, record.actions.use);
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(permissions.useDialog.reference.judicial).fill('12/2026');
    await page.keyboard.press('Control+Enter');
    await dialog.getByText('use-not-permitted').waitFor();
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: /atlas/ }).click();
    expect(await dialog.getByLabel(permissions.use.judicial).isChecked()).toBe(true);
    await dialog.getByLabel(permissions.ask.reason).fill(reason);
    expect(await violations(page)).toEqual([]);
    await sign(page);
    const list = page.getByRole('region', { name: permissions.title });
    await list.getByText(permissions.state.asked).waitFor();
  });

  it('the origin refuses it with a ground, and the holder reads why', async () => {
    const page = await openRequest();
    await page.getByText(reason).first().waitFor();
    await press(page, 'e');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: arabicPermissions.decide.refused, exact: true }).check();
    await page.keyboard.press('Control+Enter');
    // Nothing is refused without a ground.
    await dialog.getByText(arabicPermissions.decide.groundNeeded).waitFor();
    await dialog.getByLabel(arabicPermissions.decide.ground).selectOption('source-protection');
    await sign(page);
    const list = holder.page.getByRole('region', { name: permissions.title });
    await list.getByText(permissions.state.refused).waitFor({ timeout: 30_000 });
    await list.getByText(english('permission', 'ground/source-protection')).waitFor();
    expect(await violations(holder.page)).toEqual([]);
  });

  it('[REL-3] one portion goes onward to a named service by permission, shown before it is sent', async () => {
    const asking = await open(holder, meridian, bound);
    await press(asking, 'p');
    const dialog = asking.getByRole('dialog');
    await dialog.getByLabel(permissions.use.onward).check();
    await dialog.getByLabel(permissions.ask.onwardTo).selectOption({ label: 'sahara' });
    await dialog.getByLabel(permissions.ask.reason).fill(reason);
    await sign(asking);

    const deciding = await openRequest();
    await press(deciding, 'e');
    await deciding.getByRole('dialog').getByLabel(arabicPermissions.choice.some).check();
    await deciding.getByRole('dialog').getByLabel(arabicPermissions.choice.portion.replace('{{number}}', '⁨1⁩')).check();
    expect(await violations(deciding)).toEqual([]);
    await sign(deciding);

    const page = await open(holder, meridian, bound);
    await page.getByRole('region', { name: record.handling.title }).getByText('sahara').waitFor({ timeout: 30_000 });
    await press(page, 'f');
    const release = page.getByRole('dialog');
    await release.getByRole('checkbox', { name: 'sahara' }).check();
    const torn = release.locator('li', { hasText: secret });
    await torn.getByText('sahara').waitFor();
    expect(await torn.getAttribute('data-seen')).toBe('false');
    expect(await violations(page)).toEqual([]);
    await sign(page);

    await arrived(sahara, bound);
    const there = await (await sahara.as('liaison')).getRecord({ params: { id: bound } });
    expect(there.portions.map(({ index }) => index)).toEqual([0]);
    const tree = (await open(origin, atlas, bound)).getByRole('region', { name: arabicCorrections.holders.title });
    await tree.locator('ul ul').getByText('sahara').waitFor({ timeout: 30_000 });
    expect(await violations(origin.page)).toEqual([]);
  });
});

describe.skipIf(noBrowser)('[COR-2] what was sent proves wrong, on screen', () => {
  it('[ACC-08] its holder enters the case that rests on it', async () => {
    const page = await open(holder, meridian, free);
    await act(page, record.actions.use);
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(permissions.useDialog.reference.judicial).fill('12/2026');
    await dialog.getByLabel(permissions.useDialog.stage).selectOption('charge');
    await sign(page);
    await page.getByRole('region', { name: permissions.uses.title }).getByText('12/2026').waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('[COR-1] its origin withdraws it, and sees before signing who will be told', async () => {
    const page = await open(origin, atlas, free);
    await act(page, arabicRecord.actions.withdraw);
    const dialog = page.getByRole('dialog');
    await dialog.getByText('meridian').waitFor();
    await page.keyboard.press('Control+Enter');
    // Nothing is signed without a ground and an explanation.
    await dialog.getByText(arabicCorrections.why.groundNeeded).waitFor();
    await dialog.getByLabel(arabicCorrections.why.ground).selectOption('mistaken-identity');
    await dialog.getByLabel(arabicCorrections.why.explanation).fill(mistaken);
    await sign(page);
    await page.getByRole('region', { name: arabicCorrections.title }).getByText(mistaken).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('[COR-3] its holder finds it quarantined, and its answer begins as what its service had entered', async () => {
    const page = await open(holder, meridian, free);
    await page.getByRole('heading', { name: /quarantined/ }).waitFor({ timeout: 30_000 });
    await press(page, 'a');
    const dialog = page.getByRole('dialog');
    await dialog.getByText(corrections.answer.uses).waitFor();
    expect(await dialog.getByLabel(english('correction-answer', 'answer/relied-on')).isChecked()).toBe(true);
    expect(await dialog.getByLabel(corrections.answer.case, { exact: true }).inputValue()).toBe('12/2026');
    expect(await dialog.getByLabel(corrections.answer.stage).inputValue()).toBe('charge');
    await sign(page);
  });

  it('and the board of its origin says so by itself, with the case and its stage', async () => {
    const { page } = origin;
    const board = page.getByRole('region', { name: arabicCorrections.title });
    const answer = arabic('correction-answer', 'answer/relied-on');
    await board.getByRole('link', { name: answer }).waitFor({ timeout: 30_000 });
    await board.getByText('12/2026').waitFor();
    await board.getByText(arabic('correction-answer', 'stage/charge')).waitFor();
    await board.getByText(arabicCorrections.board.all).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('and no browser had anything to complain of', () => {
    // A use that is refused is answered with HTTP 422, which the browser logs by itself.
    const complaints = [...origin.complaints, ...holder.complaints].filter((one) => !one.includes('422'));
    expect(complaints).toEqual([]);
  });
});
