/**
 * What one address may hold of the socket before anybody knows who it is: connections that say nothing, bodies that do not
 * end, answers that nobody reads. Addresses of partners have room of their own, which strangers cannot take (ADR 0015).
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { addressGroup, type Proxies } from './network-address.ts';
import { type Place, Places } from './places.ts';

export const connectionLimits = {
  /** Sockets without a request: their head is not complete, or they wait for the next one. */
  waiting: { total: 1_000, each: 128 },
  /** Bodies that are still coming, in MiB as announced: at least 1 and at most 8 for each. */
  bodies: { total: 128, each: 32 },
  /** Requests that are being answered, or whose answer is being read. */
  answers: { total: 512, each: 128 },
} as const;

/** A body that grows by less than this in the time below does not go on. */
const progressBytesMin = 4 * 1024;
const mebibyte = 1024 * 1024;
const bodyMebibytesMax = 8;

export interface Patience {
  /** How long a body may make no progress. */
  readonly progressMs: number;
  readonly checkEveryMs: number;
}
export const patience: Patience = { progressMs: 10_000, checkEveryMs: 1_000 };

export interface Knowing {
  readonly proxies: Proxies;
  /** Whether a partner came from this address lately. */
  readonly isPartner: (group: string) => boolean;
}

interface Body {
  readonly request: IncomingMessage;
  readonly end: (status: number) => void;
  bytes: number;
  since: number;
}

type Room = { readonly [K in keyof typeof connectionLimits]: Places };
const newRoom = (): Room => ({
  waiting: new Places(connectionLimits.waiting),
  bodies: new Places(connectionLimits.bodies),
  answers: new Places(connectionLimits.answers),
});

export class Connections {
  readonly #knowing: Knowing;
  readonly #patience: Patience;
  readonly #strangers = newRoom();
  readonly #partners = newRoom();
  readonly #waiting = new WeakMap<Socket, Place>();
  readonly #answers = new WeakMap<IncomingMessage, Place>();
  readonly #bodies = new Set<Body>();

  constructor(knowing: Knowing, patient: Patience = patience) {
    this.#knowing = knowing;
    this.#patience = patient;
  }

  /** Before any request is emitted. Returns the way to stop watching. */
  watch(server: Server): () => void {
    server.on('connection', (socket: Socket) => {
      this.#await(socket);
      socket.once('close', () => this.#waiting.get(socket)?.leave());
    });
    const checking = setInterval(() => this.#check(), this.#patience.checkEveryMs).unref();
    return () => clearInterval(checking);
  }

  /** To be called with each request before it is handled. */
  begin(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    this.#waiting.get(socket)?.leave();
    const group = addressGroup(this.#knowing.proxies.addressOf(request));
    const room = this.#roomOf(group);
    this.#answers.set(
      request,
      room.answers.take(group, 1, () => socket.destroy()),
    );
    response.once('close', () => {
      this.#answers.get(request)?.leave();
      if (!socket.destroyed) this.#await(socket);
    });
    if (!request.complete && hasBody(request)) this.#followBody(request, response, room.bodies, group);
  }

  /** What is followed by an officer for hours is bounded elsewhere. */
  exempt(request: IncomingMessage): void {
    this.#answers.get(request)?.leave();
  }

  #roomOf(group: string): Room {
    return this.#knowing.isPartner(group) ? this.#partners : this.#strangers;
  }

  #await(socket: Socket): void {
    // All that come through a proxy share its connections: it has limits of its own.
    if (this.#knowing.proxies.isProxy(socket.remoteAddress)) return;
    // Several requests in a row, sent before the first was answered, end here several times.
    this.#waiting.get(socket)?.leave();
    const group = addressGroup(socket.remoteAddress ?? '');
    const place = this.#roomOf(group).waiting.take(group, 1, () => socket.destroy());
    this.#waiting.set(socket, place);
  }

  #followBody(request: IncomingMessage, response: ServerResponse, places: Places, group: string): void {
    const end = (status: number) => endUnread(request, response, status);
    const body: Body = { request, end, bytes: request.socket.bytesRead, since: performance.now() };
    const place = places.take(group, weightOf(request), () => end(429));
    this.#bodies.add(body);
    const over = () => {
      place.leave();
      this.#bodies.delete(body);
    };
    request.once('end', over);
    request.once('close', over);
  }

  #check(): void {
    const now = performance.now();
    for (const body of this.#bodies) {
      const { bytesRead } = body.request.socket;
      // Where we do not read, it is not the sender who is slow.
      if (bytesRead - body.bytes >= progressBytesMin || body.request.readableLength > 0) {
        body.bytes = bytesRead;
        body.since = now;
      } else if (now - body.since >= this.#patience.progressMs) {
        body.end(408);
      }
    }
  }
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function weightOf({ headers }: IncomingMessage): number {
  const announced = headers['transfer-encoding'] === undefined ? Number(headers['content-length']) : Infinity;
  return Math.min(Math.max(Math.ceil(announced / mebibyte), 1), bodyMebibytesMax);
}

/** RFC 9110, 15.5.9: the answer, and the end of the connection. */
function endUnread(request: IncomingMessage, response: ServerResponse, status: number): void {
  const { socket } = request;
  if (response.headersSent) {
    socket.destroy();
    return;
  }
  response.writeHead(status, { connection: 'close', 'content-length': 0, 'retry-after': '1' });
  response.end(() => socket.destroy());
}
