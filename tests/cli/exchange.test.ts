/** A whole exchange from the terminal alone, between two real nodes: set-up, trust, a lead there, its result back. */
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sessionFileOf } from '#src/cli/session-file.ts';
import type { PartnerView } from '#src/features/partners/contract.ts';
import type { RecordView } from '#src/features/records/contract.ts';
import { portionsOfText, textOfPortions } from '#src/formats/text/index.ts';
import { type RunningNode, startNode } from '#src/server/node.ts';
import { Desk } from './typed.ts';

const passphrase = 'four plain words together';
const codes = ['north', 'south'] as const;
type Code = (typeof codes)[number];

let desk: Desk;
let homes: string;
const nodes = new Map<Code, RunningNode>();
const urlOf = (code: Code): string => nodes.get(code)?.url ?? '';
const as = (code: Code, login: string): string[] => ['--node', urlOf(code), '--as', login];
let record = '';

/** Everything that a text may hold and that a careless path would change. */
const text = [
  '\uFEFFعنوان التقرير في سطر وحده\r\n',
  '\r\n',
  'فقـــرة أولى فيها “اقتباس” و«آخر»، وأرقام 24 و٢٨، وعلامات اتجاه \u200Fهنا\u200E.\r\n',
  '  سطر ثانٍ يبدأ بمسافتين وينتهي بها  \r\n',
  '\r\n\r\n',
  'Paragraphe en français : « l’été », café\u0301, NBSP\u00A0ici.\r\n',
  '\t\r\n',
  'A last one \u{1F310} without a line end',
].join('');

beforeAll(async () => {
  desk = await Desk.open();
  homes = await mkdtemp(join(tmpdir(), 'tansiq-cli-nodes-'));
  for (const code of codes) {
    nodes.set(code, await startNode({ home: join(homes, code), port: 0, logLevel: 'silent' }));
  }
});
afterAll(async () => {
  for (const node of nodes.values()) await node.close();
  await rm(homes, { recursive: true, force: true });
  await desk.close();
});

/** Runs it and expects it to be done. */
async function done(argv: readonly string[], at: Parameters<Desk['type']>[1] = {}): Promise<string> {
  const answered = await desk.type(argv, at);
  expect(answered, answered.err).toMatchObject({ code: 0 });
  return answered.out;
}

async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 600; tries++) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('waited in vain');
}

describe('two services set up from the terminal', () => {
  it('[ACC-22] sets each up once, with its first administrator', async () => {
    for (const code of codes) {
      const names = ['--name-ar', code, '--name-fr', code, '--name-en', code];
      const argv = ['set-up', ...as(code, 'root'), '--code', code, ...names];
      const weak = await desk.type(argv, { input: 'short' });
      expect(weak.code).toBe(1);
      expect(await done(argv, { input: `${passphrase}\n` })).toMatch(/Fingerprint: \d{4}( \d{4}){7}/);
      expect(await desk.json(argv, { input: passphrase })).toMatchObject({
        code: 'set-up-already-done',
        rule: 'ACC-22',
      });
    }
  });

  it('[ACC-12] keeps the session in a file that only its owner reads, and never the passphrase', async () => {
    const file = await desk.file('passphrase', `${passphrase}\n`);
    for (const code of codes) await done(['login', ...as(code, 'root'), '--passphrase-file', file]);
    const kept = sessionFileOf(desk.env);
    expect((await stat(kept)).mode & 0o777).toBe(0o600);
    expect(await readFile(kept, 'utf8')).not.toContain(passphrase);
    const wrong = await desk.type(['login', ...as('north', 'root')], { input: 'five plain words together' });
    expect(wrong.code).toBe(1);
    expect(wrong.err).toContain('sign-in-failed');
  });

  it('creates officers, with a passphrase typed twice at a terminal', async () => {
    for (const code of codes) {
      const roles = { liaison: 'liaison', director: 'direction,liaison' };
      for (const [role, desks] of Object.entries(roles)) {
        const rights = ['--role', role, '--clearance', '4', '--desks', desks];
        const argv = ['officer', 'add', role, ...rights, ...as(code, 'root')];
        expect((await desk.type(argv, { answers: [passphrase, 'another one altogether'] })).code).toBe(2);
        await done(argv, { answers: [passphrase, passphrase] });
        await done(['login', ...as(code, role)], { answers: [passphrase] });
      }
      const listed = await desk.json<{ login: string }[]>(['officer', 'list', ...as(code, 'root')]);
      expect(listed.map(({ login }) => login).sort()).toEqual(['director', 'liaison', 'root']);
    }
    expect((await desk.type(['officer', 'list', ...as('north', 'liaison')])).code).toBe(1);
  });

  it('[KEY-2] exchanges cards by file and confirms the spoken fingerprint, and no other', async () => {
    const spoken = new Map<Code, string>();
    for (const code of codes) {
      const out = join(desk.home, `${code}.card`);
      const own = await desk.json<{ spoken: string }>(['partner', 'card', '--out', out, ...as(code, 'root')]);
      spoken.set(code, own.spoken);
    }
    for (const code of codes) {
      const other = code === 'north' ? 'south' : 'north';
      await done(['partner', 'add', join(desk.home, `${other}.card`), ...as(code, 'root')]);
      const confirm = ['partner', 'confirm', other, ...as(code, 'liaison')];
      const mismatch = await desk.type([...confirm, '--spoken', spoken.get(code) ?? '']);
      expect(mismatch.code).toBe(1);
      expect(mismatch.err).toContain('fingerprint-mismatch');
      await done(confirm, { answers: [spoken.get(other) ?? ''] });
    }
  });

  it('[ACC-02] sends nothing before an agreement is in force', async () => {
    const file = await desk.file('early.txt', 'Too early');
    const argv = ['send', file, '--to', 'south', '--grading', 'B2', '--legal-basis', 'Act 1', '--text-language', 'en'];
    expect(await desk.json([...argv, ...as('north', 'liaison')])).toMatchObject({ code: 'agreement-not-in-force' });
    const sent = await desk.json<{ items: unknown[] }>(['inbox', '--view', 'sent', ...as('north', 'liaison')]);
    expect(sent.items).toEqual([]);
  });

  it('[REC-5] founds an agreement by both directors’ assent', async () => {
    const terms = ['--ceiling', '3', '--purposes', 'terrorism-prevention', '--valid-until', '2099-12-31'];
    const words = ['--title', 'Exchange north and south', '--text', 'What we exchange.', '--legal-basis', 'Act 1'];
    await done(['partner', 'propose', 'south', ...terms, ...words, ...as('north', 'director')]);
    const agreement = await until(async () => {
      const partner = await desk.json<PartnerView>(['partner', 'show', 'north', ...as('south', 'director')]);
      return partner.agreements[0];
    });
    const assent = ['partner', 'assent', agreement.record, ...as('south', 'director')];
    expect((await desk.type([...assent, '--hash', 'x'.repeat(43)])).code).toBe(1);
    expect((await desk.type(assent, { answers: ['no'] })).code).toBe(1);
    await done(assent, { answers: ['yes'] });
    await until(async () => {
      const partner = await desk.json<PartnerView>(['partner', 'show', 'south', ...as('north', 'director')]);
      return partner.agreements[0]?.inForce || undefined;
    });
  });
});

