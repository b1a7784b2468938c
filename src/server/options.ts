import type { Entrance } from '#src/features/demo/contract.ts';
import type { Clock } from '#src/ports/clock.ts';
import type { Patience } from './connections.ts';
import type { LogLevel } from './log.ts';

export interface NodeOptions {
  /** The node's directory: keys, and the embedded database unless `databaseUrl` is given. */
  readonly home: string;
  /** 0: any free port. */
  readonly port: number;
  /** Default 127.0.0.1: a node is opened to the network on purpose or not at all. */
  readonly host?: string;
  /** Holds the secret that unlocks the key files; default: `key-secret` in the home, made on the first start. */
  readonly keySecretFile?: string;
  readonly databaseUrl?: string;
  /** A role that may create roles and tables, for the migrations; `databaseUrl` where absent. */
  readonly databaseOwnerUrl?: string;
  readonly clock?: Clock;
  readonly sessionClock?: Clock;
  /** Given by the demo alone: opens one-click sign-in and the movable clock. */
  readonly demo?: { readonly officers: readonly string[]; readonly neighbours: Entrance['neighbours'] };
  /** Where the built screens are; default `dist/web`. */
  readonly screens?: string;
  /** Serves `/.well-known/tansiq-card` to anyone; default: only in the demo. */
  readonly publicCard?: boolean;
  readonly logLevel?: LogLevel;
  /** Addresses and networks whose `X-Forwarded-For` is believed. */
  readonly trustedProxies?: readonly string[];
  /** Internal networks in which partners may be looked for (`10.8.0.0/16`); default: `TANSIQ_PARTNER_NETWORK`, else none. */
  readonly partnerNetworks?: readonly string[];
  /** How long a body may make no progress. */
  readonly patience?: Patience;
}

export interface RunningNode {
  /** `http://host:port`, without a trailing slash. */
  readonly url: string;
  /** Answers what is under way, stops the engine, closes the database. */
  close(): Promise<void>;
}

/** Addresses and networks, with commas between them. */
export function partnerNetworksIn(env: { readonly [name: string]: string | undefined }): string[] {
  return (env['TANSIQ_PARTNER_NETWORK'] ?? '')
    .split(',')
    .filter((entry) => entry.trim() !== '')
    .map((entry) => entry.trim());
}
