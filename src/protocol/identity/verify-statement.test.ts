import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import {
  type Claims,
  cardKeys,
  claimsOf,
  forged,
  inception,
  recovery,
  sealingKey,
  service,
  signingKey,
  stated,
  written,
} from '#tests/keys/statements.ts';
import { isRefusal } from '../refusal.ts';
import { type KeyChange, prepareStatement } from './prepare-statement.ts';
import { type ServiceKeys, statementLimits } from './statement.ts';
import { claimedService, verifyStatement } from './verify-statement.ts';

const codeOf = (jws: string, before: ServiceKeys = cardKeys) => {
  const verified = verifyStatement(jws, before, nodePrimitives);
  return isRefusal(verified) ? verified.code : 'verified';
};
const second = signingKey('second');
const withRecovery = stated(cardKeys, { recovery }, inception);

describe('[KEY-1] a statement of keys', () => {
  it('names the new signing key first and the one before as retired', () => {
    const rotated = stated(withRecovery, { signing: second }, inception);
    expect(rotated.version).toBe(3);
    expect(rotated.signing.map(({ id }) => id)).toEqual([second.id, inception.id]);
    expect(rotated).toMatchObject({ service, revoked: [], signedBy: 'signing', signer: inception.id });
    expect(rotated.previous).toBe(withRecovery.hash);
    expect(claimedService(rotated.jws)).toBe(service);
  });

  it('signed by the recovery key revokes the key that was lost, and goes on with a new one', () => {
    const change = { signing: second, sealing: sealingKey('second'), revoke: [inception.id] };
    const recovered = stated(withRecovery, change, recovery);
    expect(recovered).toMatchObject({ signedBy: 'recovery', revoked: [inception.id] });
    expect(recovered.signing.map(({ id }) => id)).toEqual([second.id]);
    expect(recovered.sealing.id).toBe(sealingKey('second').id);
  });

  it('is signed by the key before it or the recovery key, and by no other', () => {
    const rotated = stated(withRecovery, { signing: second }, inception);
    const claims = claimsOf(stated(rotated, { sealing: sealingKey('third') }, second));
    expect(codeOf(forged(claims, second), rotated)).toBe('verified');
    expect(codeOf(forged(claims, recovery), rotated)).toBe('verified');
    // Retired: it verifies records and nothing else.
    expect(codeOf(forged(claims, inception), rotated)).toBe('keys-invalid');
    expect(codeOf(forged(claims, signingKey('stranger')), rotated)).toBe('keys-invalid');
    expect(codeOf(forged(claims, second, 'tansiq-batch'), rotated)).toBe('keys-invalid');
    const pretends = { ...signingKey('stranger'), id: second.id };
    expect(codeOf(forged(claims, pretends), rotated)).toBe('keys-invalid');
    // No recovery key was named yet.
    expect(codeOf(forged(claimsOf(stated(cardKeys, { signing: second }, inception)), recovery))).toBe('keys-invalid');
  });
});

const third = signingKey('third');
const small = Buffer.from('0100000000000000000000000000000000000000000000000000000000000000', 'hex');
const lies: readonly (readonly [string, (claims: Claims) => Claims])[] = [
  ['another service', (claims) => ({ ...claims, service: cardKeys.hash })],
  ['a version that is skipped', (claims) => ({ ...claims, version: 4 })],
  ['the same version again', (claims) => ({ ...claims, version: 2 })],
  ['another predecessor', (claims) => ({ ...claims, previous: cardKeys.hash })],
  ['an unknown member', (claims) => ({ ...claims, more: 1 })],
  ['a missing member', ({ recovery: _, ...claims }) => claims],
  ['another form', (claims) => ({ ...claims, v: 2 })],
  ['a time that is none', (claims) => ({ ...claims, at: -1 })],
  ['no signing key', (claims) => ({ ...claims, signing: [] })],
  ['a signing key under another id', (claims) => ({ ...claims, signing: [{ ...written(second), id: third.id }] })],
  ['a signing key of small order', (claims) => ({ ...claims, signing: [written({ ...second, publicKey: small })] })],
  ['a signing key twice', (claims) => ({ ...claims, signing: [written(second), written(inception), written(second)] })],
  [
    'a key retired that never was current',
    (claims) => ({ ...claims, signing: [written(second), written(inception), written(third)] }),
  ],
  ['the key before silently gone', (claims) => ({ ...claims, signing: [written(second)] })],
  ['a key both retired and revoked', (claims) => ({ ...claims, revoked: [inception.id] })],
  ['a key revoked that it never had', (claims) => ({ ...claims, revoked: [third.id] })],
  ['the recovery key as signing key', (claims) => ({ ...claims, signing: [written(recovery), written(inception)] })],
  [
    'a sealing key of another suite',
    (claims) => ({ ...claims, sealing: { ...(claims['sealing'] as object), suite: '0020-0001-0001' } }),
  ],
  [
    'a sealing key of another length',
    (claims) => ({ ...claims, sealing: { ...written(second), suite: '647a-0001-0002' } }),
  ],
  ['a recovery key under another id', (claims) => ({ ...claims, recovery: { ...written(recovery), id: third.id } })],
];

