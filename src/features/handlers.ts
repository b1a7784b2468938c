/** What a feature's `server/` gives to the server: one handler per route of its contract. Types only. */

import type { Actor } from '#src/ports/database.ts';
import type { OfficerRole } from '#src/ports/tables.ts';
import type { Language } from '#src/protocol/primitives.ts';
import type { Refusal } from '#src/protocol/refusal.ts';
import type { Contract, Input, Reply } from './contract.ts';
import type { LiveTopic } from './live/contract.ts';
import type { RecordAct } from './record-acts.ts';

export interface SignedInOfficer {
  readonly id: string;
  readonly login: string;
  readonly displayName: string;
  readonly role: OfficerRole;
  readonly clearance: number;
  readonly compartments: readonly string[];
  readonly desks: readonly string[];
  readonly language: Language;
}

/** Who asks, on a route that needs a session. Checked anew on each request. */
export interface Caller {
  readonly officer: SignedInOfficer;
  /** For `database.asActor`: everything a handler reads or writes for an officer runs as this. */
  readonly actor: Extract<Actor, { kind: 'officer' }>;
  readonly language: Language;
  readonly requestId: string;
  /** The `Idempotency-Key` header, where one was sent (1 to 200 characters). */
  readonly idempotencyKey?: string;
  /** The operation that was asked for, and what it does with the record in its path. */
  readonly route: { readonly name: string; readonly act?: RecordAct };
}

/** The one HTTP request that a handler answers, as far as a handler may know of it. */
export interface Visit {
  readonly requestId: string;
  /** As limits count it: the IPv4 address or the /64 of whoever asks, also behind a trusted proxy. */
  readonly address: string;
  /** The device that asks, where this login signed in on it before. */
  device(login: string): string | null;
  /** From now on this device is known as one of this login's. */
  knowDevice(login: string): void;
  /** Says with a refusal when to come again. */
  retryAfter(seconds: number): void;
  /** The officer's language, else the first that the browser asks for and we speak, else Arabic. */
  readonly language: Language;
  readonly sessionToken: string | null;
  /** Gives the session cookie. */
  startSession(token: string, expiresAt: Date): void;
  /** Takes the session cookie back. */
  endSession(): void;
}

/** Says to open screens that something of this topic changed; they ask again. */
export type Announce = (topic: LiveTopic) => void;

export type Handler<R extends Contract[string]> = (
  input: Input<R>,
  caller: R extends { readonly open: true } ? null : Caller,
  visit: Visit,
) => Promise<Reply<R> | Refusal>;

/**
 * A feature exports `xRoutes(deps: { database: Database; clock: Clock; … }): Handlers<typeof x>`. A refusal is returned
 * and becomes an RFC 9457 problem in the server; what is thrown is a bug (500) or `StoreUnavailable` (503).
 */
export type Handlers<C extends Contract> = { readonly [K in keyof C]: Handler<C[K]> };
