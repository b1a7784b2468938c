/** Trust between two services: a card added, a fingerprint compared by voice, an agreement assented to by both (KEY-2, REC-5). */
import type { Signing } from '#src/engine/deps.ts';
import { keepCardKeys } from '#src/engine/kept-keys.ts';
import { readServiceCard, type ServiceCard } from '#src/engine/service-card.ts';
import { takeKeys } from '#src/engine/take-keys.ts';
import { isCardUsable } from '#src/engine/usable-key.ts';
import type { Clock } from '#src/ports/clock.ts';
import type { Database, Tx } from '#src/ports/database.ts';
import type { Sealer } from '#src/ports/keyring.ts';
import type { StoreUnit } from '#src/ports/store.ts';
import { spokenFingerprint } from '#src/protocol/fingerprint.ts';
import type { ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { Announce, Caller, Handlers } from '../../handlers.ts';
import { type Asked, once } from '../../idempotency.ts';
import { refusedPartnerAct } from '../../partner-acts.ts';
import type { PartnerView, partners } from '../contract.ts';
import { agreementRoutes } from './agreements.ts';

export interface PartnerWriteDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly signing: Signing;
  readonly sealer: Sealer;
  readonly announce: Announce;
  wake(peer: ServiceId): void;
  /** Why no partner may be looked for at this address, or null. */
  addressProblem(url: string): Promise<'address-internal' | null>;
  /** The partner page, as `getPartner` gives it. */
  view(tx: Tx, id: ServiceId, caller: Caller): Promise<PartnerView | Refusal>;
}

type WriteRoutes = Omit<Handlers<typeof partners>, 'ownCard' | 'listPartners' | 'getPartner'>;

export function partnerWriteRoutes(deps: PartnerWriteDeps): WriteRoutes {
  const self = deps.signing.keyring.identity.service;

  async function change(
    caller: Caller,
    input: Asked,
    work: (tx: Tx, at: UnixMs) => Promise<ServiceId | Refusal>,
  ): Promise<PartnerView | Refusal> {
    const at = deps.clock.now();
    let changed: ServiceId | null = null;
    const here = { at, primitives: deps.signing.primitives, database: deps.database };
    const view = await deps.database.asActor(caller.actor, (tx) =>
      once(tx, caller, input, here, async () => {
        const partner = await work(tx, at);
        if (isRefusal(partner)) return partner;
        changed = partner;
        return deps.view(tx, partner, caller);
      }),
    );
    if (changed !== null) deps.wake(changed);
    deps.announce('partners');
    deps.announce('inbox');
    return view;
  }

  return {
    ...agreementRoutes({ ...deps, self, change }),

    async addPartner(input, caller) {
      const { body } = input;
      const named = readServiceCard(body.card, deps.signing.primitives);
      // Not within a transaction: a name may be asked for far away.
      const problem = isRefusal(named) || named.url === null ? null : await deps.addressProblem(named.url);
      if (problem !== null) return refuse(problem, { at: '/card' });
      return change(caller, input, async (tx, at) => {
        const card = readServiceCard(body.card, deps.signing.primitives);
        if (isRefusal(card)) return card;
        if (card.service === self) return refuse('input-invalid', { at: '/card' });
        if (!(await isCardUsable(card, deps.sealer))) return refuse('record-body-invalid', { at: '/sealingKey' });
        const isNew = await addService(tx, card, at);
        await journal(tx, caller, 'partner.added', card.service, at);
        const keys = await deps.database.switchActor(tx, { kind: 'node' }, caller.actor, () =>
          cardKeys(deps.database.unit(tx), card, isNew, at),
        );
        return keys ?? card.service;
      });
    },

    async confirmPartner(input, caller) {
      const { params, body } = input;
      if (params.id === self) return refuse('not-found');
      const digits = body.spoken.replace(/\D/g, '');
      if (digits !== spokenFingerprint(params.id).replace(/\D/g, '')) {
        const at = deps.clock.now();
        await deps.database.asActor(caller.actor, (tx) => journal(tx, caller, 'partner.mismatch', params.id, at));
        return refuse('fingerprint-mismatch', { at: '/spoken' });
      }
      return change(caller, input, async (tx, at) => {
        const refused = await refusedPartnerAct(tx, 'confirm', params.id, caller.officer.role);
        if (refused !== null) return refused;
        const confirmed = await tx
          .updateTable('service')
          .set({ confirmed_at: new Date(at), confirmed_by: caller.officer.id })
          .where('id', '=', params.id)
          .where('confirmed_at', 'is', null)
          .where('revoked_at', 'is', null)
          .returning('id')
          .executeTakeFirst();
        if (confirmed) await journal(tx, caller, 'partner.confirmed', params.id, at);
        return params.id;
      });
    },
  };

  /** KEY-1: a newer card of a partner that is known already brings what it has stated of its keys since. */
  async function cardKeys(unit: StoreUnit, card: ServiceCard, isNew: boolean, at: UnixMs): Promise<Refusal | null> {
    if (isNew) await keepCardKeys(unit, card, at);
    else {
      for (const { jws } of card.statements) {
        const taken = await takeKeys(unit, jws, { ...deps.signing, sealer: deps.sealer }, at);
        if (isRefusal(taken)) return taken;
      }
    }
    return null;
  }

  /** False where the service was known already. */
  async function addService(tx: Tx, card: ServiceCard, at: UnixMs): Promise<boolean> {
    const taken = await tx
      .selectFrom('service')
      .select('id')
      .where('code', '=', card.code)
      .where('id', '!=', card.service)
      .executeTakeFirst();
    const { numInsertedOrUpdatedRows = 0n } = await tx
      .insertInto('service')
      .values({
        id: card.service,
        is_self: false,
        // Codes are for display; two services that call themselves alike are told apart by their fingerprint.
        code: taken ? `${card.code}-${card.service.slice(0, 6)}` : card.code,
        names: JSON.stringify(card.names),
        url: card.url,
        inception_key: card.inceptionKey,
        signing_keys: JSON.stringify(card.signingKeys),
        sealing_key_id: card.sealingKey.id,
        sealing_key: card.sealingKey.publicKey,
        card: card.text,
        added_at: new Date(at),
        confirmed_at: null,
        confirmed_by: null,
        revoked_at: null,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows > 0n;
  }

  async function journal(tx: Tx, caller: Caller, act: string, service: ServiceId, at: UnixMs): Promise<void> {
    await deps.database.unit(tx).appendJournal({
      at,
      actorKind: 'officer',
      actor: caller.officer.id,
      act,
      record: null,
      hash: null,
      service,
      reason: null,
    });
  }
}
