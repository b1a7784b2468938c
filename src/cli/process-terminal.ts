import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Terminal } from './terminal.ts';

/** The real terminal. */
export function processTerminal(): Terminal {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
  // `tansiq … | head` closes the pipe: that is an end, not a fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  return {
    interactive: process.stdin.isTTY === true && process.stderr.isTTY === true,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    readInput: async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
      return new Uint8Array(Buffer.concat(chunks));
    },
    ask,
    stop: stopping.signal,
  };
}

/** The question goes to standard error, so that standard output stays the answer alone. */
async function ask(question: string, { hidden }: { hidden: boolean }): Promise<string> {
  let silent = false;
  const echo = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (!silent) process.stderr.write(chunk);
      done();
    },
  });
  const lines = createInterface({ input: process.stdin, output: echo, terminal: true });
  const givenUp = new AbortController();
  lines.once('close', () => givenUp.abort());
  lines.once('SIGINT', () => lines.close());
  try {
    const answer = lines.question(question, { signal: givenUp.signal });
    silent = hidden;
    const typed = await answer;
    if (hidden) process.stderr.write('\n');
    return typed;
  } finally {
    lines.close();
  }
}
