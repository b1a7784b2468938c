/** Who asks, and whether the request is truly theirs: sessions, forged requests, the language to answer in. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller, SignedInOfficer, Visit } from '#src/features/handlers.ts';
import { officerOfSession } from '#src/features/session/server/sessions.ts';
import type { Clock } from '#src/ports/clock.ts';
import type { Database } from '#src/ports/database.ts';
import type { Language } from '#src/protocol/primitives.ts';
import { refuse } from '#src/protocol/refusal.ts';
import { languageAsked } from './language-asked.ts';
import { Refused } from './refused.ts';
import { forgedRequest } from './request-forgery.ts';
import { bearerToken, sessionCookie } from './session-cookie.ts';

export interface Gate {
  /** Throws `Refused`. Afterwards `callerOf` knows the officer. */
  admit(request: FastifyRequest, need: { readonly open: boolean; readonly writes: boolean }): Promise<void>;
  callerOf(request: FastifyRequest): Omit<Caller, 'route'> | null;
  visitOf(request: FastifyRequest, reply: FastifyReply): Visit;
  languageOf(request: FastifyRequest): Language;
  /** Whether the session of an admitted request still holds; does not keep it alive. */
  stillHolds(request: FastifyRequest): Promise<boolean>;
}

export interface GateDeps {
  readonly database: Database;
  readonly sessionClock: Clock;
  /** Cookies only over HTTPS. */
  readonly secure: () => boolean;
  readonly sessionEnded: (token: string) => void;
}

export function createGate({ database, sessionClock, secure, sessionEnded }: GateDeps): Gate {
  const officers = new WeakMap<FastifyRequest, SignedInOfficer>();
  const languageOf = (request: FastifyRequest) =>
    officers.get(request)?.language ?? languageAsked(request.headers['accept-language']);
  const officerOf = async (request: FastifyRequest, seen: boolean) => {
    const token = tokenOf(request);
    return token === null ? null : officerOfSession(database, token, sessionClock.now(), { seen });
  };

  return {
    async admit(request, need) {
      if (need.writes && bearerToken(request) === null && forgedRequest(request.headers, request.host)) {
        throw new Refused(refuse('request-forged'));
      }
      if (need.open) return;
      const officer = await officerOf(request, true);
      if (officer === null) throw new Refused(refuse('sign-in-required'));
      officers.set(request, officer);
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
        address: request.ip,
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
