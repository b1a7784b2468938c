/** Our own keys on the administrator's page: what they are, and how they change (KEY-1). */
import type { Signing } from '#src/engine/deps.ts';
import { keysLine, ownStatements, type StatementSigner, stateKeys, takeIntoUse } from '#src/engine/own-keys.ts';
import { sendTo } from '#src/engine/routing.ts';
import { type TowardEach, toEach } from '#src/engine/to-each.ts';
import type { Clock } from '#src/ports/clock.ts';
import type { Database, Tx } from '#src/ports/database.ts';
import type { PublicKeyOf, RecoveryKeys, Sealer } from '#src/ports/keyring.ts';
import type { StoreUnit } from '#src/ports/store.ts';
import type { KeyChange } from '#src/protocol/identity/prepare-statement.ts';
import { type KeptStatements, newest } from '#src/protocol/identity/take-statement.ts';
import type { ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { Announce, Caller, Handlers } from '../../handlers.ts';
import { once } from '../../idempotency.ts';
import { oneAtATime } from '../../one-at-a-time.ts';
import { serviceBriefs } from '../../service-briefs.ts';
import { unreachedServices } from '../../unreached.ts';
import type { KeysView, keys } from '../contract.ts';
import { keyViews } from './views.ts';

export interface OwnKeysDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly signing: Pick<Signing, 'keyring' | 'primitives' | 'onFault'>;
  readonly recoveryKeys: RecoveryKeys;
  readonly sealer: Sealer;
  readonly announce: Announce;
  wake(peer: ServiceId): void;
}

type OwnKeyRoutes = Pick<
  Handlers<typeof keys>,
  'getKeys' | 'makeRecoveryKey' | 'rotateSigningKey' | 'rotateSealingKey' | 'recoverKeys'
>;

const keysUnreached = 'keys.undeliverable';

/** What changes, and who signs for it. */
interface Wanted {
  readonly change: KeyChange;
  readonly signer: StatementSigner;
}

