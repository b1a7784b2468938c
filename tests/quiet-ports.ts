import { createServer } from 'node:net';

/**
 * The first of `count` ports in a row that stay free while nobody listens on them: a node that is killed finds its
 * port again. They lie below the range from which systems give any free one to outgoing connections (32,768 and up
 * on Linux, 49,152 and up elsewhere: RFC 6335, section 6).
 */
export async function quietPorts(count: number): Promise<number> {
  for (;;) {
    const first = 20_000 + Math.floor(Math.random() * 12_000);
    const ports = Array.from({ length: count }, (_, at) => first + at);
    if ((await Promise.all(ports.map(isFree))).every(Boolean)) return first;
  }
}

/** Whether somebody could listen on this port of the machine itself now. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
