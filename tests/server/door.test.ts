import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exchangeLimits } from '#src/protocol/exchange/state.ts';
import { recordLimits } from '#src/protocol/record/record.ts';
import { problem, reportInput, type Service, startService } from './service.ts';

let service: Service;
let url: string;
let bearer: { authorization: string };
beforeAll(async () => {
  service = await startService('atlas', [{ login: 'amina', role: 'liaison', desks: ['liaison'] }]);
  url = service.node.url;
  bearer = { authorization: `Bearer ${await service.token('amina')}` };
});
afterAll(() => service?.stop());

const postRaw = (path: string, body: string | Uint8Array, headers: Record<string, string> = {}) =>
  fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...bearer, ...headers },
    body: body as BodyInit,
  });
const postReport = (body: unknown) => postRaw('/api/reports', JSON.stringify(body));

describe('what a request may be', () => {
  test('a report as the contract has it is taken', async () => {
    expect((await postReport(reportInput())).status).toBe(200);
  });

  test('[ADM-2] refuses 50 MB by their announced length', async () => {
    const answer = await announced('/api/reports', 50 * 1024 * 1024);
    expect(answer).toMatchObject({ status: 413, code: 'input-too-large', limit: 6 * 1024 * 1024 });
  });

  test('[ADM-2] refuses 50 MB that do not announce themselves', async () => {
    const answer = await streamed('/api/reports', 'application/json', 50 * 1024 * 1024);
    expect(answer).toMatchObject({ status: 413, code: 'input-too-large' });
  });

  test('[ADM-2] refuses JSON nested too deep, before a parser recurses into it', async () => {
    const deep = '['.repeat(200_000);
    expect(await problem(await postRaw('/api/reports', deep))).toMatchObject({ status: 400, code: 'input-too-deep' });
  });

  test.each([
    ['no JSON', '{"title":'],
    ['nothing', ''],
    ['bytes that are no UTF-8', new Uint8Array([0x22, 0xff, 0x22])],
    ['a key that reaches the prototype', '{"__proto__":{"role":"director"}}'],
    ['such a key deep inside', `{"title":{"a":[{"__proto__":1}]}}`],
  ])('[ADM-2] refuses %s', async (_name, body) => {
    expect(await problem(await postRaw('/api/reports', body))).toMatchObject({ status: 400, code: 'input-invalid' });
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['a number as text', { marking: { ...reportInput().marking, level: '2' } }, '/marking/level'],
    ['text as a number', { title: 7 }, '/title'],
    ['a word outside its list', { urgency: 'soon' }, '/urgency'],
    ['a level that there is not', { marking: { ...reportInput().marking, level: 5 } }, '/marking/level'],
    ['a field that the contract does not know', { officer: 'x' }, '/officer'],
    ['a list as an object', { portions: {} }, '/portions'],
    [
      'a wrong value where nothing would do as well',
      { portions: [{ text: 'x', nature: 'fact', marking: { ...reportInput().marking, level: 9 } }] },
      '/portions/0/marking/level',
    ],
    ['nothing where something must be', { grading: undefined }, '/grading'],
  ])('[ADM-2] refuses %s and says where', async (_name, change, at) => {
    const answer = await problem(await postReport({ ...reportInput(), ...change }));
    expect(answer).toMatchObject({ status: 400, code: 'input-invalid', at });
  });

  test('[ADM-2] refuses an over-long title with its limit', async () => {
    const answer = await problem(await postReport(reportInput({ title: 'x'.repeat(301) })));
    const limit = recordLimits.titleCharactersMax;
    expect(answer).toMatchObject({ status: 400, code: 'record-title-too-long', at: '/title', limit });
  });

  test('[ADM-2] says nothing of what stood in the request', async () => {
    const answer = await (await postReport({ ...reportInput(), urgency: 'SECRETWORD' })).text();
    expect(answer).toContain('input-invalid');
    expect(answer).not.toContain('SECRETWORD');
  });

  test('numbers in an address are read as numbers, and held to their bounds', async () => {
    const list = (query: string) => fetch(`${url}/api/inbox?view=waiting${query}`, { headers: bearer });
    expect((await list('&limit=5')).status).toBe(200);
    expect(await problem(await list('&limit=5000'))).toMatchObject({ code: 'input-invalid', at: '/limit' });
    expect(await problem(await list('&cursor=abc'))).toMatchObject({ code: 'input-invalid', at: '/cursor' });
    expect(await problem(await list('&officer=1'))).toMatchObject({ code: 'input-invalid' });
  });

  test('a body of another type is not read', async () => {
    const answer = await problem(await postRaw('/api/reports', 'a=1', { 'content-type': 'text/plain' }));
    expect(answer).toMatchObject({ status: 415, code: 'input-invalid' });
  });

  test('an address that is none is a problem too', async () => {
    expect(await problem(await fetch(`${url}/api/records/%E0%A4%A`, { headers: bearer }))).toMatchObject({
      status: 400,
    });
    expect(await problem(await fetch(`${url}/api/no-such-thing`))).toMatchObject({ status: 404, code: 'not-found' });
    expect(await problem(await fetch(`${url}/api/inbox`, { method: 'DELETE', headers: bearer }))).toMatchObject({
      status: 404,
    });
  });

  test('a problem speaks the language that was asked for', async () => {
    const titles = await Promise.all(
      ['ar', 'fr-CH, en;q=0.4', 'en', 'de'].map(async (language) => {
        const response = await fetch(`${url}/api/session`, { headers: { 'accept-language': language } });
        expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
        return (await problem(response)).title ?? '';
      }),
    );
    expect(new Set(titles).size).toBe(3);
    expect(titles[3]).toBe(titles[0]);
    expect(titles[0]).toMatch(/\p{Script=Arabic}/u);
  });
});

