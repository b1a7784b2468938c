/** A whole node in a temporary home, set up, with an officer of each role, as its tests see it: over HTTP alone. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settableClock } from '#src/adapters/settable-clock.ts';
import { systemClock } from '#src/adapters/system-clock.ts';
import { type Client, createClient } from '#src/features/client.ts';
import type { ReportInput } from '#src/features/compose/contract.ts';
import type { OfficerRole } from '#src/ports/tables.ts';
import { type NodeOptions, type RunningNode, startNode } from '#src/server/node.ts';

export const passphrase = 'four plain words together';

/** A service at work somewhere: its officers, each with a session of their own. */
export interface Staff {
  readonly url: string;
  /** A client of this officer. */
  as(login: string): Promise<Client>;
  token(login: string): Promise<string>;
}

/** Staff of a node that runs in this process. */
export interface Service extends Staff {
  readonly node: RunningNode;
  readonly home: string;
  readonly sessionClock: ReturnType<typeof settableClock>;
  stop(): Promise<void>;
}

export interface NewOfficer {
  readonly login: string;
  readonly role: OfficerRole;
  readonly desks: string[];
  readonly clearance?: number;
  readonly compartments?: string[];
}

export async function temporaryHome(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'tansiq-server-'));
}

/** The staff of a node that is set up: each officer signs in once, unless a test asks for another session. */
export function staffAt(url: string): Staff {
  const clients = new Map<string, Promise<Client>>();
  return {
    url,
    token: (login) => signIn(url, login),
    as(login) {
      const client = clients.get(login) ?? signIn(url, login).then((token) => withToken(url, token));
      clients.set(login, client);
      return client;
    },
  };
}

/** Sets up the fresh node at `url`, with an administrator `root` and these officers. */
export async function staffNode(url: string, code: string, officers: readonly NewOfficer[]): Promise<Staff> {
  await createClient(url).setUp({ body: setUpInput(code, url) });
  const staff = staffAt(url);
  const administrator = await staff.as('root');
  for (const { login, role, desks, clearance = 2, compartments = [] } of officers) {
    const rights = { clearance, compartments, desks };
    await administrator.createOfficer({
      body: { login, displayName: login, role, ...rights, language: 'fr', passphrase },
    });
  }
  return staff;
}

export async function startService(
  code: string,
  officers: readonly NewOfficer[],
  options: Partial<NodeOptions> = {},
): Promise<Service> {
  return openService(await temporaryHome(), (url) => staffNode(url, code, officers), options);
}

/** Starts the node of this home, which goes when the service stops. */
export async function openService(
  home: string,
  staffOf: (url: string) => Staff | Promise<Staff>,
  options: Partial<NodeOptions> = {},
): Promise<Service> {
  const sessionClock = settableClock(systemClock);
  const node = await startNode({ home, port: 0, sessionClock, logLevel: 'silent', ...options });
  return {
    ...(await staffOf(node.url)),
    node,
    home,
    sessionClock,
    async stop() {
      await node.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

export function setUpInput(code: string, url: string) {
  return {
    code,
    names: { ar: code, fr: code, en: code },
    url,
    administrator: { login: 'root', displayName: 'Root', passphrase, language: 'en' as const },
  };
}

export async function signIn(url: string, login: string): Promise<string> {
  const response = await post(url, '/api/session', { login, passphrase });
  if (!response.ok) throw new Error(`${login} was not signed in: ${response.status}`);
  return sessionOf(response);
}

export function sessionOf(response: Response): string {
  return /^tansiq_session=([^;]*)/.exec(response.headers.getSetCookie()[0] ?? '')?.[1] ?? '';
}

export function withToken(url: string, token: string): Client {
  return createClient(url, (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set('authorization', `Bearer ${token}`);
    return fetch(input, { ...init, headers });
  });
}

/** As our own screens would post. */
export function post(
  url: string,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-tansiq': '1', ...headers },
    body: JSON.stringify(body),
  });
}

export interface Answer {
  readonly status: number;
  readonly code: string;
  readonly at?: string;
  readonly limit?: number;
  readonly rule?: string;
  readonly title?: string;
}
export async function problem(response: Response): Promise<Answer> {
  const body = (await response.json()) as Answer;
  return { ...body, status: response.status };
}

export function reportInput(changes: Partial<ReportInput> = {}): ReportInput {
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  return {
    language: 'fr',
    title: 'Un déplacement annoncé',
    reportType: 'lead',
    urgency: 'urgent',
    respondBy: null,
    grading: { source: 'B', information: '2' },
    marking: { level: 1, compartments: [], handling: [{ code: 'H1' }], releasableTo: null },
    purpose: 'terrorism-prevention',
    legalBasis: 'Article 4',
    reviewBy: day(300),
    portions: [{ text: 'Le départ est prévu pour jeudi.', nature: 'fact', marking: null }],
    recipients: [],
    ...changes,
  };
}
