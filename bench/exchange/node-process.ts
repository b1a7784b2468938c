/** One node of the measurement in a process of its own: the real engine, store, keys and HTTP, without the screens. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import Fastify from 'fastify';
import { createFileKeyring } from '#src/adapters/file-keyring.ts';
import { hpkeSealer } from '#src/adapters/hpke-sealer.ts';
import { httpTransport } from '#src/adapters/http-transport.ts';
import { reachOf } from '#src/adapters/networks.ts';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { openPostgres, type PostgresOptions } from '#src/adapters/postgres/index.ts';
import { systemClock } from '#src/adapters/system-clock.ts';
import { createEngine } from '#src/engine/engine.ts';
import { readServiceCard, type ServiceCard } from '#src/engine/service-card.ts';
import type { Transport } from '#src/ports/transport.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { envelopeContentType, exchangePath } from '#src/server/exchange-route.ts';
import type { Order, Reply } from './orders.ts';
import { queueReports } from './reports.ts';
import { agree, confirmedThrough, makeOwnCard, meet } from './trust.ts';

const [home = '', messagesPerBatch, databaseUrl, ownerUrl] = process.argv.slice(2);
const where: PostgresOptions =
  databaseUrl === undefined
    ? { home: join(home, 'database') }
    : { url: databaseUrl, ...(ownerUrl !== undefined && { ownerUrl }) };

const { database, store } = await openPostgres(where);
const keyring = await createFileKeyring(join(home, 'keys'));
const signing = { keyring, primitives: nodePrimitives, randomBytes: (length: number) => randomBytes(length) };
const transport = httpTransport(reachOf(['127.0.0.0/8']));
let sentBytes = 0;
const countingTransport: Transport = {
  deliver(target, envelope, signal) {
    sentBytes += envelope.length;
    return transport.deliver(target, envelope, signal);
  },
};
const engine = createEngine({
  ...signing,
  store,
  sealer: hpkeSealer,
  transport: countingTransport,
  clock: systemClock,
  messagesPerBatch: Number(messagesPerBatch),
  onFault: (error) => console.error(error),
});

const door = Fastify({ bodyLimit: 16 * 1024 * 1024 });
door.addContentTypeParser(envelopeContentType, { parseAs: 'buffer' }, async (_: unknown, body: Buffer) => body);
door.post<{ Body: Buffer }>(exchangePath, async ({ body }, reply) => {
  const received = await engine.receive(body);
  if (isRefusal(received)) throw new Error(`refused: ${received.code}`);
  return reply.type(envelopeContentType).send(Buffer.from(received.answer));
});
const url = await door.listen({ host: '127.0.0.1', port: 0 });
const card = await makeOwnCard(database, url, signing);
let partner: ServiceCard | null = null;

async function carryOut(order: Order): Promise<Reply> {
  switch (order.do) {
    case 'introduce':
      return { card: card.text };
    case 'meet': {
      const read = readServiceCard(order.card, nodePrimitives);
      if (isRefusal(read)) throw new Error(`the card was refused: ${read.code}`);
      partner = read;
      await meet(database, read);
      await agree(database, card.service, read.service, signing);
      return {};
    }
    case 'queue': {
      const queued = await queueReports(store, known(), order.records, signing);
      engine.wake(known().service);
      return queued;
    }
    case 'start':
      await engine.start();
      return {};
    case 'progress':
      return { progress: { ...(await confirmedThrough(database, order.since)), sentBytes } };
    case 'pause':
      await engine.stop();
      return {};
    case 'stop':
      await engine.stop();
      await door.close();
      await store.close();
      return {};
  }
}

function known(): ServiceCard {
  if (partner === null) throw new Error('there is no partner yet');
  return partner;
}

process.on('message', (order: Order) => {
  carryOut(order).then(
    (reply) => process.send?.({ of: order.id, reply }),
    (error: unknown) => process.send?.({ of: order.id, failed: error instanceof Error ? error.stack : String(error) }),
  );
});
process.send?.({ of: 0, reply: {} });
