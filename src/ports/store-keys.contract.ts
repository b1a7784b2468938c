import { describe, expect, it } from 'vitest';
import type { StoredStatement } from './store-keys.ts';
import { newPeer, type StoreUnderTest } from './store-under-test.contract.ts';

/** The words of `store-keys.ts` as tests. */
export function keyContract(under: () => StoreUnderTest): void {
  const statement = (version: number, inForce = true, more = ''): StoredStatement => ({
    version,
    hash: `hash-${version}${more}`,
    jws: `jws-${version}${more}`,
    inForce,
  });

  describe('[KEY-1] keys of services', () => {
    it('keeps every statement once, in order, and says anew which is in force', async () => {
      const [one, other] = [await newPeer(under()), await newPeer(under())];
      await under().store.unit(async (unit) => {
        for (const kept of [statement(3), statement(2), statement(2, false, 'b'), statement(2)]) {
          await unit.putKeyStatement(one, kept, 7);
        }
        await unit.putKeyStatement(other, statement(2), 7);
      });
      await under().store.unit(async (unit) => {
        expect(await unit.keyStatements(one)).toEqual([statement(2), statement(2, false, 'b'), statement(3)]);
        await unit.putKeyStatement(one, statement(2, false), 8);
        await unit.putKeyStatement(one, statement(2, true, 'b'), 8);
        expect(await unit.keyStatements(one)).toEqual([statement(2, true, 'b'), statement(2, false), statement(3)]);
        expect(await unit.keyStatements(other)).toEqual([statement(2)]);
        expect(await unit.keyStatements('nobody')).toEqual([]);
      });
    });

    it('never has two statements of one version in force', async () => {
      const peer = await newPeer(under());
      await under().store.unit((unit) => unit.putKeyStatement(peer, statement(2), 7));
      await expect(
        under().store.unit((unit) => unit.putKeyStatement(peer, statement(2, true, 'b'), 8)),
      ).rejects.toThrow();
    });

    it('begins with the keys of the card, then has what the newest statement says', async () => {
      const peer = await newPeer(under());
      const key = (byte: number) => new Uint8Array(32).fill(byte);
      const keys = {
        version: 4,
        signing: { new: key(1), older: key(2) },
        revoked: { stolen: key(3) },
        sealing: { id: 'fresh', publicKey: new Uint8Array(1216).fill(9) },
      };
      await under().store.unit(async (unit) => {
        const known = await unit.knownService(peer);
        expect(await unit.serviceKeys(peer)).toEqual({
          version: 1,
          signing: known?.signingKeys,
          revoked: {},
          sealing: known?.sealingKey,
        });
        expect(await unit.serviceKeys('nobody')).toBeNull();
        await unit.setServiceKeys(peer, keys);
      });
      await under().store.unit(async (unit) => {
        expect(await unit.serviceKeys(peer)).toEqual(keys);
        const known = await unit.knownService(peer);
        expect(known?.signingKeys).toEqual(keys.signing);
        expect(known?.sealingKey).toEqual(keys.sealing);
      });
    });

    it('remembers how far each partner was told of ours, and counts no one else', async () => {
      const [told, untold] = [await newPeer(under()), await newPeer(under())];
      const unconfirmed = await newPeer(under(), { confirmed: false });
      const revoked = await newPeer(under(), { revoked: true });
      await under().store.unit((unit) => unit.noteKeysTold(told, 3, 5_000));
      const all = await under().store.unit((unit) => unit.keysTold());
      expect(all.find(({ service }) => service === told)).toEqual({ service: told, version: 3, at: 5_000 });
      expect(all.find(({ service }) => service === untold)).toEqual({ service: untold, version: 0, at: null });
      const services = all.map(({ service }) => service);
      expect(services).not.toContain(unconfirmed);
      expect(services).not.toContain(revoked);
      expect(services).toEqual([...services].sort());
    });
  });
}
