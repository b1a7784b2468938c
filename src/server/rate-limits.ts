/**
 * Requests in a minute: before anybody is admitted by the real address, and afterwards by officer. Whatever is answered counts,
 * also 401 and 404. One who is known by a session or a device does not share the count of an address with strangers.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { UnixMs } from '#src/protocol/primitives.ts';
import { refuse } from '#src/protocol/refusal.ts';
import { exchangePath } from './exchange-route.ts';
import { Refused } from './refused.ts';

export const ratesPerMinute = {
  /** Of one address, or of one officer: a busy screen asks a few times a second. */
  requests: 3_000,
  /** Of one address at the partners' door. */
  envelopes: 3_000,
  /** Sign-in, set-up and what else writes without a session. */
  openWrites: 60,
} as const;
const windowMs = 60_000;
const keysMax = 50_000;

export class RateCounter {
  readonly #max: number;
  readonly #counts = new Map<string, { readonly since: UnixMs; count: number }>();

  constructor(max: number) {
    this.#max = max;
  }

  /** Counts one more; seconds until the next may come where it is too many, else 0. */
  count(key: string, now: UnixMs): number {
    let current = this.#counts.get(key);
    if (current === undefined || now - current.since >= windowMs) {
      current = { since: now, count: 0 };
      // Made anew, so that the one in front is always the oldest.
      this.#counts.delete(key);
      this.#counts.set(key, current);
      const [oldest] = this.#counts.keys();
      if (this.#counts.size > keysMax && oldest !== undefined) this.#counts.delete(oldest);
    }
    current.count++;
    return current.count > this.#max ? Math.max(1, Math.ceil((current.since + windowMs - now) / 1_000)) : 0;
  }
}

export interface Asker {
  /** Whose session this was lately, if anybody's. */
  officerLately(request: FastifyRequest): string | null;
  device(request: FastifyRequest): string | null;
  address(request: FastifyRequest): string;
}

export class RateLimits {
  readonly #requests = new RateCounter(ratesPerMinute.requests);
  readonly #envelopes = new RateCounter(ratesPerMinute.envelopes);
  readonly #openWrites = new RateCounter(ratesPerMinute.openWrites);
  readonly #asker: Asker;
  readonly #now: () => UnixMs;

  constructor(asker: Asker, now: () => UnixMs) {
    this.#asker = asker;
    this.#now = now;
  }

  /** Before any route, and where there is none. */
  watch(app: FastifyInstance): void {
    app.addHook('onRequest', async (request, reply) => {
      const { url } = request.routeOptions;
      // Whoever watches the node asks often, and makes it do nothing.
      if (url?.startsWith('/health/')) return;
      if (url === exchangePath) hold(reply, this.#envelopes.count(this.#asker.address(request), this.#now()));
      else hold(reply, this.#requests.count(this.#keyOf(request), this.#now()));
    });
  }

  /** An address line that nobody can read leads past every hook, and counts all the same. Seconds to wait, or 0. */
  unreadable(request: FastifyRequest): number {
    return this.#requests.count(this.#asker.address(request), this.#now());
  }

  openWrite(request: FastifyRequest, reply: FastifyReply): void {
    hold(reply, this.#openWrites.count(this.#strangerOrDevice(request), this.#now()));
  }

  /** After admission, where the session was not known before it. */
  admitted(reply: FastifyReply, officer: string): void {
    hold(reply, this.#requests.count(`officer ${officer}`, this.#now()));
  }

  #keyOf(request: FastifyRequest): string {
    const officer = this.#asker.officerLately(request);
    return officer === null ? this.#strangerOrDevice(request) : `officer ${officer}`;
  }

  #strangerOrDevice(request: FastifyRequest): string {
    const device = this.#asker.device(request);
    return device === null ? this.#asker.address(request) : `device ${device}`;
  }
}

function hold(reply: FastifyReply, seconds: number): void {
  if (seconds === 0) return;
  reply.header('retry-after', String(seconds));
  throw new Refused(refuse('rate-exceeded'));
}
