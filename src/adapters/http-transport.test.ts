import dns from 'node:dns';
import { createServer, type RequestListener, type Server } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { TransportUnavailable } from '#src/ports/transport.ts';
import { exchangeLimits } from '#src/protocol/exchange/state.ts';
import { addressProblem, envelopeContentType, httpTransport } from './http-transport.ts';
import { reachOf } from './networks.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function peer(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const envelope = new Uint8Array([1, 2, 3]);
const never = new AbortController().signal;
const thisMachine = httpTransport(reachOf(['127.0.0.0/8']));
const deliver = (url: string, signal = never) => thisMachine.deliver(url, envelope, signal);
const answering = (status: number, type: string, body: string | Uint8Array) =>
  peer((_, reply) => void reply.writeHead(status, { 'content-type': type }).end(body));

describe('[EXC-2] one envelope over HTTP', () => {
  it('is posted beneath the address of the peer, and its sealed answer comes back', async () => {
    const seen: unknown[] = [];
    const url = await peer((request, reply) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        seen.push([request.method, request.url, request.headers['content-type'], [...Buffer.concat(chunks)]]);
        reply.writeHead(200, { 'content-type': envelopeContentType }).end(Buffer.from([9, 8]));
      });
    });
    expect(await deliver(url)).toEqual({ answer: new Uint8Array([9, 8]) });
    expect(await deliver(`${url}/node/`)).toEqual({ answer: new Uint8Array([9, 8]) });
    expect(await deliver(`${url}/node`)).toEqual({ answer: new Uint8Array([9, 8]) });
    expect(seen).toEqual([
      ['POST', '/exchange/v1', envelopeContentType, [1, 2, 3]],
      ['POST', '/node/exchange/v1', envelopeContentType, [1, 2, 3]],
      ['POST', '/node/exchange/v1', envelopeContentType, [1, 2, 3]],
    ]);
  });

  it.each([400, 403, 409, 413, 429, 503])('is refused with the code of a problem (HTTP %i)', async (status) => {
    const url = await answering(status, 'application/problem+json; charset=utf-8', '{"code":"link-stopped"}');
    expect(await deliver(url)).toEqual({ refusedWith: 'link-stopped' });
  });
});

describe('[EXC-3] nothing is concluded, and the envelope stays ours, when', () => {
  const unavailable = async (url: string, signal?: AbortSignal) =>
    expect(deliver(url, signal)).rejects.toBeInstanceOf(TransportUnavailable);

  it('a problem has no usable code', async () => {
    for (const body of ['{}', '{"code":5}', '{"code":"Not A Code"}', 'null', 'not JSON', '']) {
      await unavailable(await answering(400, 'application/problem+json', body));
    }
  });
  it('a page answers instead of a node', async () => {
    await unavailable(await answering(200, 'text/html', '<p>please sign in</p>'));
    await unavailable(await answering(502, 'text/html', '<p>bad gateway</p>'));
    await unavailable(await answering(204, envelopeContentType, ''));
  });
  it('it is redirected', async () => {
    let followed = 0;
    const target = await peer((_, reply) => {
      followed++;
      reply.writeHead(200, { 'content-type': envelopeContentType }).end('x');
    });
    for (const status of [301, 302, 303, 307, 308]) {
      await unavailable(await peer((_, reply) => void reply.writeHead(status, { location: target }).end()));
    }
    expect(followed).toBe(0);
    // the target does answer when asked itself
    expect(await deliver(target)).toHaveProperty('answer');
  });
  it('the answer is longer than any envelope', async () => {
    const tooLong = new Uint8Array(exchangeLimits.envelopeBytesMax + 1);
    await unavailable(await answering(200, envelopeContentType, tooLong));
    const longest = tooLong.subarray(1);
    expect(await deliver(await answering(200, envelopeContentType, longest))).toHaveProperty('answer');
  });
  it('the answer breaks off', async () => {
    const url = await peer((_, reply) => {
      reply.writeHead(200, { 'content-type': envelopeContentType, 'content-length': '10' }).write('half');
      setTimeout(() => reply.destroy(), 20);
    });
    await unavailable(url);
  });
  it('nobody listens, or the caller gives up', async () => {
    const url = await peer(() => undefined);
    await unavailable(url, AbortSignal.timeout(50));
    await unavailable(url, AbortSignal.abort());
    servers[0]?.closeAllConnections();
    await new Promise((resolve) => servers.shift()?.close(resolve));
    await unavailable(url);
  });
  it('the address is not plain HTTP', async () => {
    for (const url of [
      '',
      'not a url',
      'ftp://x.test',
      'file:///etc/passwd',
      'http://u:p@x.test',
      'http://x.test/?q',
    ]) {
      await unavailable(url);
    }
  });
});

describe('[EXC-2] a partner is looked for outside, and in networks that the operator names', () => {
  const outsideAlone = httpTransport(reachOf([]));
  const internal = { name: 'TransportUnavailable', code: 'address-internal' };

  it.each([
    'http://127.0.0.1:PORT',
    'http://localhost:PORT',
    'http://2130706433:PORT',
    'http://0177.0.0.1:PORT',
    'http://0x7f.1:PORT',
    'http://127.1:PORT',
    'http://0.0.0.0:PORT',
    'http://[::1]:PORT',
    'http://[::]:PORT',
    'http://[::ffff:127.0.0.1]:PORT',
    'http://[::ffff:7f00:1]:PORT',
    'http://[64:ff9b::7f00:1]:PORT',
  ])('not at %s, where somebody listens', async (url) => {
    let asked = 0;
    const here = await peer((_, reply) => {
      asked++;
      reply.end();
    });
    const there = url.replace('PORT', new URL(here).port);
    await expect(outsideAlone.deliver(there, envelope, never)).rejects.toMatchObject(internal);
    expect(await addressProblem(reachOf([]))(there)).toBe('address-internal');
    expect(asked).toBe(0);
  });

  it('not where a name leads inside by now, though it led outside when it was entered', async () => {
    let asked = 0;
    const here = await peer((_, reply) => {
      asked++;
      reply.end();
    });
    const reach = reachOf([]);
    const answers = [['192.0.9.1'], ['127.0.0.1'], ['127.0.0.1', '10.0.0.1']];
    const lookup = vi.spyOn(dns, 'lookup').mockImplementation(((
      _: string,
      __: object,
      done: (...all: unknown[]) => void,
    ) =>
      done(
        null,
        (answers.shift() ?? []).map((address) => ({ address, family: 4 })),
      )) as never);
    syncBuiltinESMExports();
    try {
      const there = `http://partner.example:${new URL(here).port}`;
      expect(await addressProblem(reach)(there)).toBeNull();
      await expect(httpTransport(reach).deliver(there, envelope, never)).rejects.toMatchObject(internal);
      await expect(httpTransport(reach).deliver(there, envelope, never)).rejects.toMatchObject(internal);
      expect(lookup).toHaveBeenCalledTimes(3);
      expect(asked).toBe(0);
    } finally {
      lookup.mockRestore();
      syncBuiltinESMExports();
    }
  });

  it('at a name of this machine, where that is named', async () => {
    const here = await answering(200, envelopeContentType, 'x');
    const there = `http://localhost:${new URL(here).port}`;
    const named = httpTransport(reachOf(['127.0.0.0/8', '::1']));
    expect(await named.deliver(there, envelope, never)).toHaveProperty('answer');
  });
});
