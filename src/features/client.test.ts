import { describe, expect, it } from 'vitest';
import { createClient, NodeUnreachable, RefusedByNode } from './client.ts';

function answering(answer: () => Response) {
  const requests: { url: string; init: RequestInit }[] = [];
  const client = createClient('http://node', async (input, init = {}) => {
    requests.push({ url: String(input), init });
    return answer();
  });
  return { client, requests };
}
const json =
  (value: unknown, status = 200) =>
  () =>
    Response.json(value, { status });

describe('the client of a node', () => {
  it('fills path and query, and sends no body where there is none', async () => {
    const { client, requests } = answering(json({}));
    await client.getPartner({ params: { id: 'a/b c' } });
    await client.listInbox({ query: { view: 'sent', q: 'é&=', limit: 5 } });
    expect(requests.map(({ url }) => url)).toEqual([
      'http://node/api/partners/a%2Fb%20c',
      'http://node/api/inbox?view=sent&q=%C3%A9%26%3D&limit=5',
    ]);
    expect(requests.every(({ init }) => init.body === undefined && init.method === 'GET')).toBe(true);
  });

  it('sends a body as JSON, with the key that keeps it from acting twice', async () => {
    const { client, requests } = answering(json({ record: 'r', hash: 'h' }));
    await client.decide({ params: { id: 'r' }, body: { decision: 'act' } }, { idempotencyKey: 'k' });
    expect(requests[0]?.init).toMatchObject({
      method: 'POST',
      body: '{"decision":"act"}',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'k', 'x-tansiq': '1' },
    });
  });

  it('throws a problem of ours as a refusal, with its rule and where', async () => {
    const { client } = answering(json({ code: 'input-too-large', at: '/title', limit: 300, detail: 'x' }, 413));
    const error = await client.me().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RefusedByNode);
    expect(error).toMatchObject({ status: 413, refusal: { rule: 'ADM-2', at: '/title', limit: 300 } });
  });

  it.each([
    ['an unknown code', json({ code: 'toString' }, 400)],
    ['a fault', json({ code: 'internal-fault' }, 500)],
    ['no JSON', () => new Response('<html>', { status: 502 })],
    ['JSON that is no object', json(null, 404)],
  ])('concludes nothing from %s', async (_, answer) => {
    await expect(answering(answer).client.me()).rejects.toBeInstanceOf(NodeUnreachable);
  });

  it('tells a call that was given up from a node that was not reached', async () => {
    const stop = new AbortController();
    stop.abort(new Error('given up'));
    const client = createClient('http://node', async (_, init) => {
      init?.signal?.throwIfAborted();
      throw new TypeError('fetch failed');
    });
    await expect(client.me(undefined, { signal: stop.signal })).rejects.toThrow('given up');
    await expect(client.me()).rejects.toBeInstanceOf(NodeUnreachable);
  });
});
