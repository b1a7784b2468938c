import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchNode } from './node.ts';
import type { Progress } from './orders.ts';

export interface Measured {
  readonly records: number;
  readonly recordsPerSecond: number;
  /** Of one record's copy, and of what went over the network for it: envelopes with their headers, not the receipts. */
  readonly recordBytes: number;
  readonly sentBytes: number;
  readonly receiptMsP50: number;
  readonly receiptMsP99: number;
}

const patienceMs = 600_000;

/** Two nodes that know each other, with an agreement in force. */
export async function befriend(one: BenchNode, other: BenchNode): Promise<void> {
  const [ours, theirs] = [await one.ask({ do: 'introduce' }), await other.ask({ do: 'introduce' })];
  await one.ask({ do: 'meet', card: theirs.card ?? '' });
  await other.ask({ do: 'meet', card: ours.card ?? '' });
}

/**
 * Records that wait at one node, signed and released, until the last receipt of the other: formed, signed, sealed, sent,
 * opened, verified, admitted, stored durably on both sides.
 */
export async function drain(from: BenchNode, records: number): Promise<Measured> {
  const since = Date.now();
  const { recordBytes = 0 } = await from.ask({ do: 'queue', records });
  const sentBefore = (await progressOf(from, since)).sentBytes;
  const start = performance.now();
  await from.ask({ do: 'start' });
  const { receipts, sentBytes } = await untilReceipted(from, since);
  const seconds = (performance.now() - start) / 1_000;
  await from.ask({ do: 'pause' });
  const recordsPerSecond = records / seconds;
  return {
    records,
    recordsPerSecond,
    recordBytes,
    sentBytes: (sentBytes - sentBefore) / records,
    ...quantiles(receipts),
  };
}

/** One record at a time, each after the receipt of the one before: what an officer who sends one lead waits for. */
export async function oneByOne(from: BenchNode, records: number): Promise<Measured> {
  const all: number[] = [];
  let recordBytes = 0;
  await from.ask({ do: 'start' });
  const sentBefore = (await progressOf(from, Date.now())).sentBytes;
  let sent = 0;
  const start = performance.now();
  for (let nth = 0; nth < records; nth++) {
    const since = Date.now();
    recordBytes = (await from.ask({ do: 'queue', records: 1 })).recordBytes ?? 0;
    const { receipts, sentBytes } = await untilReceipted(from, since);
    all.push(...receipts);
    sent = sentBytes - sentBefore;
  }
  const seconds = (performance.now() - start) / 1_000;
  return { records, recordsPerSecond: records / seconds, recordBytes, sentBytes: sent / records, ...quantiles(all) };
}

async function untilReceipted(from: BenchNode, since: number): Promise<Progress> {
  for (let waiting = 1, end = Date.now() + patienceMs; Date.now() < end; await sleep(waiting > 1 ? 100 : 2)) {
    const progress = await progressOf(from, since);
    waiting = progress.waiting;
    if (waiting === 0) return progress;
  }
  throw new Error('the receipts did not come');
}

async function progressOf(from: BenchNode, since: number): Promise<Progress> {
  const { progress } = await from.ask({ do: 'progress', since });
  if (!progress) throw new Error('the node does not say how far it is');
  return progress;
}

function quantiles(values: readonly number[]) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { receiptMsP50: at(0.5), receiptMsP99: at(0.99) };
}
