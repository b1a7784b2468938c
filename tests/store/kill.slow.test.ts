import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, it } from 'vitest';
import { serviceOf } from '#src/ports/store-under-test.contract.ts';
import { party } from '#tests/record/parties.ts';
import { postgresUnderTest } from './postgres-under-test.ts';

const root = mkdtempSync(join(tmpdir(), 'tansiq-kill-'));
const home = join(root, 'home');
const peer = party('sender').id;
const kills = 20;
const running = new Set<ChildProcess>();

afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await rm(root, { recursive: true, force: true });
});

interface Held {
  readonly batches: readonly { readonly sequence: number; readonly hash: string }[];
  readonly whole: readonly string[];
}

/**
 * Starts the receiver and kills it at a random moment after `batches` more: at once when 0. What it held when it began,
 * and what it acknowledged since.
 */
async function receiveAndKill(batches: number): Promise<{ held: Held; acknowledged: Map<number, string> }> {
  const child = spawn(process.execPath, ['tests/store/kill-receiver.ts', home, peer], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  const exited = once(child, 'exit');
  let held: Held | null = null;
  const acknowledged = new Map<number, string>();
  const kill = () => setTimeout(() => child.kill('SIGKILL'), Math.random() * 30);
  for await (const line of createInterface({ input: child.stdout })) {
    if (held === null) {
      held = JSON.parse(line) as Held;
      if (batches === 0) kill();
      continue;
    }
    // A line that the kill cut in half acknowledged nothing to anybody
    const [, sequence, hash] = /^stored (\d+) ([\w-]{43})$/.exec(line) ?? [];
    if (!sequence || !hash) continue;
    acknowledged.set(Number(sequence), hash);
    if (acknowledged.size === batches) kill();
  }
  const [, signal] = (await exited) as [number | null, string | null];
  running.delete(child);
  expect(signal).toBe('SIGKILL');
  if (held === null) throw new Error('the receiver did not open the store');
  return { held, acknowledged };
}

it('[EXC-3] killed twenty times while receiving, it opens again and holds everything that it acknowledged', async () => {
  const setUp = await postgresUnderTest({ home });
  await setUp.addService(serviceOf('sender', { id: peer }));
  await setUp.close();

  const acknowledged = new Map<number, string>();
  // The last start only tells what is held
  for (let start = 0; start <= kills; start++) {
    const run = await receiveAndKill(start === kills ? 0 : Math.floor(Math.random() * 12));
    const batches = new Map(run.held.batches.map(({ sequence, hash }) => [sequence, hash]));
    for (const [sequence, hash] of acknowledged) expect(batches.get(sequence), `batch ${sequence}`).toBe(hash);
    // A unit is there whole or not at all, and no sequence was skipped
    expect([...run.held.whole].sort()).toEqual([...batches.values()].sort());
    expect([...batches.keys()]).toEqual(Array.from(batches.keys(), (_, i) => i + 1));
    for (const [sequence, hash] of run.acknowledged) acknowledged.set(sequence, hash);
  }
  // Else the kills fell beside the writes and proved little
  expect(acknowledged.size).toBeGreaterThan(kills);
}, 600_000);
