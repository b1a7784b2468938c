/** Officers who ask, over HTTP, for what they may not have, or in a form that no screen would send. */
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFileKeyring } from '#src/adapters/file-keyring.ts';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { makeServiceCard } from '#src/engine/service-card.ts';
import { keyIdOf } from '#src/protocol/fingerprint.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { post, problem, reportInput, temporaryHome } from './service.ts';
import { type Neighbour, startTogether } from './together.ts';

let atlas: Neighbour;
let meridian: Neighbour;
let partner: string;
beforeAll(async () => {
  [atlas, meridian] = await startTogether(['atlas', 'meridian']);
  partner = meridian.id;
});
afterAll(async () => {
  await atlas?.stop();
  await meridian?.stop();
});

const asks = async (login: string, path: string, body: unknown, method = 'POST') => {
  const headers = { authorization: `Bearer ${await atlas.token(login)}`, 'content-type': 'application/json' };
  return fetch(atlas.url + path, { method, headers, ...(method === 'GET' ? {} : { body: JSON.stringify(body) }) });
};

describe('an officer who names somebody that is not there', () => {
  const nobody = 'A'.repeat(43);

  test.each(['/api/reports', '/api/reports/preview'])('[KEY-2] is told so at %s', async (path) => {
    const answer = await problem(await asks('liaison', path, reportInput({ recipients: [partner, nobody] })));
    expect(answer).toMatchObject({ status: 403, code: 'peer-unknown', at: '/recipients' });
  });

  test('[KEY-2] is told so when releasing to one more', async () => {
    const { record } = await (await atlas.as('liaison')).createReport({ body: reportInput() });
    const answer = await problem(await asks('liaison', `/api/records/${record}/releases`, { recipients: [nobody] }));
    expect(answer).toMatchObject({ status: 403, code: 'peer-unknown', at: '/recipients' });
  });
});

describe('text that no database keeps', () => {
  test.each(['a\u0000b', 'a\ud800b', 'a\u001b[2J', 'a\u202egpj.exe'])(
    '[TXT-1] [TXT-2] is refused wherever it stands, and the answer says where (%j)',
    async (text) => {
      const id = randomUUID();
      const draft = (content: object) => asks('liaison', `/api/drafts/${id}`, { version: 0, content }, 'PUT');
      const answers = [
        [await draft({ portions: [{ text }] }), '/content/portions/0/text'],
        [await asks('liaison', '/api/reports', reportInput({ title: text })), '/title'],
        [await asks('liaison', '/api/reports', reportInput({ legalBasis: text })), '/legalBasis'],
      ] as const;
      for (const [answer, at] of answers) {
        expect(await problem(answer)).toMatchObject({ status: 422, code: 'text-unfit', at, limit: 2 });
      }
      expect(await problem(await draft({ [text]: 1 }))).toMatchObject({ status: 400 });
    },
  );

  test('[ADM-2] is refused in an address too', async () => {
    const answer = await asks('liaison', '/api/inbox?view=arrived&q=a%00b', null, 'GET');
    expect(await problem(answer)).toMatchObject({ status: 400, code: 'input-invalid' });
  });

  test('[ADM-2] nor a cursor that this node never gave', async () => {
    for (const cursor of [`1.${'-'.repeat(36)}`, `999999999999999.${randomUUID()}`]) {
      const q = Buffer.from(cursor).toString('base64url');
      const answer = await asks('liaison', `/api/inbox?view=arrived&cursor=${q}`, null, 'GET');
      expect(answer.status, cursor).toBeLessThan(500);
    }
  });
});

test('[KEY-2] no partner is added whose key nobody can seal to', async () => {
  const keyring = await createFileKeyring(`${await temporaryHome()}/keys`);
  const publicKey = new Uint8Array(1_216);
  const broken = { ...keyring.identity, sealingKey: { id: keyIdOf(publicKey, nodePrimitives), publicKey } };
  const signing = { keyring: { ...keyring, identity: broken }, primitives: nodePrimitives, randomBytes };
  const about = { code: 'deaf', names: { ar: 'x', fr: 'x', en: 'x' }, url: 'http://127.0.0.1:9', language: 'fr' };
  const card = await makeServiceCard({ ...about, language: 'fr' }, signing, Date.now());
  if (isRefusal(card)) throw new Error(card.code);
  const answer = await problem(await asks('root', '/api/partners', { card: card.text }));
  expect(answer).toMatchObject({ code: 'record-body-invalid', at: '/sealingKey' });
});

describe('a preview', () => {
  test('[JRN-1] leaves nothing behind', async () => {
    const liaison = await atlas.as('liaison');
    const before = await liaison.listInbox({ query: { view: 'sent' } });
    const [preview] = await liaison.previewRelease({ body: reportInput({ recipients: [partner] }) });
    expect(preview).toMatchObject({ portions: [0], refusal: null });
    expect(await liaison.listInbox({ query: { view: 'sent' } })).toEqual(before);
    expect((await liaison.getPartner({ params: { id: partner } })).link.waiting).toBe(0);
  });
});

describe('a release that was refused', () => {
  test('[REL-2] may be asked for again, and stays on the board until then', async () => {
    const liaison = await atlas.as('liaison');
    const marking = { ...reportInput().marking, releasableTo: [`${'B'.repeat(42)}A`] };
    const { record } = await liaison.createReport({ body: reportInput({ marking, recipients: [partner] }) });
    const { previews } = await liaison.releaseRecord({ params: { id: record }, body: { recipients: [partner] } });
    expect(previews).toMatchObject([{ refusal: { code: 'release-not-visible-to-partner' } }]);
  });
});

test('[EXC-2] an idempotency key is its officer’s alone', async () => {
  const key = { 'idempotency-key': 'one key' };
  const send = async (login: string) => {
    const authorization = `Bearer ${await atlas.token(login)}`;
    return (await post(atlas.url, '/api/reports', reportInput({ title: login }), { ...key, authorization })).json();
  };
  const [first, second] = [await send('liaison'), await send('director')];
  expect(first.record).toEqual(expect.any(String));
  expect(second.record).not.toBe(first.record);
  expect(await send('liaison')).toEqual(first);
});
