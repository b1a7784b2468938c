import { describe, expect, it } from 'vitest';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { base64url } from './encoding.ts';
import { keyIdOf, serviceIdOf, spokenFingerprint } from './fingerprint.ts';

describe('fingerprints', () => {
  it('[KEY-2] make a service the hash of its inception key', () => {
    const key = Uint8Array.fromHex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
    const id = serviceIdOf(key, nodePrimitives);
    expect(id).toBe('If4x36FUomFia_hUBG_SJxt77UtqvkWqWId-9H-XIbk');
    expect(keyIdOf(key, nodePrimitives)).toBe(id);
  });

  it('[KEY-2] are spoken as eight groups of four digits', () => {
    const bytes = Uint8Array.from({ length: 32 }, (_, i) => i);
    // 0x00010203 = 66051, 0x04050607 = 67438087, … modulo 10000
    expect(spokenFingerprint(base64url(bytes))).toBe('6051 8087 0123 2159 4195 6231 8267 0303');
    expect(spokenFingerprint(base64url(new Uint8Array(32)))).toBe('0000 0000 0000 0000 0000 0000 0000 0000');
    expect(() => spokenFingerprint('atlas')).toThrow(RangeError);
    expect(() => spokenFingerprint(base64url(new Uint8Array(31)))).toThrow(RangeError);
  });
});
