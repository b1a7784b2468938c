import { createServer } from 'node:net';

/** The first of these ports on which nothing can listen now, or null. */
export async function takenPort(ports: readonly number[], host: string): Promise<number | null> {
  for (const port of ports) if (!(await isFree(port, host))) return port;
  return null;
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
