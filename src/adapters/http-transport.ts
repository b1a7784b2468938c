import { type LookupAddress, lookup } from 'node:dns';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Clock } from '#src/ports/clock.ts';
import { type Transport, TransportUnavailable } from '#src/ports/transport.ts';
import { readTimeField, timeField } from '#src/protocol/exchange/clock-off.ts';
import { exchangeLimits } from '#src/protocol/exchange/state.ts';
import { plainAddress, type Reach } from './networks.ts';
import { systemClock } from './system-clock.ts';

export const envelopeContentType = 'application/vnd.tansiq.envelope';
/** Beneath a node's address. */
export const exchangePath = 'exchange/v1';

const problemBytesMax = 16 * 1024;

/**
 * One HTTP request per envelope. A redirect, a wrong content type, an answer that is too long: whatever a node would not
 * have said counts as unavailable, because a proxy, a captive portal or another service may stand at that address.
 * Only addresses within `reach` are connected to, whatever a name says at that moment.
 */
export function httpTransport(reach: Reach, clock: Clock = systemClock): Transport {
  const resolve = lookupWithin(reach);
  const options = { keepAlive: true, keepAliveMsecs: 1_000, timeout: 60_000 };
  const agents = { 'http:': new HttpAgent(options), 'https:': new HttpsAgent(options) };
  return {
    async deliver(url, envelope, signal) {
      const address = exchangeAddress(url);
      // A literal address is looked up nowhere.
      const literal = plainAddress(address.hostname);
      if (literal !== null && !reach.mayReach(literal)) throw outside();
      const agent = agents[address.protocol as keyof typeof agents]; // exchangeAddress lets only these two through
      const response = await post(address, envelope, { signal, lookup: resolve, agent, time: clock.now() });
      const type = contentType(response);
      const { statusCode = 0 } = response;
      if (statusCode === 200 && type === envelopeContentType) {
        const time = readTimeField(response.headers[timeField]);
        const answer = await readAtMost(response, exchangeLimits.envelopeBytesMax);
        return time === null ? { answer } : { answer, time };
      }
      if (statusCode >= 400 && type === 'application/problem+json') {
        const code = problemCode(await readAtMost(response, problemBytesMax));
        if (code !== null) return { refusedWith: code };
      }
      response.destroy();
      throw new TransportUnavailable(`the peer answered with HTTP status ${statusCode}, not as a node does`);
    },
  };
}

/** Whether a partner can be looked for at this address now: null, or why not. A name that is not found may be found later. */
export function addressProblem(reach: Reach): (url: string) => Promise<'address-internal' | null> {
  return async (url) => {
    const { hostname } = URL.parse(url) ?? { hostname: '' };
    const literal = plainAddress(hostname);
    if (literal !== null) return reach.mayReach(literal) ? null : 'address-internal';
    if (hostname === '') return null;
    const found = await new Promise<readonly LookupAddress[]>((resolve) => {
      lookup(hostname, { all: true }, (error, addresses) => resolve(error ? [] : addresses));
    });
    return found.every(({ address }) => reach.mayReach(address)) ? null : 'address-internal';
  };
}

const outside = () =>
  new TransportUnavailable('the address of the peer is in a network that is not named for partners', {
    code: 'address-internal',
  });

/** Asked for each connection: a name that led outside when it was entered may lead inside now. */
function lookupWithin(reach: Reach): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const within = addresses.filter(({ address }) => reach.mayReach(address));
      const [first] = within;
      if (first === undefined) return callback(outside(), '', 0);
      if (options.all) callback(null, within);
      else callback(null, first.address, first.family);
    });
  };
}

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

function post(
  address: URL,
  envelope: Uint8Array,
  { time, ...how }: { signal: AbortSignal; lookup: LookupFunction; agent: HttpAgent | HttpsAgent; time: number },
): Promise<IncomingMessage> {
  const headers = {
    'content-type': envelopeContentType,
    'content-length': envelope.length,
    [timeField]: String(Math.max(0, Math.round(time))),
    accept: `${envelopeContentType}, application/problem+json`,
  };
  const request = address.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const sent = request(address, { ...how, method: 'POST', headers }, resolve);
    sent.on('error', (cause) => {
      const known = cause instanceof TransportUnavailable;
      reject(known ? cause : new TransportUnavailable('the peer could not be reached', { cause }));
    });
    sent.on('timeout', () => sent.destroy());
    sent.end(envelope);
  });
}

function contentType(response: IncomingMessage): string | undefined {
  return response.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
}

async function readAtMost(response: IncomingMessage, bytesMax: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
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
