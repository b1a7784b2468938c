import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Marking } from '#src/protocol/marking/marking.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { openMarking } from '#tests/record/drafts.ts';
import { party } from '#tests/record/parties.ts';
import type { StoredAgreement, StoredRelease } from './store.ts';
import { newRecord, nextRecordId } from './store-records.contract.ts';
import { newPeer, type StoreUnderTest, serviceOf } from './store-under-test.contract.ts';

const self = party('self of the contract');
const noon = Date.parse('2026-06-15T12:00:00Z');

export function releaseContract(under: () => StoreUnderTest): void {
  /** Ourselves, a partner, and one record of ours with portions at levels 1 and 3. */
  async function ground(change: { agreement?: Partial<StoredAgreement>; marking?: Partial<Marking> } = {}) {
    under().setNow(noon);
    await under().addService(serviceOf('self-of-releases', { id: self.id, isSelf: true }));
    const partner = await newPeer(under());
    const marking: Marking = { ...openMarking, level: 1, ...change.marking };
    const record = newRecord(self, {
      marking,
      portions: [
        { text: 'one', nature: 'fact', marking },
        { text: 'three', nature: 'fact', marking: { ...marking, level: 3 } },
      ],
    });
    const agreement: StoredAgreement = {
      record: nextRecordId(),
      hash: record.hash,
      revision: 1,
      partner,
      ceiling: 2,
      compartments: [],
      purposes: ['terrorism-prevention'],
      validFrom: '2026-01-01',
      validUntil: '2026-12-31',
      oversightIncluded: true,
      ourAssentAt: 1_000,
      theirAssentAt: 2_000,
      endedAt: null,
      endedBy: null,
      ...change.agreement,
    };
    await under().store.unit(async (unit) => {
      await unit.putRecord(record, null, 1);
      await unit.putAgreement(agreement);
    });
    return { partner, record, agreement };
  }
  const releaseOf = (record: VerifiedRecord, recipient: string): StoredRelease => ({
    id: randomUUID(),
    reference: { origin: record.origin, record: record.id, revision: record.revision, hash: record.hash },
    recipient,
    purpose: 'terrorism-prevention',
    withheld: ['digest held back'],
  });
  const seenBy = async (partner: string, record: VerifiedRecord) =>
    (await under().store.unit((unit) => unit.disclosuresFor(partner, record.hash))).map(({ path }) => path).sort();

  describe('releases', () => {
    it('keeps a release as it was made', async () => {
      const { partner, record } = await ground();
      const release = releaseOf(record, partner);
      await under().store.unit(async (unit) => {
        await unit.putRelease(release, null, 1);
        expect(await unit.release(release.id)).toEqual(release);
        expect(await unit.release(randomUUID())).toBeNull();
      });
    });

    it('[REL-2] follows it: queued, sent, delivered, read; and a refusal once given stays', async () => {
      const { partner, record } = await ground();
      const release = releaseOf(record, partner);
      const seen = async () => (await under().observe()).releases.find(({ id }) => id === release.id);
      await under().store.unit((unit) => unit.putRelease(release, null, 1));
      expect(await seen()).toMatchObject({ state: 'queued', digests: null });
      await under().store.unit((unit) =>
        unit.releaseSent(release.id, { epoch: 1, sequence: 4, index: 2, digests: ['a', 'b'] }, 2),
      );
      expect(await seen()).toMatchObject({ state: 'sent', digests: ['a', 'b'] });
      await under().store.unit(async (unit) => {
        expect(await unit.releaseAt(partner, 1, 4, 2)).toBe(release.id);
        expect(await unit.releaseAt(partner, 1, 4, 3)).toBeNull();
        await unit.releaseDelivered(release.id, 3_000);
      });
      const given = () => under().store.unit((unit) => unit.releasesGiven(partner, record.hash));
      const stands = { id: release.id, sentAt: 2, readAt: null, isAnswered: false };
      expect(await given()).toEqual([{ ...stands, state: 'delivered' }]);
      await under().store.unit(async (unit) => {
        await unit.releaseRefused(release.id, { code: 'record-too-large', by: partner }, 5);
        await unit.releaseRefused(release.id, { code: 'record-malformed', by: partner }, 6);
        await unit.releaseDelivered(release.id, 7);
        await unit.releaseRead(release.id, 8);
      });
      expect(await given()).toEqual([{ ...stands, state: 'refused' }]);
      expect(await seen()).toMatchObject({ state: 'refused', refusedCode: 'record-too-large', refusedBy: partner });
    });

    it('gives one revision to one partner once, and again after a refusal', async () => {
      const { partner, record } = await ground();
      const [first, second] = [releaseOf(record, partner), releaseOf(record, partner)];
      await under().store.unit((unit) => unit.putRelease(first, null, 1));
      await expect(under().store.unit((unit) => unit.putRelease(second, null, 2))).rejects.toThrow();
      await under().store.unit(async (unit) => {
        await unit.releaseRefused(first.id, { code: 'record-too-large', by: partner }, 3);
        await unit.putRelease(second, null, 4);
      });
      expect(await under().store.unit((unit) => unit.release(second.id))).toEqual(second);
    });

    it('[REL-2] is read once, after it was sent, and then refused by nobody', async () => {
      const { partner, record } = await ground();
      const release = releaseOf(record, partner);
      const seen = async () => (await under().observe()).releases.find(({ id }) => id === release.id);
      await under().store.unit(async (unit) => {
        await unit.putRelease(release, null, 1);
        await unit.releaseRead(release.id, 2_000);
      });
      expect(await seen()).toMatchObject({ state: 'queued', readAt: null });
      await under().store.unit(async (unit) => {
        await unit.releaseSent(release.id, { epoch: 1, sequence: 5, index: 0, digests: [] }, 3_000);
        await unit.releaseDelivered(release.id, 3_000);
        await unit.releaseRead(release.id, 4_000);
        await unit.releaseRead(release.id, 9_000);
        await unit.releaseRefused(release.id, { code: 'record-too-large', by: partner }, 10_000);
      });
      expect(await seen()).toMatchObject({ state: 'delivered', deliveredAt: 3_000, readAt: 4_000 });
    });

    it('[EXC-3] tells with the receipt which releases were carried', async () => {
      const { partner, record } = await ground();
      const release = releaseOf(record, partner);
      await under().store.unit(async (unit) => {
        await unit.putRelease(release, null, 1);
        const item = await unit.enqueue(partner, { release: release.id }, 1);
        expect(await unit.waiting(partner, 5)).toEqual([{ id: item, content: { release: release.id } }]);
        const batch = { epoch: 1, sequence: 1, hash: 'h', signedHeader: 's', payload: new Uint8Array([1]) };
        await unit.saveBatch(partner, batch, [item], 2);
        expect(await unit.markReceipted(partner, 1, 1, 3)).toEqual([release.id]);
      });
    });

    it('[REL-3] a holder’s own confirmation is not taken back by a weaker word', async () => {
      const { partner, record } = await ground();
      const holder = { record: record.id, hash: record.hash, holder: partner, via: null, digests: ['a'] };
      const state = async () =>
        (await under().observe()).holders.find((seen) => seen.hash === record.hash && seen.holder === partner)?.state;
      await under().store.unit((unit) => unit.putHolder(holder, 'granted', 1));
      expect(await state()).toBe('granted');
      await under().store.unit((unit) => unit.confirmHolder(partner, record.hash, 2));
      await under().store.unit((unit) => unit.putHolder(holder, 'reported', 3));
      expect(await state()).toBe('confirmed');
    });
  });

  describe('what a partner may see', () => {
    it('[REL-1] is nothing without a release, and with it the tear-line that its agreement covers', async () => {
      const { partner, record } = await ground();
      expect(await seenBy(partner, record)).toEqual([]);
      await under().store.unit((unit) => unit.putRelease(releaseOf(record, partner), null, 1));
      const seen = await seenBy(partner, record);
      expect(seen).toContain('title');
      expect(seen).toContain('portions/0');
      // Level 3, above the ceiling; and the list of who may hold it, which never leaves
      expect(seen).not.toContain('portions/1');
      expect(seen).not.toContain('releasableTo');
      const all = await under().store.unit((unit) => unit.sdJwt(record.hash));
      expect(all?.split('~').filter((part) => part !== '')).toHaveLength(1 + record.disclosures.length);
    });

    it('[REL-1] comes back with its place in the record', async () => {
      const { partner, record } = await ground({ marking: { releasableTo: 'any', compartments: [] } });
      await under().store.unit((unit) => unit.putRelease(releaseOf(record, partner), null, 1));
      const seen = await under().store.unit((unit) => unit.disclosuresFor(partner, record.hash));
      for (const disclosure of seen) {
        const { digest, path } = disclosure;
        expect(record.disclosures).toContainEqual(expect.objectContaining({ digest, path }));
      }
      expect(seen.length).toBeGreaterThan(2);
    });

    it.each<[string, { agreement?: Partial<StoredAgreement>; marking?: Partial<Marking> }]>([
      ['the agreement is below the record', { agreement: { ceiling: 0 } }],
      ['a compartment is not covered', { marking: { compartments: ['SAHEL'] } }],
      ['the purpose is not covered', { agreement: { purposes: ['border-security'] } }],
      ['the agreement has not begun', { agreement: { validFrom: '2026-06-16' } }],
      ['the agreement is over', { agreement: { validUntil: '2026-06-14' } }],
      ['they have not assented', { agreement: { theirAssentAt: null } }],
      ['we have not assented', { agreement: { ourAssentAt: null } }],
      ['it was ended', { agreement: { endedAt: 5 } }],
      ['the record names others', { marking: { releasableTo: [self.id] } }],
      ['the record is for nobody', { marking: { releasableTo: [] } }],
    ])('[ACC-02] is nothing when %s', async (_, change) => {
      const { partner, record } = await ground(change);
      await under().store.unit((unit) => unit.putRelease(releaseOf(record, partner), null, 1));
      expect(await seenBy(partner, record)).toEqual([]);
      expect(await under().store.unit((unit) => unit.sdJwt(record.hash))).not.toBeNull();
    });

    it('[ACC-02] begins and ends with the day, on the node’s clock', async () => {
      const { partner, record } = await ground({ agreement: { validFrom: '2026-06-15', validUntil: '2026-06-15' } });
      await under().store.unit((unit) => unit.putRelease(releaseOf(record, partner), null, 1));
      const on = async (instant: string) => {
        under().setNow(Date.parse(instant));
        return (await seenBy(partner, record)).length > 0;
      };
      expect(await on('2026-06-14T23:59:59Z')).toBe(false);
      expect(await on('2026-06-15T00:00:00Z')).toBe(true);
      expect(await on('2026-06-15T23:59:59Z')).toBe(true);
      expect(await on('2026-06-16T00:00:00Z')).toBe(false);
    });

    it('[ACC-02] follows the agreement assented last, also where it is the narrower one', async () => {
      const { partner, record, agreement } = await ground();
      await under().store.unit((unit) => unit.putRelease(releaseOf(record, partner), null, 1));
      expect(await seenBy(partner, record)).toContain('title');
      const narrower = { ...agreement, record: nextRecordId(), ceiling: 0, ourAssentAt: 3_000 };
      await under().store.unit((unit) => unit.putAgreement(narrower));
      expect(await seenBy(partner, record)).toEqual([]);
      await under().store.unit(async (unit) => {
        expect(await unit.agreementInForce(partner, '2026-06-15')).toEqual(narrower);
        expect(await unit.agreement(agreement.record)).toEqual(agreement);
        await unit.putAgreement({ ...narrower, endedAt: 4_000, endedBy: partner });
        expect(await unit.agreementInForce(partner, '2026-06-15')).toEqual(agreement);
        expect(await unit.agreementInForce(partner, '2027-01-01')).toBeNull();
      });
    });

    it('[ACC-02] is an agreement’s own record before any agreement, if it is released', async () => {
      const { partner } = await ground({ agreement: { theirAssentAt: null } });
      const founding = newRecord(self, {
        kind: 'agreement',
        purpose: 'administration',
        marking: { ...openMarking, level: 2 },
        portions: [{ text: 'terms', nature: 'fact', marking: { ...openMarking, level: 2 } }],
      });
      await under().store.unit((unit) => unit.putRecord(founding, null, 1));
      expect(await seenBy(partner, founding)).toEqual([]);
      const release = { ...releaseOf(founding, partner), purpose: 'administration' };
      await under().store.unit((unit) => unit.putRelease(release, null, 1));
      expect(await seenBy(partner, founding)).toContain('portions/0');
    });

    it('[REL-3] is nothing of a third service’s record, nor for a partner that is unconfirmed or revoked', async () => {
      const { record, agreement } = await ground();
      const third = party('third of the contract');
      await under().addService(serviceOf('third', { id: third.id }));
      const theirs = newRecord(third, {
        marking: openMarking,
        portions: [{ text: 'x', nature: 'fact', marking: openMarking }],
      });
      for (const [what, change] of [
        [theirs, {}],
        [record, { confirmed: false }],
        [record, { revoked: true }],
      ] as const) {
        const partner = await newPeer(under(), change);
        await under().store.unit(async (unit) => {
          await unit.putRecord(theirs, third.id, 1);
          await unit.putAgreement({ ...agreement, record: nextRecordId(), partner });
          await unit.putRelease(releaseOf(what, partner), null, 1);
        });
        expect(await seenBy(partner, what)).toEqual([]);
      }
    });
  });
}
