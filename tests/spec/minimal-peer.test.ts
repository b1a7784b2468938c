/** The peer of docs/a-minimal-peer.md, taken out of that page, against a whole node. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpVectors } from '../../tools/spec/http-vectors.ts';
import { problem, reportInput, type Service, startService } from '../server/service.ts';
import { until } from '../server/trust.ts';

interface Held {
  readonly id: string;
  readonly hash: string;
  readonly kind: string;
  readonly status: string;
  readonly origin: string;
  readonly body: { readonly [field: string]: unknown };
  readonly top: { readonly title: string };
  readonly portions: readonly { readonly text: string }[];
  readonly readAt?: number;
}
interface MinimalPeer {
  readonly card: string;
  readonly url: string;
  readonly state: {
    readonly stopped: string | null;
    readonly out: { readonly asking: object | null; readonly through: number; readonly next: number };
    readonly in: { readonly through: number };
    readonly records: { readonly [hash: string]: Held };
    readonly refusals: readonly { readonly code: string }[];
  };
  meet(card: string, spoken: string): void;
  report(title: string, text: string): Held;
  withdraw(record: Held, explanation: string): Held;
  send(): Promise<void>;
  close(): void;
}
interface Module {
  readonly MinimalPeer: { open(file: string, about: object): Promise<MinimalPeer> };
  readonly readCard: (card: string) => { service: string };
  readonly spokenFingerprint: (service: string) => string;
}

const page = new URL('../../docs/a-minimal-peer.md', import.meta.url);
const linesMax = 400;
const about = { code: 'minimal', names: { ar: 'نظير', fr: 'Pair', en: 'Peer' } };

let home: string;
let node: Service;
let made: Module;
let peer: MinimalPeer;
let id: string;
const code = async () =>
  [...(await readFile(page, 'utf8')).matchAll(/```js\n(.*?)```/gs)].map(([, part]) => part).join('');
const held = (kind: string, is: (record: Held) => boolean = () => true) =>
  until(async () => Object.values(peer.state.records).find((record) => record.kind === kind && is(record)));

beforeAll(async () => {
  node = await startService('atlas', [
    { login: 'liaison', role: 'liaison', desks: ['liaison', 'analysis'] },
    { login: 'director', role: 'director', desks: ['direction', 'liaison'] },
  ]);
  // Beside the packages that it imports, and away from what it must not.
  home = await mkdtemp(new URL('../../node_modules/.minimal-peer-', import.meta.url).pathname);
  await writeFile(join(home, 'peer.mjs'), await code());
  made = (await import(join(home, 'peer.mjs'))) as Module;
  peer = await made.MinimalPeer.open(join(home, 'state.json'), about);
}, 60_000);
afterAll(async () => {
  peer?.close();
  await node?.stop();
  if (home) await rm(home, { recursive: true, force: true });
});

describe('the minimal peer of the docs', () => {
  it('has at most 400 lines and nothing of ours', async () => {
    const text = await code();
    expect(text.split('\n').filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(linesMax);
    const imports = [...text.matchAll(/from '([^']+)'/g)].map(([, from]) => from);
    expect(
      imports.filter(
        (from) =>
          !/^(node:\w+|@hpke\/(core|hybridkem-x-wing)|@noble\/curves\/ed25519\.js|canonicalize)$/.test(from ?? ''),
      ),
    ).toEqual([]);
  });

  it.each(httpVectors.cases)('[EXC-1] the node answers $name as section 6 says', async (vector) => {
    const response = await fetch(`${node.url}/exchange/v1`, {
      method: vector.method,
      headers: { 'content-type': String(vector.contentType) },
      body: Buffer.from(String(vector.body), 'base64'),
    });
    const { status, code: answered } = await problem(response);
    expect({ status, code: answered }).toEqual({ status: vector.status, code: vector.code });
  });

  it('[KEY-2] introduces itself by its card, and is confirmed by its fingerprint', async () => {
    const root = await node.as('root');
    const { card, spoken } = await root.ownCard();
    peer.meet(card, spoken);
    const partner = await root.addPartner({ body: { card: peer.card } });
    id = partner.service.id;
    expect(partner.spoken).toBe(made.spokenFingerprint(id));
    await (await node.as('liaison')).confirmPartner({ params: { id }, body: { spoken: partner.spoken } });
    expect(() => peer.meet(card, spoken.replaceAll(/\d/g, '0'))).toThrow('fingerprint-mismatch');
  });

  it('[REC-5] assents to the agreement that the node proposes', async () => {
    const director = await node.as('director');
    await director.proposeAgreement({
      params: { id },
      body: {
        title: 'Accord',
        language: 'fr',
        text: 'Les deux services coopèrent.',
        ceiling: 2,
        compartments: [],
        purposes: ['terrorism-prevention'],
        validFrom: '2020-01-01',
        validUntil: '2090-01-01',
        oversightIncluded: false,
        legalBasis: 'Article 1',
      },
    });
    await until(async () =>
      (await director.getPartner({ params: { id } })).agreements[0]?.inForce ? true : undefined,
    );
    expect(peer.state.refusals).toEqual([]);
  });

  it('[EXC-2] gives a report, and has a receipt for it and the notice that it was read', async () => {
    const report = peer.report('A journey to the border', 'Seen at the crossing.');
    await peer.send();
    expect(peer.state.out.through).toBe(peer.state.out.next - 1);
    const liaison = await node.as('liaison');
    const seen = await liaison.getRecord({ params: { id: report.id } });
    expect(seen).toMatchObject({ title: 'A journey to the border' });
    await held('report', (record) => record.hash === report.hash && record.readAt !== undefined);
  });

  it('[REL-1] is given a report, and answers the correction that takes it back', async () => {
    const liaison = await node.as('liaison');
    const portions = [{ text: 'شوهدت قرب المعبر.', nature: 'fact' as const, marking: null }];
    const { record } = await liaison.createReport({
      body: reportInput({ title: 'سيارة بيضاء', portions, recipients: [id] }),
    });
    const report = await held('report', (one) => one.id === record);
    expect([report.top.title, report.portions.map(({ text }) => text)]).toEqual(['سيارة بيضاء', ['شوهدت قرب المعبر.']]);
    const why = { ground: 'mistaken-identity', explanation: 'Another car', respondBy: '2090-01-01' } as const;
    await liaison.withdraw({ params: { id: record }, body: why });
    const correction = await held('correction');
    const answer = await held('correction-answer', ({ origin }) => origin === id);
    expect([correction.body['change'], answer.body['answer']]).toEqual(['withdrawn', 'quarantined']);
    await until(async () => {
      const [told] = await liaison.listCorrections({ params: { id: record } });
      return told?.board[0]?.answer?.answer === 'quarantined' ? true : undefined;
    });
  });

  it('[COR-1] takes a report of its own back, and the node answers for it', async () => {
    const liaison = await node.as('liaison');
    const report = peer.report('A mistake', 'Not so.');
    await peer.send();
    peer.withdraw(report, 'It was another person');
    await peer.send();
    expect(peer.state.refusals).toEqual([]);
    const { items } = await liaison.listInbox({ query: { view: 'waiting' } });
    expect(items.some(({ reason }) => reason === 'correction-due')).toBe(true);
  });

  it('[EXC-4] asks first when it starts again, and goes on where it was', async () => {
    const { through } = peer.state.in;
    peer.close();
    peer = await made.MinimalPeer.open(join(home, 'state.json'), { ...about, port: Number(new URL(peer.url).port) });
    expect(peer.state.in.through).toBe(through);
    const report = peer.report('After a pause', 'Still there.');
    await peer.send();
    expect(peer.state.out).toMatchObject({ asking: null, through: peer.state.out.next - 1 });
    expect(await (await node.as('liaison')).getRecord({ params: { id: report.id } })).toMatchObject({
      title: 'After a pause',
    });
    expect(peer.state.stopped).toBeNull();
  });
});
