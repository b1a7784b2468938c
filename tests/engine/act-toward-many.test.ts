/** COR-4, PRM-1: an act toward many stands, whoever of them cannot be sealed or routed to; who and why is said of each. */
import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hpkeSealer } from '#src/adapters/hpke-sealer.ts';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { recoveryKeys } from '#src/adapters/recovery-key.ts';
import { issue, keepOwn } from '#src/engine/issue.ts';
import { revokePermission, signPermission } from '#src/engine/permissions.ts';
import { newRecordId } from '#src/engine/record-id.ts';
import { releaseTo } from '#src/engine/release.ts';
import { remind } from '#src/engine/remind.ts';
import { type Revised, signRevision } from '#src/engine/revise.ts';
import { tellHolders } from '#src/engine/tell-holders.ts';
import { correctionViews } from '#src/features/corrections/server/board.ts';
import type { Caller, SignedInOfficer } from '#src/features/handlers.ts';
import { ownKeyRoutes } from '#src/features/keys/server/own-keys.ts';
import { permissionStanding } from '#src/protocol/admission/permission.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { isRefusal, type Refusal } from '#src/protocol/refusal.ts';
import { type BenchNode, benchNode } from './bench-node.ts';
import { day, type FakePeer, reportBy } from './fake-peer.ts';
import type { Faults } from './faulty-store.ts';

const calm: Faults = () => null;
let faults = calm;
let node: BenchNode;
let near: FakePeer;
let far: FakePeer;
let deaf: FakePeer;
const idOf = ({ keyring }: FakePeer) => keyring.identity.service;

beforeAll(async () => {
  node = await benchNode((word, args) => faults(word, args));
  near = node.peer;
  // Known through `near` alone, and reached through it in letters
  far = await node.addPartner('far', false);
  deaf = await node.addPartner('deaf', false);
  for (const holder of [far, deaf]) {
    await node.database.asActor({ kind: 'node' }, (tx) =>
      tx
        .updateTable('service')
        .set({ vouched_by: idOf(near) })
        .where('id', '=', idOf(holder))
        .execute(),
    );
  }
  await sealingKeyOf(deaf, new Uint8Array(1_216));
});
afterEach(() => {
  faults = calm;
});
afterAll(() => node.close());

/** What was stored before keys were tried, or damaged since. */
const sealingKeyOf = (of: FakePeer, publicKey: Uint8Array) =>
  node.database.asActor({ kind: 'node' }, (tx) =>
    tx.updateTable('service').set({ sealing_key: publicKey }).where('id', '=', idOf(of)).execute(),
  );
const deps = () => ({
  keyring: node.keyring,
  primitives: nodePrimitives,
  sealer: hpkeSealer,
  randomBytes: (length: number) => new Uint8Array(randomBytes(length)),
  at: Date.now(),
});
function must<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Error(`${value.code} at ${value.at}`);
  return value as T;
}
const keep = (record: VerifiedRecord) =>
  node.store.unit((unit) => keepOwn(unit, record, { officer: null, desks: ['liaison'], at: Date.now() }));

/** A report of ours that all three hold, two of them through the first; and its withdrawal, signed and kept. */
async function withdrawn(): Promise<Revised> {
  const report = must(
    await issue({ ...reportBy(node.keyring.identity.service), id: newRecordId(deps(), Date.now()) }, deps()),
  );
  await keep(report);
  const digests = report.disclosures.map(({ digest }) => digest);
  await node.store.unit(async (unit) => {
    for (const [holder, via] of [
      [near, null],
      [deaf, near],
      [far, near],
    ] as const) {
      const copy = { record: report.id, hash: report.hash, holder: idOf(holder), via: via && idOf(via), digests };
      await unit.putHolder(copy, 'confirmed', Date.now());
    }
  });
  const why = { ground: 'factual-error', explanation: 'x', respondBy: day(9) } as const;
  const by = { ...deps(), language: 'fr', desk: 'liaison' } as const;
  const revised = must(await signRevision(report, { change: 'withdrawn' }, why, by));
  await keep(revised.after);
  await keep(revised.correction);
  return revised;
}
const asked = (revised: Revised) =>
  node.store.unit(async (unit) => (await unit.asks(revised.correction.id)).map(({ holder }) => holder).toSorted());
const lines = (act: string, hash: string) =>
  node.database.asActor({ kind: 'node' }, (tx) =>
    tx
      .selectFrom('journal')
      .select(['service', 'reason'])
      .where('act', '=', act)
      .where('record_hash', '=', hash)
      .execute(),
  );

/** What the origin's board shows: of each holder whether it was asked, and why not. */
async function board(revised: Revised) {
  const reader = {
    officer: { role: 'liaison' } as SignedInOfficer,
    self: node.keyring.identity.service,
    today: day(0),
  };
  const [view] = await node.database.asActor({ kind: 'node' }, (tx) =>
    correctionViews(tx, revised.correction.id, reader),
  );
  const codes = { [idOf(near)]: 'near', [idOf(far)]: 'far', [idOf(deaf)]: 'deaf' };
  return Object.fromEntries(
    (view?.board ?? []).map(({ service, askedAt, unreached }) => [codes[service.id], [askedAt !== null, unreached]]),
  );
}

