/** Composition root of one node: the only place, beside the command line, where adapters are chosen. */
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { argon2id } from '#src/adapters/argon2id.ts';
import { fileSentinel } from '#src/adapters/file-sentinel.ts';
import { hpkeSealer } from '#src/adapters/hpke-sealer.ts';
import { addressProblem, httpTransport } from '#src/adapters/http-transport.ts';
import { reachOf } from '#src/adapters/networks.ts';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { openPostgres } from '#src/adapters/postgres/index.ts';
import { recoveryKeys } from '#src/adapters/recovery-key.ts';
import { type SettableClock, settableClock } from '#src/adapters/settable-clock.ts';
import { systemClock } from '#src/adapters/system-clock.ts';
import { createEngine, type Engine } from '#src/engine/engine.ts';
import { sweepOldKeys } from '#src/engine/forget-keys.ts';
import { forgetUnnamedKeys, settleOwnKeys, takeIntoUse } from '#src/engine/own-keys.ts';
import { partnerView } from '#src/features/partners/server/partner-view.ts';
import { type OwnService, ownService } from '#src/features/service-briefs.ts';
import { signInReadyMade } from '#src/features/session/server/sign-in.ts';
import { SignInBrake } from '#src/features/session/server/sign-in-brake.ts';
import type { Keyring } from '#src/ports/keyring.ts';
import { createApp } from './app.ts';
import { Connections } from './connections.ts';
import { deviceCookies, deviceSecret } from './device-cookie.ts';
import { logFault } from './errors.ts';
import { serveExchange } from './exchange-route.ts';
import { createGate } from './gate.ts';
import { serveHealth } from './health.ts';
import { listen } from './http.ts';
import { makeKeys, openKeys } from './keys.ts';
import { createLiveHub } from './live-hub.ts';
import { serveLive } from './live-route.ts';
import { trustedProxies } from './network-address.ts';
import { type NodeOptions, partnerNetworksIn, type RunningNode } from './options.ts';
import { PartnerAddresses } from './partner-addresses.ts';
import { servePublicCard } from './public-card.ts';
import { mountEntrance, mountNode } from './routes.ts';
import { builtScreens } from './screens.ts';

export type { NodeOptions, RunningNode } from './options.ts';

/**
 * Starts a node. One without an identity serves its set-up page and nothing else, and begins its work when that is done.
 * Throws where the database or the keys cannot be opened, or the port is taken.
 */
export async function startNode(options: NodeOptions): Promise<RunningNode> {
  await mkdir(options.home, { recursive: true, mode: 0o700 });
  const clock = settableClock(options.clock ?? systemClock);
  const opened = await openPostgres({ ...whereStored(options), clock });
  try {
    return await startOn(opened, clock, options);
  } catch (error) {
    // What did not start holds nothing: the embedded database belongs to one process at a time.
    await opened.database.close();
    throw error;
  }
}

function whereStored({ home, databaseUrl, databaseOwnerUrl }: NodeOptions) {
  if (databaseUrl === undefined) return { home: join(home, 'database') };
  return { url: databaseUrl, ...(databaseOwnerUrl !== undefined && { ownerUrl: databaseOwnerUrl }) };
}

