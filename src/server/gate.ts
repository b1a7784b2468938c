/** Who asks, and whether the request is truly theirs: sessions, forged requests, the language to answer in. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller, SignedInOfficer, Visit } from '#src/features/handlers.ts';
import { officerOfSession } from '#src/features/session/server/sessions.ts';
import type { Clock } from '#src/ports/clock.ts';
import type { Database } from '#src/ports/database.ts';
import type { Language } from '#src/protocol/primitives.ts';
import { refuse } from '#src/protocol/refusal.ts';
import type { DeviceCookies } from './device-cookie.ts';
import { languageAsked } from './language-asked.ts';
import { addressGroup, type Proxies } from './network-address.ts';
import { RateLimits } from './rate-limits.ts';
import { Refused } from './refused.ts';
import { forgedRequest } from './request-forgery.ts';
import { bearerToken, sessionCookie } from './session-cookie.ts';
import { OwnTurns, Turns } from './turns.ts';

export interface Gate {
  /** Throws `Refused`. Afterwards `callerOf` knows the officer. */
  admit(
    request: FastifyRequest,
    reply: FastifyReply,
    need: { readonly open: boolean; readonly writes: boolean },
  ): Promise<void>;
  callerOf(request: FastifyRequest): Omit<Caller, 'route'> | null;
  visitOf(request: FastifyRequest, reply: FastifyReply): Visit;
  languageOf(request: FastifyRequest): Language;
  /** Whether the session of an admitted request still holds; does not keep it alive. */
  stillHolds(request: FastifyRequest): Promise<boolean>;
  readonly rates: RateLimits;
  /**
   * Runs what somebody without a session asks for, of which little is done at once: hashing a passphrase takes a core and
   * 19 MiB. Devices that are known wait apart from strangers. Null: too much waits.
   */
  openTurn<T>(request: FastifyRequest, work: () => Promise<T>): Promise<{ readonly done: T } | null>;
  /** Runs what an admitted officer asks for: so much at once for each, that nobody waits behind another's hundreds. */
  officerTurn<T>(request: FastifyRequest, work: () => Promise<T>): Promise<{ readonly done: T } | null>;
}

const openTurns = { atOnce: 2, waiting: 32, each: 8 } as const;
const officerTurns = { atOnce: 8, waiting: 256 } as const;
/** Sessions that are known before they are looked up. */
const latelyMax = 10_000;

export interface GateDeps {
  readonly database: Database;
  readonly sessionClock: Clock;
  /** Cookies only over HTTPS. */
  readonly secure: () => boolean;
  readonly sessionEnded: (token: string) => void;
  readonly proxies: Proxies;
  readonly devices: DeviceCookies;
}

export function createGate({ database, sessionClock, secure, sessionEnded, proxies, devices }: GateDeps): Gate {
  const officers = new WeakMap<FastifyRequest, SignedInOfficer>();
  const languageOf = (request: FastifyRequest) =>
    officers.get(request)?.language ?? languageAsked(request.headers['accept-language']);
  const officerOf = async (request: FastifyRequest, seen: boolean) => {
    const token = tokenOf(request);
    return token === null ? null : officerOfSession(database, token, sessionClock.now(), { seen });
  };

  const addressOf = (request: FastifyRequest) => addressGroup(proxies.addressOf(request.raw));
  const lately = new Map<string, string>();
  const rates = new RateLimits(
    {
      officerLately: (request) => lately.get(tokenOf(request) ?? '') ?? null,
      device: devices.any,
      address: addressOf,
    },
    () => sessionClock.now(),
  );
  const turns = {
    strangers: new Turns(openTurns),
    devices: new Turns(openTurns),
    officers: new OwnTurns(officerTurns),
  };
  const note = (token: string, officer: string) => {
    lately.delete(token);
    lately.set(token, officer);
    const [oldest] = lately.keys();
    if (lately.size > latelyMax && oldest !== undefined) lately.delete(oldest);
  };

  return {
    rates,
    openTurn(request, work) {
      const device = devices.any(request);
      return device === null ? turns.strangers.run(addressOf(request), work) : turns.devices.run(device, work);
    },
    officerTurn: (request, work) => turns.officers.run(officers.get(request)?.id ?? '', work),
    async admit(request, reply, need) {
      if (need.writes && bearerToken(request) === null && forgedRequest(request.headers, request.host)) {
        throw new Refused(refuse('request-forged'));
      }
      if (need.open) {
        if (need.writes) rates.openWrite(request, reply);
        return;
      }
      const token = tokenOf(request) ?? '';
      const officer = await officerOf(request, true);
      if (officer === null) {
        lately.delete(token);
        throw new Refused(refuse('sign-in-required'));
      }
      officers.set(request, officer);
      if (!lately.has(token)) rates.admitted(reply, officer.id);
      note(token, officer.id);
    },
    callerOf(request) {
      const officer = officers.get(request);
      if (officer === undefined) return null;
      const idempotencyKey = idempotencyKeyOf(request);
      return {
        officer,
        actor: { kind: 'officer', officer: officer.id },
        language: officer.language,
        requestId: request.id,
        ...(idempotencyKey !== undefined && { idempotencyKey }),
      };
    },
    visitOf(request, reply) {
      const sessionToken = tokenOf(request);
      return {
        requestId: request.id,
        address: addressOf(request),
        device: (login) => devices.read(request, login),
        knowDevice: (login) => devices.give(request, reply, login, secure()),
        retryAfter: (seconds) => void reply.header('retry-after', String(seconds)),
        language: languageOf(request),
        sessionToken,
        startSession: (token, expiresAt) => sessionCookie.give(reply, token, expiresAt, secure()),
        endSession() {
          sessionCookie.take(reply, secure());
          if (sessionToken !== null) sessionEnded(sessionToken);
        },
      };
    },
    languageOf,
    stillHolds: async (request) => (await officerOf(request, false)) !== null,
  };
}

/** The command line carries the session in a header, the browser in its cookie. */
export function tokenOf(request: FastifyRequest): string | null {
  return bearerToken(request) ?? sessionCookie.read(request);
}

function idempotencyKeyOf(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || key.length === 0 || key.length > 200) {
    throw new Refused(refuse('input-invalid', { at: 'Idempotency-Key', limit: 200 }));
  }
  return key;
}
