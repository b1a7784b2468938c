import { describe, expect, it } from 'vitest';
import { nodePrimitives } from './node-primitives.ts';
import { recoveryKeys } from './recovery-key.ts';

describe('[KEY-1] the recovery key on paper', () => {
  it('signs after it was typed back, however it was typed', () => {
    for (let n = 0; n < 20; n++) {
      const { id, publicKey, secret } = recoveryKeys.make();
      expect(secret).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){10}[0-9A-HJKMNP-TV-Z]{5}$/);
      const typed = secret.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
      for (const text of [secret, typed, ` ${secret}\n`]) {
        const key = recoveryKeys.from(text);
        expect(key?.id).toBe(id);
        const signature = key?.sign(Buffer.from('said')) ?? new Uint8Array();
        expect(nodePrimitives.ed25519Verify(publicKey, Buffer.from('said'), signature)).toBe(true);
      }
    }
  });

  it('notices a wrong character, a swapped pair, a missing group, another text', () => {
    let noticed = 0;
    const { secret } = recoveryKeys.make();
    const places = [...secret].flatMap((character, at) => (character === '-' ? [] : [at]));
    for (const at of places) {
      const other = secret[at] === 'A' ? 'B' : 'A';
      if (recoveryKeys.from(secret.slice(0, at) + other + secret.slice(at + 1)) === null) noticed++;
    }
    // The check has 16 bits: of 55 mistakes perhaps one in a thousand runs would pass.
    expect(noticed).toBeGreaterThanOrEqual(places.length - 1);
    expect(recoveryKeys.from(secret.slice(6))).toBeNull();
    expect(recoveryKeys.from(`${secret}-AAAAA`)).toBeNull();
    for (const text of ['', 'secret', 'é'.repeat(55), 'U'.repeat(55)]) expect(recoveryKeys.from(text)).toBeNull();
  });
});
