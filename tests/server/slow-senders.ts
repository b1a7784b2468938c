/** Strangers at a node's socket, who send what they like as slowly as they like, from whatever address of this machine. */
import { connect, type Socket } from 'node:net';

export interface Stranger {
  readonly socket: Socket;
  /** What came back so far. */
  said(): string;
  /** Milliseconds from the connection to its end; undefined while it stands. */
  endedAfter(): number | undefined;
}

const open = new Set<Socket>();
export const envelopeHead = (bytes: number) => [
  'POST /exchange/v1 HTTP/1.1',
  'host: node',
  'content-type: application/vnd.tansiq.envelope',
  `content-length: ${bytes}`,
];
export const whole = (head: readonly string[]) => `${head.join('\r\n')}\r\n\r\n`;

/** Linux takes all of 127.0.0.0/8 as this machine. */
export function stranger(url: string, words = '', from = '127.0.0.1'): Stranger {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), localAddress: from });
  const begun = Date.now();
  let text = '';
  let ended: number | undefined;
  socket.setEncoding('latin1');
  socket.on('data', (part: string) => {
    text += part;
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    ended ??= Date.now() - begun;
  });
  if (words !== '') socket.write(words);
  open.add(socket);
  return { socket, said: () => text, endedAfter: () => ended };
}

/** One byte a time, as long as the other side listens. */
export function drip({ socket }: Stranger, everyMs: number): void {
  const dripping = setInterval(() => socket.write('x'), everyMs);
  socket.on('close', () => clearInterval(dripping));
}

export function sendStrangersAway(): void {
  for (const socket of open) socket.destroy();
  open.clear();
}
