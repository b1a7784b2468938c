/**
 * `npm run screenshots -- URL`: the pictures of docs/images, taken of a fresh demo's first service (`npm start`), the same
 * pages in each language. Look at each before committing it.
 */
import { chromium, type Page } from 'playwright-core';
import { type Draft, newDraft, newPortion } from '#src/features/compose/web/draft.ts';
import { type Language, languages } from '#src/protocol/primitives.ts';
import { root } from './test-run/run-program.ts';

const officer = 'salma.benaissa';
const lead = 'رجل في هالدن يُعِدّ لتفجيرات في أماكن مكتظة';

const written: { readonly [L in Language]: { title: string; portions: readonly [string, string]; basis: string } } = {
  ar: {
    title: 'سيارة مستأجرة تتردد على مستودع خارج المدينة',
    portions: [
      'تتردد سيارة بيضاء مستأجرة، ثلاث مرات في الأسبوع، على مستودع مهجور عند مخرج المدينة.',
      'مصدرنا في شركة الكراء، ولا يعلم بوجوده غيرنا.',
    ],
    basis: 'قانون مكافحة الإرهاب، المادة 7',
  },
  fr: {
    title: 'Une voiture de location fréquente un entrepôt hors de la ville',
    portions: [
      'Trois fois par semaine, une voiture blanche de location se rend à un entrepôt abandonné, à la sortie de la ville.',
      'Notre source travaille à l’agence de location ; nous sommes seuls à connaître son existence.',
    ],
    basis: 'Loi antiterroriste, article 7',
  },
  en: {
    title: 'A hired car keeps visiting a warehouse outside the city',
    portions: [
      'Three times a week a white hired car drives to a disused warehouse at the edge of the city.',
      'Our source works at the hire company; nobody else knows that we have one.',
    ],
    basis: 'Counter-Terrorism Act, section 7',
  },
};

/** A draft whose second portion goes to one of two recipients: the tear-line is drawn. */
function draftIn(language: Language, recipients: readonly string[]): Draft {
  const { title, portions, basis } = written[language];
  const raised = { level: 3, compartments: [], onlyFor: null } as const;
  const frame = { title, source: 'B', information: '2', legalBasis: basis, recipients } as const;
  const [first, second] = portions;
  return {
    ...newDraft(language, Date.now(), {}),
    ...frame,
    portions: [newPortion(first), { ...newPortion(second), raised }],
  };
}

async function take(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle').catch(() => {});
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `${root}docs/images/${name}.jpg`, type: 'jpeg', quality: 72 });
}

const node = process.argv[2];
if (node === undefined) throw new Error('the address of the demo’s first service is missing');
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
const page = await context.newPage();
await page.goto(node);

/** The node's API with this browser's session. */
const ask = (method: string, path: string, body?: unknown) =>
  page.evaluate(
    async ([verb, to, text]) => {
      const headers = { 'content-type': 'application/json', 'x-tansiq': '1' };
      const response = await fetch(to, { method: verb, headers, ...(text === null ? {} : { body: text }) });
      if (!response.ok) throw new Error(`${to}: ${response.status}`);
      return response.json();
    },
    [method, path, body === undefined ? null : JSON.stringify(body)] as const,
  );

await ask('POST', '/api/demo/session', { login: officer });
const { items } = await ask('GET', '/api/inbox?view=sent&limit=100');
const record: string | undefined = items.find((item: { title: string }) => item.title === lead)?.record;
if (record === undefined) throw new Error('the founding lead is not here: is this a fresh demo?');
const partners: { service: { id: string } }[] = await ask('GET', '/api/partners');
for (const language of languages) {
  await ask('PUT', '/api/session/language', { language });
  await page.goto(`${node}/inbox?view=arrived`);
  await page.locator('[data-record]').first().waitFor();
  for (let item = 0; item < 3; item++) await page.keyboard.press('j');
  await page.locator('article').first().waitFor();
  await take(page, `inbox-${language}`);
  await page.goto(`${node}/records/${record}`);
  await take(page, `record-${language}`);
  const content = draftIn(
    language,
    partners.map(({ service }) => service.id),
  );
  const id = crypto.randomUUID();
  await ask('PUT', `/api/drafts/${id}`, { version: 0, content });
  await page.goto(`${node}/compose?draft=${id}`);
  await take(page, `compose-${language}`);
  await ask('DELETE', `/api/drafts/${id}`);
}
await browser.close();
