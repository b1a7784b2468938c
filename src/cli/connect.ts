/** From a command's options to a client that speaks for one signed-in officer at one node. */
import { type Client, createClient } from '#src/features/client.ts';
import { refuse } from '#src/protocol/refusal.ts';
import { type Call, type Options, RefusedHere, UsageError } from './command.ts';
import type { Say } from './messages.ts';
import { readSessions, type StoredSession } from './session-file.ts';

/** The options of every command that speaks with a node. */
export const seat = {
  node: { type: 'string', value: 'URL', help: 'option.node' },
  as: { type: 'string', value: 'LOGIN', help: 'option.as' },
} as const satisfies Options;

type SeatCall = Pick<Call<typeof seat>, 'values' | 'say' | 'env'>;

export interface Seat {
  readonly client: Client;
  readonly session: StoredSession;
  /** `fetch` with the session's cookie, for what is no route of the contracts (live events). */
  readonly fetch: typeof fetch;
}

/** Throws `RefusedHere` with `sign-in-required` where nobody has signed in there. */
export async function takeSeat({ values, say, env }: SeatCall): Promise<Seat> {
  const sessions = await readSessions(env);
  const node = values.node ?? env['TANSIQ_NODE'] ?? sessions[0]?.node;
  if (node === undefined) throw new UsageError(say('usage.no-node'));
  const address = nodeAddress(node, say);
  const session = sessions.find((one) => one.node === address && (values.as ?? one.login) === one.login);
  if (!session) throw new RefusedHere(refuse('sign-in-required', { at: address }));
  const withSession = sessionFetch(say.language, session.token);
  return { client: createClient(address, withSession), session, fetch: withSession };
}

/** The address of a node without a session: for signing in and setting up. */
export async function nodeOf({ values, say, env }: SeatCall): Promise<string> {
  const node = values.node ?? env['TANSIQ_NODE'] ?? (await readSessions(env))[0]?.node;
  if (node === undefined) throw new UsageError(say('usage.no-node'));
  return nodeAddress(node, say);
}

/** Signs in by `enter` and returns the session that the node gave, and by what it knows this terminal from now on. */
export async function enterNode(
  node: string,
  language: string,
  enter: (client: Client) => Promise<unknown>,
  device: string | null = null,
): Promise<{ token: string; device: string | null }> {
  let [token, known] = ['', device];
  const asKnown: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    if (device !== null) headers.set('cookie', device);
    const response = await fetch(input, { ...init, headers });
    const given = response.headers.getSetCookie().find((cookie) => cookie.startsWith('tansiq_device_'));
    known = given?.split(';')[0] ?? known;
    return response;
  };
  const answer = await enter(
    createClient(
      node,
      sessionFetch(language, '', (given) => (token = given), asKnown),
    ),
  );
  if (token === '')
    throw new Error(`the node at ${node} signed in without giving a session: ${JSON.stringify(answer)}`);
  return { token, device: known };
}

function nodeAddress(text: string, say: Say): string {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) throw new UsageError(say('usage.node-url', { url: text }));
  return (url.origin + url.pathname).replace(/\/+$/, '');
}

/** `fetch` as an officer: the session goes as a bearer token, and a new one is read from the cookie that brings it. */
export function sessionFetch(
  language: string,
  token: string,
  onToken?: (token: string) => void,
  ask: typeof fetch = fetch,
): typeof fetch {
  return async (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set('accept-language', language);
    if (token !== '') headers.set('authorization', `Bearer ${token}`);
    const response = await ask(input, { ...init, headers });
    const given = response.headers.getSetCookie().map((cookie) => /^tansiq_session=([^;]+)/.exec(cookie)?.[1]);
    const session = given.find((value) => value !== undefined);
    if (session !== undefined) onToken?.(session);
    return response;
  };
}