export function ownKeyRoutes(deps: OwnKeysDeps): OwnKeyRoutes {
  const { database, signing, recoveryKeys } = deps;
  const { keyring } = signing;
  const self = keyring.identity.service;

  /** What only the engine may write and read of keys, within the officer's transaction. */
  function asNode<T>(tx: Tx, caller: Caller, work: (unit: StoreUnit) => Promise<T>): Promise<T> {
    return database.switchActor(tx, { kind: 'node' }, caller.actor, () => work(database.unit(tx)));
  }

  async function viewOf(tx: Tx, caller: Caller): Promise<KeysView> {
    const [kept, told] = await asNode(tx, caller, async (unit) => [
      await ownStatements(unit, signing),
      await unit.keysTold(),
    ]);
    const now = newest(kept);
    const brief = await serviceBriefs(tx);
    const { added_at } = await tx
      .selectFrom('service')
      .select('added_at')
      .where('id', '=', self)
      .executeTakeFirstOrThrow();
    return {
      keys: keyViews(kept, added_at.getTime()),
      version: now.version,
      recoveryKey: now.recovery?.id ?? null,
      unconfirmed:
        now.version === 1
          ? []
          : told.filter(({ version }) => version < now.version).map(({ service }) => brief(service)),
      unreached: await unreachedServices(tx, { act: keysUnreached, record: null, hash: now.hash }, brief),
      keysKept: keyring.keys().filter(({ id, use }) => use === 'sealing' && id !== now.sealing.id).length,
    };
  }

  /** States one change, takes it into use once it is committed, and has every partner told. */
  async function change(
    caller: Caller,
    input: { readonly body: { readonly reason: string } },
    made: readonly PublicKeyOf[],
    changeOf: (kept: KeptStatements) => Wanted | Refusal,
  ): Promise<KeysView | Refusal> {
    const at = deps.clock.now();
    let kept: KeptStatements | null = null;
    const here = { at, primitives: signing.primitives, database };
    const view = await database.asActor(caller.actor, (tx) =>
      once(tx, caller, input, here, async () => {
        kept = null;
        // KEY-1: two who change the keys at once would sign two statements under one number.
        await oneAtATime(tx, 'keys.state');
        const after = await asNode(tx, caller, (unit) => state(unit, changeOf, at));
        if (isRefusal(after)) return after;
        kept = after.kept;
        await tellThroughRelays(tx, caller, after.kept, at);
        const line = keysLine(caller.officer.id, after.change, after.statement, input.body.reason, at);
        await database.unit(tx).appendJournal(line);
        return viewOf(tx, caller);
      }),
    );
    // Refused, or done already by the request that this one repeats.
    if (kept === null) for (const { id } of made) await keyring.forget(id);
    else {
      await takeIntoUse(kept, keyring);
      await tellEveryone(caller);
    }
    return isRefusal(view) ? view : database.asActor(caller.actor, (tx) => viewOf(tx, caller));
  }

  async function state(unit: StoreUnit, changeOf: (kept: KeptStatements) => Wanted | Refusal, at: UnixMs) {
    const wanted = changeOf(await ownStatements(unit, signing));
    if (isRefusal(wanted)) return wanted;
    const statement = await stateKeys(unit, wanted.change, wanted.signer, at, signing);
    if (isRefusal(statement)) return statement;
    return { statement, change: wanted.change, kept: await ownStatements(unit, signing) };
  }

  /** Services that know us only through others hear of it by letter: every statement, for they may have missed some. */
  async function tellThroughRelays(tx: Tx, caller: Caller, { chain }: KeptStatements, at: UnixMs): Promise<void> {
    const [, ...statements] = chain;
    const messages = statements.map(({ jws }) => ({ type: 'keys', statement: jws }) as const);
    const others = await tx
      .selectFrom('service')
      .select('id')
      .where('is_self', '=', false)
      .where('confirmed_at', 'is', null)
      .where('revoked_at', 'is', null)
      .execute();
    const toward: TowardEach<{ readonly id: ServiceId }> = {
      serviceOf: ({ id }) => id,
      async give(unit, { id }) {
        const way = await sendTo(unit, id, messages, { keyring, sealer: deps.sealer, at });
        // Where no way leads, nobody holds anything of ours: they learn it from our card when they meet us.
        return isRefusal(way) && way.code !== 'no-way-to-service' ? way : [];
      },
      unreached: keysUnreached,
      about: { id: null, hash: newest({ chain }).hash },
    };
    await asNode(tx, caller, (unit) => toEach(unit, others, toward, { ...signing, at }));
  }

  async function tellEveryone(caller: Caller): Promise<void> {
    const partners = await database.asActor(caller.actor, (tx) =>
      tx.selectFrom('service').select('id').where('is_self', '=', false).where('revoked_at', 'is', null).execute(),
    );
    for (const { id } of partners) deps.wake(id);
    deps.announce('partners');
  }

  /** The signing key of the newest statement; the keyring holds it, or the node would not have started. */
  function currentSigner(kept: KeptStatements): StatementSigner {
    const id = newest(kept).signing[0]?.id ?? '';
    return { id, sign: (bytes) => keyring.sign(bytes, id) };
  }

  return {
    async getKeys(_input, caller) {
      return database.asActor(caller.actor, (tx) => viewOf(tx, caller));
    },

    async makeRecoveryKey(_input, caller) {
      const { secret, ...recovery } = recoveryKeys.make();
      // Its secret is told once and kept nowhere: asked again with the same key, it is another recovery key.
      const { idempotencyKey: _, ...asker } = caller;
      const view = await change(asker, { body: { reason: 'recovery key made' } }, [], (kept) => ({
        change: { recovery },
        signer: currentSigner(kept),
      }));
      // Told once, to whoever made it: from here on only paper has it.
      return isRefusal(view) ? view : { id: recovery.id, secret };
    },

    async rotateSigningKey(input, caller) {
      const fresh = await keyring.make('signing');
      return change(caller, input, [fresh], (kept) => ({
        change: { signing: fresh },
        signer: currentSigner(kept),
      }));
    },

    async rotateSealingKey(input, caller) {
      const fresh = await keyring.make('sealing');
      return change(caller, input, [fresh], (kept) => ({
        change: { sealing: fresh },
        signer: currentSigner(kept),
      }));
    },

    async recoverKeys(input, caller) {
      const { body } = input;
      const recovery = recoveryKeys.from(body.secret);
      if (recovery === null) return refuse('recovery-secret-invalid', { at: '/secret' });
      const [signingKey, sealingKey] = [await keyring.make('signing'), await keyring.make('sealing')];
      return change(caller, input, [signingKey, sealingKey], (kept) => {
        const now = newest(kept);
        if (now.recovery === null) return refuse('recovery-key-missing');
        if (now.recovery.id !== recovery.id) return refuse('recovery-secret-invalid', { at: '/secret' });
        const lost = now.signing[0]?.id;
        // Whoever had the one perhaps had the other: what is sealed from now on is sealed to a key of after the loss.
        const changed = { signing: signingKey, sealing: sealingKey, revoke: lost === undefined ? [] : [lost] };
        return { change: changed, signer: recovery };
      });
    },
  };
}