describe('the door for partners', () => {
  const envelope = 'application/vnd.tansiq.envelope';
  test('[EXC-1] refuses what is no envelope, by code', async () => {
    const answer = await problem(await postRaw('/exchange/v1', 'hello', { 'content-type': envelope }));
    expect(answer).toMatchObject({ status: 400, code: 'envelope-malformed', rule: 'EXC-1' });
    const nothing = await problem(await postRaw('/exchange/v1', '', { 'content-type': envelope }));
    expect(nothing).toMatchObject({ code: 'envelope-malformed' });
  });

  test('[ADM-2] refuses more than an envelope may hold, announced or not', async () => {
    const limit = exchangeLimits.envelopeBytesMax;
    const expected = { status: 413, code: 'envelope-too-large', limit };
    expect(await announced('/exchange/v1', 50 * 1024 * 1024, envelope)).toMatchObject(expected);
    expect(await streamed('/exchange/v1', envelope, 50 * 1024 * 1024)).toMatchObject(expected);
  });

  test('reads no other content type', async () => {
    expect(await problem(await postRaw('/exchange/v1', '{}'))).toMatchObject({ status: 415 });
  });
});

test('every answer forbids the browser to load or run anything from elsewhere', async () => {
  for (const path of ['/', '/api/entrance', '/api/no-such-thing']) {
    const { headers } = await fetch(url + path);
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; ?script-src 'self'; ?style-src 'self'/,
    );
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe|nonce|https?:|data:|\*/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('strict-transport-security')).toBeNull();
  }
  const { headers } = await fetch(`${url}/api/session`, { headers: bearer });
  expect(headers.get('cache-control')).toBe('no-store');
});

test('OpenAPI 3.1 names every operation of the contracts', async () => {
  const { api } = await import('#src/features/api.ts');
  const document = (await (await fetch(`${url}/api/openapi.json`)).json()) as {
    openapi: string;
    paths: Record<string, Record<string, { operationId?: string }>>;
  };
  expect(document.openapi).toBe('3.1.0');
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path).map((o) => o.operationId));
  expect(operations.toSorted()).toEqual(Object.keys(api).toSorted());
});

/** Sends only the head of a request, with the length that its body would have. */
function announced(path: string, bytes: number, type = 'application/json') {
  return answerTo(path, { 'content-type': type, 'content-length': String(bytes) }, (send) => send.write('x'));
}

/** Sends a body in chunks, as long as the other side takes them. */
function streamed(path: string, type: string, bytes: number) {
  return answerTo(path, { 'content-type': type, 'transfer-encoding': 'chunked' }, (send) => {
    const chunk = Buffer.alloc(256 * 1024, 0x20);
    let left = bytes;
    const more = () => {
      while (left > 0 && !send.destroyed) {
        left -= chunk.length;
        if (!send.write(chunk)) return;
      }
    };
    send.on('drain', more);
    more();
  });
}

function answerTo(
  path: string,
  headers: Record<string, string>,
  body: (send: ReturnType<typeof httpRequest>) => void,
): Promise<{ status: number; code?: string }> {
  return new Promise((resolve, reject) => {
    const send = httpRequest(url + path, { method: 'POST', headers: { ...headers, ...bearer } }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => {
        send.destroy();
        resolve({ ...(JSON.parse(text) as { code: string }), status: response.statusCode ?? 0 });
      });
    });
    send.on('error', reject);
    body(send);
  });
}