async function startOn(
  { database, store }: Awaited<ReturnType<typeof openPostgres>>,
  clock: SettableClock,
  options: NodeOptions,
): Promise<RunningNode> {
  const sessionClock = options.sessionClock ?? systemClock;
  const hub = createLiveHub();
  const reach = reachOf(options.partnerNetworks ?? partnerNetworksIn(process.env));
  const proxies = trustedProxies(options.trustedProxies ?? []);
  const partners = new PartnerAddresses(() => systemClock.now());
  const connections = new Connections({ proxies, isPartner: (group) => partners.has(group) }, options.patience);
  let self: OwnService | null = await database.asActor({ kind: 'node' }, ownService);
  let engine: Engine | null = null;
  const apps: FastifyInstance[] = [];
  let stopSweeping: (() => void) | null = null;

  const secure = () => self?.url.startsWith('https:') ?? false;
  const devices = deviceCookies(await deviceSecret(options.home), () => sessionClock.now());
  const gate = createGate({ database, sessionClock, secure, sessionEnded: hub.endSession, proxies, devices });
  const shared = {
    database,
    clock,
    sessionClock,
    primitives: nodePrimitives,
    passphrases: argon2id,
    brake: new SignInBrake(),
    endStreams: hub.endOfficer,
    endStreamsOf: hub.endNamed,
    randomBytes: (length: number) => new Uint8Array(randomBytes(length)),
    self: () => self,
    demo: options.demo !== undefined,
    demonstration: options.demo
      ? {
          ...options.demo,
          setClock: clock.set,
          signInAs: (login: string) => signInReadyMade(login, { database, clock, sessionClock }),
        }
      : null,
  };

  async function buildApp(keyring: Keyring | null): Promise<FastifyInstance> {
    const app = await createApp({
      gate,
      secure,
      screens: options.screens ?? builtScreens,
      logLevel: options.logLevel ?? 'warn',
    });
    apps.push(app);
    serveHealth(app, database);
    mountEntrance(app, gate, { ...shared, makeKeyring: () => makeKeys(options), begin });
    if (keyring !== null) await serveOfficersAndPartners(app, keyring);
    await app.ready();
    return app;
  }

  async function serveOfficersAndPartners(app: FastifyInstance, keyring: Keyring): Promise<void> {
    const onFault = (error: unknown) => logFault(app, error);
    const signing = { keyring, primitives: nodePrimitives, randomBytes: shared.randomBytes, onFault };
    const started = createEngine({
      ...signing,
      store,
      sealer: hpkeSealer,
      transport: httpTransport(reach, clock),
      clock,
      // Apart from the database, so that one put back from a backup is noticed.
      sentinel: fileSentinel(join(options.home, 'journal-length')),
    });
    engine = started;
    stopSweeping?.();
    stopSweeping = sweepOldKeys({ ...signing, store, clock });
    started.onChange(hub.announceAll);
    const wake = started.wake;
    mountNode(app, gate, {
      ...shared,
      signing,
      sealer: hpkeSealer,
      announce: hub.announce,
      bundles: started,
      recovery: started,
      recoveryKeys,
      wake,
      addressProblem: addressProblem(reach),
      view: partnerView(clock),
    });
    serveLive(app, gate, hub, (request) => connections.exempt(request.raw));
    await serveExchange(app, { receive: started.receive, partners, proxies, clock }, gate);
    if (options.publicCard ?? shared.demo) servePublicCard(app, database);
  }

  const app = await buildApp(self === null ? null : await settledKeys(await openKeys(options)));
  const door = await listen(app, { host: options.host ?? '127.0.0.1', port: options.port, connections });
  await startEngine();

  /** KEY-1: what a restart interrupted is finished or undone, before anything is signed. */
  async function settledKeys(keyring: Keyring): Promise<Keyring> {
    const deps = { keyring, primitives: nodePrimitives };
    const kept = await store.unit((unit) => settleOwnKeys(unit, deps, clock.now()));
    await takeIntoUse(kept, keyring);
    await forgetUnnamedKeys(kept, keyring);
    return keyring;
  }
  async function begin(keyring: Keyring): Promise<void> {
    self = await database.asActor({ kind: 'node' }, ownService);
    door.serve(await buildApp(keyring));
    await startEngine();
  }
  async function startEngine(): Promise<void> {
    await (engine as Engine | null)?.start();
  }

  return {
    url: door.url,
    async close() {
      hub.close();
      stopSweeping?.();
      await door.close();
      for (const served of apps) await served.close();
      await (engine as Engine | null)?.stop();
      await store.close();
      await database.close();
    },
  };
}
