import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyIdOf, serviceIdOf } from '#src/protocol/fingerprint.ts';
import type { Primitives } from '#src/protocol/primitives.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { type Keyring, KeyringUnavailable, type Sealer } from './keyring.ts';

/** A fresh keyring with its first two keys, and how to have it again as the next process would. */
export interface KeyringUnderTest {
  readonly keyring: Keyring;
  /** Null where nothing outlives the keyring. */
  reopen: (() => Promise<Keyring>) | null;
  close(): Promise<void>;
}

/** The words of `keyring.ts` as tests: every adapter runs them, a hardware module's too. */
export function keyringContract(
  name: string,
  tools: { primitives: Primitives; sealer: Sealer },
  open: () => Promise<KeyringUnderTest>,
): void {
  const { primitives, sealer } = tools;
  describe(`[KEY-1] the keyring contract on ${name}`, () => {
    let under: KeyringUnderTest;
    beforeEach(async () => {
      under = await open();
    });
    afterEach(() => under.close());

    const said = new TextEncoder().encode('said');
    const info = new TextEncoder().encode('info');
    const signs = async (keyring: Keyring, key: { id: string; publicKey: Uint8Array }) =>
      primitives.ed25519Verify(key.publicKey, said, await keyring.sign(said, key.id));
    const opens = async (keyring: Keyring, key: { id: string; publicKey: Uint8Array }) => {
      const opened = await keyring.open({ ...(await sealer.seal(key.publicKey, said, info)), info, key: key.id });
      return isRefusal(opened) ? opened.code : new TextDecoder().decode(opened);
    };
    const inUse = ({ identity, statements }: Keyring) => ({
      signing: identity.signingKey.id,
      sealing: identity.sealingKey.id,
      statements,
    });
    /** What it is now, and what it is to the next process. */
    const both = async () => [under.keyring, ...(under.reopen ? [await under.reopen()] : [])];

    it('begins with one key of each use, named after their public halves, and the first signing key as who it is', () => {
      const { identity, statements } = under.keyring;
      const { signingKey, sealingKey, inceptionKey, service } = identity;
      expect(signingKey.publicKey).toHaveLength(32);
      expect(sealingKey.publicKey).toHaveLength(1216);
      expect(signingKey.id).toBe(keyIdOf(signingKey.publicKey, primitives));
      expect(sealingKey.id).toBe(keyIdOf(sealingKey.publicKey, primitives));
      expect(inceptionKey).toEqual(signingKey.publicKey);
      expect(service).toBe(serviceIdOf(inceptionKey, primitives));
      expect(statements).toEqual([]);
      expect(new Set(under.keyring.keys())).toEqual(
        new Set([
          { id: signingKey.id, use: 'signing' },
          { id: sealingKey.id, use: 'sealing' },
        ]),
      );
    });

    it('makes a key that signs or opens at once and is not current', async () => {
      const before = under.keyring.identity;
      const signing = await under.keyring.make('signing');
      const sealing = await under.keyring.make('sealing');
      expect(under.keyring.identity).toEqual(before);
      for (const keyring of await both()) {
        expect(keyring.identity).toEqual(before);
        expect(await signs(keyring, signing)).toBe(true);
        expect(await opens(keyring, sealing)).toBe('said');
        expect(keyring.keys()).toHaveLength(4);
      }
    });

    it('takes keys into use, both at once and for good, and stays the same service', async () => {
      const before = under.keyring.identity;
      const signing = await under.keyring.make('signing');
      const sealing = await under.keyring.make('sealing');
      await under.keyring.use({ signing: signing.id, sealing: sealing.id, statements: ['one', 'two'] });
      for (const keyring of await both()) {
        expect(keyring.identity.signingKey).toEqual(signing);
        expect(keyring.identity.sealingKey).toEqual(sealing);
        expect(keyring.identity.service).toBe(before.service);
        expect(keyring.identity.inceptionKey).toEqual(before.inceptionKey);
        expect(keyring.statements).toEqual(['one', 'two']);
        expect(primitives.ed25519Verify(signing.publicKey, said, await keyring.sign(said))).toBe(true);
        // What is under way still names the ones before.
        expect(await signs(keyring, before.signingKey)).toBe(true);
        expect(await opens(keyring, before.sealingKey)).toBe('said');
      }
    });

    it('forgets a key for good, and never one in use', async () => {
      const before = under.keyring.identity;
      const signing = await under.keyring.make('signing');
      const sealing = await under.keyring.make('sealing');
      await under.keyring.use({ signing: signing.id, sealing: sealing.id, statements: ['one'] });
      await under.keyring.forget(before.signingKey.id);
      await under.keyring.forget(before.sealingKey.id);
      await under.keyring.forget(before.sealingKey.id);
      for (const id of [signing.id, sealing.id]) await expect(under.keyring.forget(id)).rejects.toThrow();
      for (const keyring of await both()) {
        expect(keyring.holds(before.signingKey.id)).toBe(false);
        await expect(keyring.sign(said, before.signingKey.id)).rejects.toBeInstanceOf(KeyringUnavailable);
        expect(await opens(keyring, before.sealingKey)).toBe('envelope-key-unknown');
        expect(await opens(keyring, sealing)).toBe('said');
        expect(keyring.keys()).toHaveLength(2);
      }
    });

    it('changes nothing when a key is to be used that it does not hold, or that is of the other use', async () => {
      const before = inUse(under.keyring);
      const other = await under.keyring.make('sealing');
      for (const wrong of [{ signing: other.id }, { sealing: before.signing }, { signing: 'nobody' }]) {
        const keys = { ...before, statements: ['lost'], ...wrong };
        await expect(under.keyring.use(keys)).rejects.toBeInstanceOf(KeyringUnavailable);
      }
      for (const keyring of await both()) expect(inUse(keyring)).toEqual(before);
    });

    it('[EXC-1] refuses to open what is sealed to another key, or broken', async () => {
      const { sealingKey, signingKey } = under.keyring.identity;
      const sealed = await sealer.seal(sealingKey.publicKey, said, info);
      const code = async (change: object) => {
        const opened = await under.keyring.open({ ...sealed, info, key: sealingKey.id, ...change });
        return isRefusal(opened) ? opened.code : 'opened';
      };
      expect(await code({})).toBe('opened');
      expect(await code({ key: signingKey.id })).toBe('envelope-key-unknown');
      expect(await code({ key: 'unheard-of' })).toBe('envelope-key-unknown');
      expect(await code({ info: new TextEncoder().encode('other') })).toBe('envelope-seal-broken');
      expect(await code({ enc: new Uint8Array(3) })).toBe('envelope-seal-broken');
      expect(await code({ ciphertext: new Uint8Array(3) })).toBe('envelope-seal-broken');
    });
  });
}
