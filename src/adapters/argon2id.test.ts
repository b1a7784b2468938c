import { parseOptions } from '@node-rs/argon2';
import { describe, expect, test } from 'vitest';
import { argon2id } from './argon2id.ts';

describe('argon2id', () => {
  test('keeps OWASP’s parameters, whatever the library’s defaults become', async () => {
    const hash = await argon2id.hash('four plain words together');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(parseOptions(hash).outputLen).toBe(32);
    expect(hash).not.toBe(await argon2id.hash('four plain words together'));
  });
  test('knows the passphrase again, typed on any keyboard, and no other', async () => {
    const hash = await argon2id.hash('déjà vu deux fois');
    expect(await argon2id.verify(hash, 'déjà vu deux fois'.normalize('NFD'))).toBe(true);
    expect(await argon2id.verify(hash, 'deja vu deux fois')).toBe(false);
  });
  test('works as long for nobody as for somebody', async () => {
    const hash = await argon2id.hash('four plain words together');
    await argon2id.verifyNobody('warm up');
    const time = async (work: () => Promise<unknown>) => {
      const times: number[] = [];
      for (let n = 0; n < 7; n++) {
        const begun = performance.now();
        await work();
        times.push(performance.now() - begun);
      }
      return times.toSorted((a, b) => a - b)[1] ?? 0;
    };
    const somebody = await time(() => argon2id.verify(hash, 'wrong'));
    const nobody = await time(() => argon2id.verifyNobody('wrong'));
    expect(nobody / somebody).toBeGreaterThan(0.4);
  });
});
