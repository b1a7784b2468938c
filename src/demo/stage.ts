/** Where the story is played: the three running nodes, seen only through their public API. */
import { type Client, createClient, NodeUnreachable } from '#src/features/client.ts';
import { type ServiceCode, serviceCodes } from './story/services.ts';

export interface Stage {
  /** A signed-in officer's client. A node that is just being restarted is waited for. */
  seat(service: ServiceCode, login: string): Client;
  /** A client without a session: entrance, set-up. */
  door(service: ServiceCode): Client;
  url(service: ServiceCode): string;
  /** Moves the clocks of all three nodes; null returns them to real time. */
  setTime(now: Date | null): Promise<void>;
}

/** How long a node may be away before the story gives up. */
const patienceMs = 90_000;
const againMs = 150;

export interface StageOptions {
  readonly urls: { readonly [S in ServiceCode]: string };
  /** So that a node that is started again begins at the story's time. */
  onTime(now: Date | null): void;
  readonly stop: AbortSignal;
}

export function createStage({ urls, onTime, stop }: StageOptions): Stage {
  const seats = new Map<string, Client>();

  const patient = (url: string, token: () => Promise<string | null>, forget: () => void): Client =>
    createClient(url, async (input, init) => {
      const end = Date.now() + patienceMs;
      for (;;) {
        stop.throwIfAborted();
        try {
          const held = await token();
          const headers = new Headers(init?.headers);
          if (held !== null) headers.set('authorization', `Bearer ${held}`);
          const response = await fetch(input, { ...init, headers, signal: stop });
          if (response.status === 401 && held !== null) forget();
          else if (response.status !== 503) return response;
        } catch (error) {
          stop.throwIfAborted();
          if (!(error instanceof TypeError) && !(error instanceof NodeUnreachable)) throw error;
        }
        if (Date.now() > end) throw new NodeUnreachable(url);
        await new Promise((resolve) => setTimeout(resolve, againMs));
      }
    });

  const door = (service: ServiceCode) =>
    patient(
      urls[service],
      async () => null,
      () => {},
    );

  function seat(service: ServiceCode, login: string): Client {
    const key = `${service} ${login}`;
    const known = seats.get(key);
    if (known) return known;
    let token: Promise<string> | null = null;
    const made = patient(
      urls[service],
      () => (token ??= signIn(urls[service], login)),
      () => {
        token = null;
      },
    );
    seats.set(key, made);
    return made;
  }

  return {
    seat,
    door,
    url: (service) => urls[service],
    async setTime(now) {
      onTime(now);
      await Promise.all(
        serviceCodes.map((service) => door(service).demoSetClock({ body: { now: now?.toISOString() ?? null } })),
      );
    },
  };
}

/** One click, as on the sign-in page. */
async function signIn(url: string, login: string): Promise<string> {
  let token: string | undefined;
  const client = createClient(url, async (input, init) => {
    const response = await fetch(input, init);
    for (const cookie of response.headers.getSetCookie()) token ??= /^tansiq_session=([^;]+)/.exec(cookie)?.[1];
    return response;
  });
  await client.demoSignIn({ body: { login } });
  if (token === undefined) throw new NodeUnreachable(url);
  return token;
}
