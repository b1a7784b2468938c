import { describe, expect, it } from 'vitest';
import type { PermissionStanding } from '#src/protocol/admission/permission.ts';
import { base64url } from '#src/protocol/encoding.ts';
import { party } from '#tests/record/parties.ts';
import type { VouchedCard } from './store-onward.ts';
import { newRecord } from './store-records.contract.ts';
import { newPeer, type StoreUnderTest, serviceOf } from './store-under-test.contract.ts';

let cards = 0;

/** The words of `store-onward.ts` as tests. */
export function onwardContract(under: () => StoreUnderTest): void {
  const origin = party('origin of what goes onward');
  const addOrigin = () => under().addService(serviceOf('onward', { id: origin.id }));
  const cardOf = (code: string): VouchedCard => ({
    id: `id-vouched-${++cards}`,
    code,
    names: { ar: 'أ', fr: 'a', en: 'a' },
    inceptionKey: new Uint8Array(32),
    signingKeys: { key: base64url(new Uint8Array(32).fill(7)) },
    sealingKey: { id: 'sealing', publicKey: new Uint8Array(1_216).fill(9) },
    url: null,
    text: `card ${cards}`,
  });

  describe('[KEY-2] services known through another', () => {
    it('are kept once, as vouched for, and sign; no partner becomes one, and none a partner', async () => {
      const peer = await newPeer(under());
      const card = cardOf('vouched');
      await under().store.unit(async (unit) => {
        expect(await unit.vouchFor(card, peer, 1)).toBe(true);
        expect(await unit.vouchFor({ ...card, text: 'another' }, peer, 2)).toBe(false);
        expect(await unit.vouchFor({ ...card, id: peer }, peer, 2)).toBe(false);
        const known = { id: card.id, confirmed: false, revoked: false, vouchedBy: peer, sealingKey: card.sealingKey };
        expect(await unit.knownService(card.id)).toMatchObject(known);
        expect(await unit.knownService(peer)).toMatchObject({ confirmed: true, vouchedBy: null });
        expect((await unit.knownService(card.id))?.signingKeys['key']).toEqual(new Uint8Array(32).fill(7));
        expect(await unit.card(card.id)).toBe(card.text);
        expect(await unit.vouchedCount(peer)).toBe(1);
        const signers = (await unit.signers()).map(({ id }) => id);
        expect(signers).toEqual(expect.arrayContaining([card.id, peer]));
        expect((await unit.partners()).map(({ id }) => id)).not.toContain(card.id);
      });
    });

    it('may call themselves as another does, and are told apart', async () => {
      const peer = await newPeer(under());
      const taken = (await under().store.unit((unit) => unit.knownService(peer)))?.code ?? '';
      const card = cardOf(taken);
      await under().store.unit((unit) => unit.vouchFor(card, peer, 1));
      const known = await under().store.unit((unit) => unit.knownService(card.id));
      expect(known?.code).toBe(`${taken}-${card.id.slice(0, 6)}`);
    });

    it('sign no more once they are revoked, nor do the unconfirmed', async () => {
      const revoked = await newPeer(under(), { revoked: true });
      const unconfirmed = await newPeer(under(), { confirmed: false });
      const signers = (await under().store.unit((unit) => unit.signers())).map(({ id }) => id);
      expect(signers).not.toContain(revoked);
      expect(signers).not.toContain(unconfirmed);
    });
  });

  describe('[EXC-5] ways', () => {
    it('are what holders hold through whom, and from whom records came', async () => {
      await addOrigin();
      const [relay, other, holder] = [await newPeer(under()), await newPeer(under()), await newPeer(under())];
      const [first, second] = [newRecord(origin), newRecord(origin)];
      const held = { holder, digests: [] };
      await under().store.unit(async (unit) => {
        await unit.putRecord(first, relay, 1);
        await unit.putRecord(second, other, 2);
        // What is held already came by the first way.
        await unit.putRecord(first, other, 3);
        expect(await unit.gaveTo(holder, origin.id)).toBe(false);
        await unit.putHolder({ record: first.id, hash: first.hash, via: relay, ...held }, 'granted', 1);
        expect(await unit.gaveTo(holder, origin.id)).toBe(false);
        await unit.putHolder({ record: second.id, hash: second.hash, via: null, ...held }, 'granted', 2);
        expect(await unit.sourcesOf(origin.id)).toEqual([other, relay]);
        expect(await unit.viasOf(holder)).toEqual([relay]);
        expect(await unit.viasOf(relay)).toEqual([]);
        expect(await unit.gaveTo(holder, origin.id)).toBe(true);
        expect(await unit.gaveFrom(holder, other)).toBe(true);
        expect(await unit.gaveFrom(holder, relay)).toBe(false);
        expect(await unit.gaveTo(relay, origin.id)).toBe(false);
      });
    });

    it('[REL-3] a weaker word takes back no stronger one, and a relay’s nothing that was given directly', async () => {
      await addOrigin();
      const [relay, holder, direct] = [await newPeer(under()), await newPeer(under()), await newPeer(under())];
      const record = newRecord(origin);
      const of = (who: string, via: string | null) => {
        return { record: record.id, hash: record.hash, holder: who, via, digests: [] };
      };
      await under().store.unit(async (unit) => {
        await unit.putRecord(record, null, 1);
        for (const state of ['granted', 'reported', 'granted'] as const) {
          await unit.putHolder(of(holder, relay), state, 1);
        }
        await unit.putHolder(of(direct, null), 'granted', 1);
        await unit.putHolder(of(direct, relay), 'reported', 2);
      });
      const states = async () =>
        (await under().store.unit((unit) => unit.holdings(record.id)))
          .map(({ holder: who, via, state }) => [who, via, state])
          .sort();
      expect(await states()).toEqual(
        [
          [holder, relay, 'reported'],
          [direct, null, 'granted'],
        ].sort(),
      );
      await under().store.unit(async (unit) => {
        await unit.putHolder(of(holder, relay), 'confirmed', 3);
        await unit.putHolder(of(holder, relay), 'reported', 4);
      });
      expect(await states()).toContainEqual([holder, relay, 'confirmed']);
    });

    it('carry each letter once', async () => {
      const carried = () => under().store.unit((unit) => unit.carryOnce('hash of a letter', 1));
      expect(await carried()).toBe(true);
      expect(await carried()).toBe(false);
    });
  });

  describe('[PRM-1] permissions', () => {
    const about = newRecord(origin);
    const paper = newRecord(origin);
    const given: PermissionStanding = {
      permission: paper.id,
      hash: paper.hash,
      revision: 1,
      origin: origin.id,
      use: 'onward',
      decision: 'granted',
      grantee: 'grantee',
      onwardTo: 'recipient',
      about: { record: about.id, hash: about.hash },
      digests: ['a', 'b'],
      portions: [0, 2],
      purpose: null,
      validUntil: '2026-12-31',
      request: about.id,
    };

    it('stand as their newest revision has them, and no older one comes back', async () => {
      await addOrigin();
      const revoked = {
        ...given,
        revision: 2,
        decision: 'revoked' as const,
        digests: [],
        portions: null,
        validUntil: null,
      };
      await under().store.unit(async (unit) => {
        for (const record of [about, paper]) await unit.putRecord(record, null, 1);
        await unit.putPermission(given, 1);
        expect(await unit.permissionsAbout(about.id)).toEqual([given]);
        expect(await unit.permissionsAbout(paper.id)).toEqual([]);
        await unit.putPermission(revoked, 2);
        await unit.putPermission(given, 3);
        expect(await unit.permissionsAbout(about.id)).toEqual([revoked]);
        // Given by another: none of ours to revoke.
        expect(await unit.permissionsNaming('grantee')).toEqual([]);
      });
    });

    it('[REC-1] are those of the origin of what they are about, where that is held', async () => {
      await addOrigin();
      const [held, other] = [newRecord(origin), newRecord(origin)];
      const stranger = await newPeer(under());
      const foreign = { ...given, permission: other.id, hash: other.hash, origin: stranger };
      const about2 = { record: held.id, hash: held.hash };
      await under().store.unit(async (unit) => {
        for (const record of [held, other]) await unit.putRecord(record, null, 1);
        await unit.putPermission({ ...foreign, about: about2 }, 1);
        expect(await unit.permissionsAbout(held.id)).toHaveLength(1);
        const { id, kind, hash, revision } = held;
        await unit.setHead({ record: id, origin: origin.id, kind, hash, revision, state: 'active' }, 1);
        expect(await unit.permissionsAbout(held.id)).toEqual([]);
      });
    });

    it('[ACC-08] every condition of a revision is told, its portions’ too', async () => {
      await addOrigin();
      const [h1, h2] = [
        { code: 'H1', originator: origin.id },
        { code: 'H2', originator: origin.id },
      ] as const;
      const marking = { level: 1, compartments: [], handling: [h1], releasableTo: 'any' } as const;
      const portions = [{ text: 'x', nature: 'fact', marking: { ...marking, handling: [h1, h2] } }] as const;
      const record = newRecord(origin, { marking, portions });
      await under().store.unit(async (unit) => {
        await unit.putRecord(record, null, 1);
        const codes = (await unit.handlingOf(record.hash)).map(({ code }) => code);
        expect(new Set(codes)).toEqual(new Set(['H1', 'H2']));
        expect(await unit.handlingOf('unknown')).toEqual([]);
      });
    });
  });
}
