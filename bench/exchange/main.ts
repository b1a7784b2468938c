/**
 * `npm run bench -- exchange`: records per second from one node to another, sealed, signed, durable on both sides, as a
 * ratio to what this machine can do at all, measured in the same run. Ends with an error when a ratio falls below its budget.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { PostgresOptions } from '#src/adapters/postgres/index.ts';
import { exchangeLimits } from '#src/protocol/exchange/state.ts';
import { findPostgres, startPostgresCluster } from '#tests/postgres-cluster.ts';
import { budgets } from '../budgets.ts';
import { commitsPerSecond, signaturesPerSecond } from './limits.ts';
import { befriend, drain, oneByOne } from './measure.ts';
import { BenchNode } from './node.ts';

const { values } = parseArgs({
  options: {
    database: { type: 'string', default: 'both' },
    records: { type: 'string', default: '5000' },
    batch: { type: 'string', default: '100' },
  },
});
const records = Number(values.records);
const perBatch = Number(values.batch);
if (!(perBatch >= 1 && perBatch <= exchangeLimits.messagesPerBatchMax)) throw new Error('--batch: 1 to 200');
const warmUp = 600;

interface Place {
  next(): Promise<{ args: string[]; options: PostgresOptions }>;
  close(): Promise<void>;
}

async function embeddedPlace(): Promise<Place> {
  const root = await mkdtemp(join(tmpdir(), 'tansiq-bench-'));
  let nth = 0;
  return {
    async next() {
      const home = join(root, `node-${++nth}`);
      return { args: [home, values.batch], options: { home: join(home, 'database') } };
    },
    close: () => rm(root, { recursive: true, force: true }),
  };
}

async function serverPlace(): Promise<Place> {
  const root = await mkdtemp(join(tmpdir(), 'tansiq-bench-'));
  const cluster = await startPostgresCluster();
  let nth = 0;
  return {
    async next() {
      const { url, ownerUrl } = await cluster.createDatabase('socket');
      return { args: [join(root, `node-${++nth}`), values.batch, url, ownerUrl], options: { url, ownerUrl } };
    },
    async close() {
      await cluster.stop();
      await rm(root, { recursive: true, force: true });
    },
  };
}

async function measureOn(name: 'embedded' | 'server', place: Place): Promise<boolean> {
  const { options } = await place.next();
  const commits = await commitsPerSecond(options);
  const [one, other] = [
    await BenchNode.start((await place.next()).args),
    await BenchNode.start((await place.next()).args),
  ];
  await befriend(one, other);
  await other.ask({ do: 'start' });
  // Processes that run for days are measured, not their first seconds
  await drain(one, warmUp);
  const many = await drain(one, records);
  const single = await oneByOne(one, Math.min(200, records));
  await Promise.all([one.stop(), other.stop()]);

  const signatures = await signaturesPerSecond(many.recordBytes);
  const limit = Math.min(commits, signatures);
  const ratio = (perSecond: number) => perSecond / limit;
  const line = (what: string, value: string) => console.log(`  ${what.padEnd(46)} ${value}`);
  console.log(`\n${name === 'embedded' ? 'embedded database' : 'PostgreSQL server'}`);
  line('limit: durable single-row commits', `${commits.toFixed(0)} /s`);
  line('limit: Ed25519 sign and verify', `${signatures.toFixed(0)} /s`);
  line(`${many.records} records waiting, ${perBatch} in a batch`, `${many.recordsPerSecond.toFixed(0)} /s`);
  line('  as a ratio to the slower limit', ratio(many.recordsPerSecond).toFixed(2));
  line('  1.8 million records would take', `${(1_800_000 / many.recordsPerSecond / 60).toFixed(0)} min`);
  line(`  bytes sent for each record of ${many.recordBytes} bytes`, many.sentBytes.toFixed(0));
  line('one record at a time', `${single.recordsPerSecond.toFixed(0)} /s`);
  line('  as a ratio to the slower limit', ratio(single.recordsPerSecond).toFixed(2));
  line('  bytes sent for each record', single.sentBytes.toFixed(0));
  line('  to its receipt, p50 and p99', `${single.receiptMsP50.toFixed(0)} ms, ${single.receiptMsP99.toFixed(0)} ms`);
  const budget = budgets.exchange[name];
  const kept = ratio(many.recordsPerSecond) >= budget;
  if (!kept) console.log(`  BELOW ITS BUDGET of ${budget}`);
  return kept;
}

let kept = true;
for (const name of ['embedded', 'server'] as const) {
  if (values.database !== 'both' && values.database !== name) continue;
  const found = findPostgres();
  if (name === 'server' && 'missing' in found) {
    console.log(`\nPostgreSQL server: skipped, ${found.missing}`);
    continue;
  }
  const place = name === 'embedded' ? await embeddedPlace() : await serverPlace();
  try {
    kept = (await measureOn(name, place)) && kept;
  } finally {
    await place.close();
  }
}
process.exitCode = kept ? 0 : 1;