describe('[COR-4] a withdrawal', () => {
  it('reaches whoever can be sealed to, and says of the other why not; sent again, it reaches that one too', async () => {
    const revised = await withdrawn();
    await node.store.unit((unit) => tellHolders(unit, revised, deps()));
    expect(await asked(revised)).toEqual([idOf(near), idOf(far)].toSorted());
    const unreached = { service: idOf(deaf), reason: 'sealing-key-unusable' };
    expect(await lines('correction.undeliverable', revised.correction.hash)).toEqual([unreached]);
    const why = { code: 'sealing-key-unusable', rule: 'KEY-1' };
    expect(await board(revised)).toEqual({ near: [true, null], far: [true, null], deaf: [false, why] });

    await sealingKeyOf(deaf, deaf.keyring.identity.sealingKey.publicKey);
    const again = must(await node.store.unit((unit) => remind(unit, revised.correction.id, deps())));
    expect(again.reminded).toBe(3);
    expect(await asked(revised)).toEqual([idOf(near), idOf(far), idOf(deaf)].toSorted());
    expect(await board(revised)).toMatchObject({ deaf: [true, null] });
    await sealingKeyOf(deaf, new Uint8Array(1_216));
  });

  it('stands where telling one of them brings about a fault, and leaves nothing of what that one was to be told', async () => {
    const revised = await withdrawn();
    await sealingKeyOf(deaf, deaf.keyring.identity.sealingKey.publicKey);
    faults = (word, args) => (word === 'putAsk' && args[1] === idOf(deaf) ? new TypeError('a bug') : null);
    await tellAll(revised);
    expect(await asked(revised)).toEqual([idOf(near), idOf(far)].toSorted());
    const unreached = { service: idOf(deaf), reason: 'message-not-sent' };
    expect(await lines('correction.undeliverable', revised.correction.hash)).toEqual([unreached]);
    await sealingKeyOf(deaf, new Uint8Array(1_216));
  });
});

/** With the store that throws, as the engine has it. */
const tellAll = (revised: Revised) => node.faulty.unit((unit) => tellHolders(unit, revised, deps()));

describe('[PRM-1] a revocation', () => {
  it('stands and reaches the relay where the other that it names cannot be sealed to', async () => {
    const report = must(
      await issue({ ...reportBy(node.keyring.identity.service), id: newRecordId(deps(), Date.now()) }, deps()),
    );
    await keep(report);
    const digests = report.disclosures.map(({ digest }) => digest).toSorted();
    const body = {
      use: 'onward',
      decision: 'granted',
      grantee: idOf(near),
      onwardTo: idOf(deaf),
      digests,
      validUntil: day(90),
    };
    const by = { officer: null, language: 'fr', desk: 'liaison', desks: [] } as const;
    const permission = must(await signPermission(report, null, body, by, deps()));
    await keep(permission);
    const standing = must(permissionStanding(permission));
    await node.store.unit((unit) => unit.putPermission(standing, Date.now()));
    // The way to it leads through whom it holds the record from
    await node.store.unit((unit) =>
      unit.putHolder({ ...standing.about, holder: idOf(deaf), via: idOf(near), digests }, 'confirmed', Date.now()),
    );
    const done = await node.store.unit((unit) => revokePermission(unit, standing, { ground: 'trust-ended' }, deps()));
    expect(done.wake).toEqual([idOf(near)]);
    const [kept] = await node.store.unit((unit) => unit.permissionsAbout(report.id));
    expect(kept?.decision).toBe('revoked');
    const unreached = { service: idOf(deaf), reason: 'sealing-key-unusable' };
    expect(await lines('permission.undeliverable', done.record.hash)).toEqual([unreached]);
  });
});

describe('[REL-2] a release to several', () => {
  it('goes to the others where what one may have cannot be planned, and the board says so of that one', async () => {
    const other = await node.addPartner('other');
    const report = must(
      await issue({ ...reportBy(node.keyring.identity.service), id: newRecordId(deps(), Date.now()) }, deps()),
    );
    await keep(report);
    faults = (word, args) => (word === 'disclosuresFor' && args[0] === idOf(other) ? new TypeError('a bug') : null);
    const self = node.keyring.identity.service;
    const plans = await node.faulty.unit((unit) =>
      releaseTo(unit, report, [idOf(other), idOf(near)], { ...deps(), officer: null, self }),
    );
    expect(plans.map(({ plan }) => isRefusal(plan) && plan.code)).toEqual([
      'message-not-sent',
      'agreement-not-in-force',
    ]);
    const refused = await node.database.asActor({ kind: 'node' }, (tx) =>
      tx.selectFrom('release').select(['recipient', 'refused_code']).where('hash', '=', report.hash).execute(),
    );
    expect(refused).toContainEqual({ recipient: idOf(other), refused_code: 'message-not-sent' });
  });
});

describe('[KEY-1] a rotation', () => {
  it('stands where a service that is told by letter cannot be sealed to, and the page of keys says so', async () => {
    await withdrawn();
    const routes = ownKeyRoutes({
      database: node.database,
      clock: { now: () => Date.now() },
      signing: deps(),
      recoveryKeys,
      sealer: hpkeSealer,
      announce: () => undefined,
      wake: () => undefined,
    });
    // As the node, which the journal takes for who did it: an officer would need a session of his own
    const caller = {
      actor: { kind: 'node' },
      route: { name: 'rotateSealingKey' },
      officer: { id: null, role: 'administrator' },
    } as unknown as Caller;
    const view = must(await routes.rotateSealingKey({ body: { reason: 'yearly' } }, caller, {} as never));
    expect(view.version).toBe(2);
    expect(view.unreached.map(({ service, code }) => [service.id, code])).toEqual([
      [idOf(deaf), 'sealing-key-unusable'],
    ]);
    const { sealingKey } = node.keyring.identity;
    expect(view.keys).toContainEqual(expect.objectContaining({ id: sealingKey.id, use: 'sealing', state: 'current' }));
  });
});