describe('a lead and its result', () => {
  const options = ['--to', 'south', '--grading', 'b2', '--portion-levels', '2=4', '--facts', '1-2'];

  it('[REL-1] shows first what the recipient gets, and sends nothing when the officer says no', async () => {
    const file = await desk.file('report.txt', text);
    const argv = ['send', file, ...options, ...as('north', 'liaison')];
    const refused = await desk.type(argv, { answers: ['n'] });
    expect(refused.code).toBe(1);
    expect(refused.out).toContain('gets portions 1, 3, 4 of 4');
    expect(refused.out).toContain('portion 2 is withheld [ACC-02');
    const dry = await desk.json<{ sent: boolean }>([...argv, '--dry-run']);
    expect(dry.sent).toBe(false);
    const sent = await desk.json<{ items: { kind: string }[] }>(['inbox', '--view', 'sent', ...as('north', 'liaison')]);
    expect(sent.items.filter(({ kind }) => kind === 'report')).toEqual([]);
  });

  it.each([
    [['--grading', 'G2'], 2],
    [[], 2],
    [['--grading', 'B2', '--level', '5'], 2],
    [['--grading', 'B2', '--review-by', '2026-02-30'], 2],
    [['--grading', 'B2', '--facts', '9'], 2],
    [['--grading', 'B2', '--handling', 'H3'], 2],
    [['--grading', 'B2', '--review-by', '2020-01-01'], 1],
    [['--grading', 'B2', '--level', '4'], 1],
    [['--grading', 'B2', '--title', 'x'.repeat(301)], 1],
    [['--grading', 'B2', '--purpose', 'organised-crime'], 1],
  ])('refuses to send with %j: exit code %i', async (given, code) => {
    const file = await desk.file('report.txt', text);
    const answered = await desk.type(['send', file, '--to', 'south', ...given, ...as('north', 'liaison')]);
    expect(answered.code, answered.err).toBe(code);
    expect(answered.err).toMatch(code === 1 ? /\[[A-Z]{3}-\d+ · [a-z-]+/ : /--/);
  });

  it('refuses a file that is not text, is not there, is empty, or goes to nobody known', async () => {
    const bytes = await desk.file('bytes', new Uint8Array([0xff, 0xfe, 0x00]));
    const blank = await desk.file('blank', ' \n\n');
    const report = await desk.file('report.txt', text);
    for (const [file, to] of [
      [bytes, 'south'],
      [blank, 'south'],
      [join(desk.home, 'nothing'), 'south'],
      [report, 'west'],
    ]) {
      const argv = ['send', String(file), '--to', String(to), '--grading', 'B2', ...as('north', 'liaison')];
      expect((await desk.type(argv)).code).toBe(2);
    }
  });

  it('sends a file that arrives portion by portion, byte for byte', async () => {
    const file = await desk.file('report.txt', text);
    const made = await desk.json<{ record: string }>(['send', file, ...options, ...as('north', 'liaison')]);
    record = made.record;
    await until(async () => {
      const inbox = await desk.json<{ items: { record: string }[] }>(['inbox', ...as('south', 'liaison')]);
      return inbox.items.some((item) => item.record === record) || undefined;
    });
    const there = await desk.json<RecordView>(['show', record, ...as('south', 'liaison')]);
    const here = portionsOfText(text);
    expect(there.portions.map(({ index }) => index)).toEqual([0, 2, 3]);
    const received = here.portions.map((portion, index) =>
      index === 1 ? portion : (there.portions.find((one) => one.index === index)?.text ?? ''),
    );
    expect(textOfPortions({ portions: received, separators: here.separators })).toBe(text);
    expect(there.language).toBe('ar');
    expect(there.title).toBe(here.title);
    expect(there.portions.map(({ nature }) => nature)).toEqual(['fact', 'assessment', 'assessment']);
    expect(there.marking.handling.map(({ code }) => code).sort()).toEqual(['H1', 'H2']);
    expect(there.reviewBy > new Date().toISOString().slice(0, 10)).toBe(true);
  });

  it('shows each step on the sender’s board, to a watcher without being asked', async () => {
    const watching = desk.type(['status', record, '--watch', ...as('north', 'liaison')]);
    const decide = ['decide', record, '--decision', 'no-action', ...as('south', 'liaison')];
    expect((await desk.type(decide)).err).toContain('reason-missing');
    await done(['decide', record, '--decision', 'act', '--assign-to', 'judicial', ...as('south', 'liaison')]);
    expect((await desk.type([...decide, '--reason', 'late'])).err).toContain('already-decided');
    const outcome = [
      'outcome',
      record,
      '--text',
      'Four arrests at dawn.',
      '--nature',
      'fact',
      ...as('south', 'liaison'),
    ];
    expect((await desk.type([...outcome, '--results', 'arrests'])).code).toBe(2);
    await done([...outcome, '--results', 'arrests=4,plots-disrupted=1']);
    const { code, out } = await watching;
    expect(code).toBe(0);
    for (const step of ['queued', 'delivered', 'read', 'decided', 'outcome']) expect(out).toContain(`✓ ${step}`);
    expect(out).toContain('portions withheld: 1');
  });

  it('gives the same board and the answers’ content to a program', async () => {
    type Board = { deliveries: { step: string; decision: { decision: string }; outcome: { record: string } }[] };
    const board = await desk.json<Board>(['status', record, ...as('north', 'liaison')]);
    expect(board.deliveries).toHaveLength(1);
    expect(board.deliveries[0]).toMatchObject({ step: 'outcome', decision: { decision: 'act' } });
    const answer = board.deliveries[0]?.outcome.record ?? '';
    const outcome = await desk.json<RecordView>(['show', answer, ...as('north', 'liaison')]);
    expect(outcome.portions.map((portion) => portion.text)).toEqual(['Four arrests at dawn.']);
    for (const language of ['ar', 'fr', 'en']) {
      expect(await done(['show', record, '--language', language, ...as('north', 'liaison')])).toContain('“اقتباس”');
    }
  });

  it('[ACC-12] answers “not found” alike for what is absent and what may not be seen', async () => {
    const absent = await desk.json(['show', '019a0000-0000-7000-8000-000000000000', ...as('south', 'liaison')]);
    const hidden = await desk.json(['show', record, ...as('south', 'root')]);
    expect(absent).toMatchObject({ code: 'not-found' });
    expect(hidden).toEqual(absent);
    // It is there: another officer of the same service sees it.
    expect(await desk.json(['show', record, ...as('south', 'liaison')])).toMatchObject({ record });
  });

  it('[REC-5] ends the agreement alone, and nothing passes any more', async () => {
    const partner = await desk.json<PartnerView>(['partner', 'show', 'south', ...as('north', 'director')]);
    const id = partner.agreements[0]?.record ?? '';
    await done(['partner', 'end', id, '--reason', 'Done.', '--yes', ...as('north', 'director')]);
    const file = await desk.file('late.txt', 'Too late');
    const argv = ['send', file, '--to', 'south', '--grading', 'B2', '--legal-basis', 'Act 1', '--text-language', 'en'];
    expect(await desk.json([...argv, ...as('north', 'liaison')])).toMatchObject({ code: 'agreement-not-in-force' });
  });

  it('signs out, and a disabled officer is signed out everywhere', async () => {
    await done(['logout', ...as('south', 'liaison')]);
    expect((await desk.type(['inbox', ...as('south', 'liaison')])).code).toBe(1);
    await done(['officer', 'disable', 'liaison', ...as('north', 'root')]);
    expect((await desk.type(['inbox', ...as('north', 'liaison')])).err).toContain('sign-in-required');
  });
});
