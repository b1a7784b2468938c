import { type Transport, TransportUnavailable } from '#src/ports/transport.ts';
import { exchangeLimits } from '#src/protocol/exchange/state.ts';

export const envelopeContentType = 'application/vnd.tansiq.envelope';
/** Beneath a node's address. */
export const exchangePath = 'exchange/v1';

const problemBytesMax = 16 * 1024;

/**
 * One HTTP request per envelope. A redirect, a wrong content type, an answer that is too long: whatever a node would not
 * have said counts as unavailable, because a proxy, a captive portal or another service may stand at that address.
 */
export const httpTransport: Transport = {
  async deliver(url, envelope, signal) {
    const response = await post(exchangeAddress(url), envelope, signal);
    const type = contentType(response);
    if (response.status === 200 && type === envelopeContentType) {
      return { answer: await readAtMost(response, exchangeLimits.envelopeBytesMax) };
    }
    if (response.status >= 400 && type === 'application/problem+json') {
      const code = problemCode(await readAtMost(response, problemBytesMax));
      if (code !== null) return { refusedWith: code };
    }
    await response.body?.cancel().catch(ignoreBrokenBody);
    throw new TransportUnavailable(`the peer answered with HTTP status ${response.status}, not as a node does`);
  },
};

function exchangeAddress(url: string): URL {
  const base = URL.parse(url.endsWith('/') ? url : `${url}/`);
  if (base === null || (base.protocol !== 'https:' && base.protocol !== 'http:')) {
    throw new TransportUnavailable('the address of the peer is not an HTTP address');
  }
  if (base.username !== '' || base.password !== '' || base.search !== '' || base.hash !== '') {
    throw new TransportUnavailable('the address of the peer may hold no credentials, query or fragment');
  }
  return new URL(exchangePath, base);
}

async function post(address: URL, envelope: Uint8Array, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(address, {
      method: 'POST',
      headers: { 'content-type': envelopeContentType, accept: `${envelopeContentType}, application/problem+json` },
      body: new Uint8Array(envelope),
      redirect: 'manual',
      credentials: 'omit',
      cache: 'no-store',
      signal,
    });
  } catch (cause) {
    throw new TransportUnavailable('the peer could not be reached', { cause });
  }
}

function contentType(response: Response): string | undefined {
  return response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
}

async function readAtMost(response: Response, bytesMax: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response.body ?? []) {
      bytes += chunk.length;
      if (bytes > bytesMax) break;
      chunks.push(chunk);
    }
  } catch (cause) {
    throw new TransportUnavailable('the answer of the peer broke off', { cause });
  }
  if (bytes > bytesMax) throw new TransportUnavailable('the answer of the peer is too long');
  return new Uint8Array(Buffer.concat(chunks));
}

/** RFC 9457 with the rule's code as an extension member. */
function problemCode(bytes: Uint8Array): string | null {
  try {
    const problem: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    const code = typeof problem === 'object' && problem !== null && 'code' in problem ? problem.code : null;
    return typeof code === 'string' && /^[a-z][a-z-]{0,63}$/.test(code) ? code : null;
  } catch {
    return null;
  }
}

/** The answer is given up already; how its body ends changes nothing. */
function ignoreBrokenBody(): void {}