describe('[KEY-1] a statement is refused that says', () => {
  const honest = claimsOf(stated(withRecovery, { signing: second }, inception));

  it('nothing of what follows: then it verifies', () => {
    expect(codeOf(forged(honest, inception), withRecovery)).toBe('verified');
  });

  it.each(lies)('%s', (_name, lie) => {
    expect(codeOf(forged(lie(honest), inception), withRecovery)).toBe('keys-invalid');
  });

  it('that a revoked key is good again', () => {
    const recovered = stated(withRecovery, { signing: second, revoke: [inception.id] }, recovery);
    const claims = claimsOf(stated(recovered, { signing: third }, second));
    expect(codeOf(forged(claims, second), recovered)).toBe('verified');
    expect(codeOf(forged({ ...claims, revoked: [] }, second), recovered)).toBe('keys-invalid');
    const back = { ...claims, revoked: [], signing: [written(third), written(second), written(inception)] };
    expect(codeOf(forged(back, second), recovered)).toBe('keys-invalid');
  });

  it('[ADM-2] more keys than may be, or more bytes', () => {
    const many = Array.from({ length: statementLimits.keysMax }, (_, n) => signingKey(`many ${n}`));
    const crowded = { ...withRecovery, signing: many.map(({ id, publicKey }) => ({ id, publicKey })) };
    expect(prepareStatement(crowded, { signing: second }, 1, many[0]?.id ?? '')).toMatchObject({
      code: 'keys-too-many',
    });
    expect(prepareStatement(crowded, { sealing: sealingKey('x') }, 1, many[0]?.id ?? '')).not.toHaveProperty('code');
    const claims = { ...honest, signing: [written(second), ...many.map(written)] };
    expect(codeOf(forged(claims, inception), withRecovery)).toBe('keys-invalid');
    expect(codeOf('a'.repeat(statementLimits.bytesMax + 1))).toBe('keys-invalid');
  });
});

/** A service that changes its keys in any order, with the recovery key at hand or not. */
const change = fc.record({
  what: fc.constantFrom('signing', 'sealing', 'recovery', 'recover'),
  n: fc.nat({ max: 1_000_000 }),
});

describe('[KEY-1] whatever a service changes, in whatever order', () => {
  it('each statement follows from the one before, and no key is ever lost from sight or comes back', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
        let keys: ServiceKeys = withRecovery;
        let current = inception;
        let offline = recovery;
        const ever = new Set([inception.id]);
        const revoked = new Set<string>();
        for (const [place, { what, n }] of changes.entries()) {
          const name = `${place} ${n}`;
          const fresh = signingKey(`signing ${name}`);
          const wanted: KeyChange =
            what === 'sealing'
              ? { sealing: sealingKey(name) }
              : what === 'recovery'
                ? { recovery: signingKey(`recovery ${name}`) }
                : { signing: fresh, ...(what === 'recover' && { revoke: [current.id] }) };
          keys = stated(keys, wanted, what === 'recover' ? offline : current);
          if (what === 'recover') revoked.add(current.id);
          if (what === 'recovery') offline = signingKey(`recovery ${name}`);
          if (wanted.signing) {
            current = fresh;
            ever.add(fresh.id);
          }
          expect(keys.signing[0]?.id).toBe(current.id);
          expect(new Set([...keys.signing.map(({ id }) => id), ...keys.revoked])).toEqual(ever);
          expect(new Set(keys.revoked)).toEqual(revoked);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('no changed character of a statement is believed, and none makes it throw', () => {
    const { jws } = stated(withRecovery, { signing: second }, inception);
    fc.assert(
      fc.property(
        fc.nat({ max: jws.length - 1 }),
        fc.constantFrom('A', 'b', '.', '-', '=', '\n', 'é'),
        (at, letter) => {
          fc.pre(jws[at] !== letter);
          expect(codeOf(jws.slice(0, at) + letter + jws.slice(at + 1), withRecovery)).toBe('keys-invalid');
        },
      ),
    );
    fc.assert(fc.property(fc.string(), (text) => void expect(codeOf(text)).toBe('keys-invalid')));
  });
});
