import { describe, expect, it } from 'vitest';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { atlas, draftOf, meridian, sahara, testRecordId } from '#tests/record/drafts.ts';
import { sorted } from '#tests/record/forge.ts';
import { issueAs, type Party, signAs } from '#tests/record/parties.ts';
import { permissionFor } from '#tests/record/permissions.ts';
import { jwsCompact, jwsSigningInput } from '../jws.ts';
import type { Json } from '../primitives.ts';
import { type HoldingClaims, holdingSigningInput, holdingType, problemOfHolding, verifyHolding } from './holding.ts';

const record = issueAs(atlas, draftOf(atlas));
const digests = record.disclosures.map(({ digest }) => digest);
const told: Omit<HoldingClaims, 'v' | 'by'> = {
  origin: atlas.id,
  record: record.id,
  hash: record.hash,
  digests,
  holder: sahara.id,
  relay: meridian.id,
  act: 'received',
  at: 1_758_700_000_000,
};
const parties = [atlas, meridian, sahara];
const keyOf = (service: string, key: string) =>
  parties.find(({ id, keyId }) => id === service && keyId === key)?.publicKey;
const signed = (by: Party, input: Uint8Array) => jwsCompact(input, signAs(by, input));
const say = (by: Party, claims = told) => signed(by, holdingSigningInput(claims, by.keyId));
const verify = (statement: string) => verifyHolding(statement, keyOf, nodePrimitives);

describe('[REL-3] a statement of who holds what', () => {
  it('is the relay’s of what it gave and the holder’s of what it got, digests in order', () => {
    expect(verify(say(sahara))).toEqual({ v: 1, by: sahara.id, ...told, digests: digests.toSorted() });
    const released = { ...told, act: 'released' as const };
    expect(verify(say(meridian, released))).toMatchObject({ by: meridian.id, act: 'released' });
  });

  it('is nobody’s in another’s name', () => {
    expect(verify(say(meridian))).toMatchObject({ code: 'holding-invalid' });
    expect(verify(say(sahara, { ...told, act: 'released' }))).toMatchObject({ code: 'holding-invalid' });
    expect(verifyHolding(say(sahara), () => undefined, nodePrimitives)).toMatchObject({ code: 'holding-invalid' });
  });

  it.each<[string, { [claim: string]: Json }]>([
    ['a member more', { more: 1 }],
    ['another version', { v: 2 }],
    ['a record of no form', { record: 'x' }],
    ['digests out of order', { digests: digests.toSorted().toReversed() }],
    ['a holder that is the relay', { relay: sahara.id }],
    ['a holder that is the origin', { origin: sahara.id }],
    ['an act that is none', { act: 'lost' }],
    ['a time before time began', { at: -1 }],
  ])('with %s is refused', (_, change) => {
    const claims = sorted({ v: 1, by: sahara.id, ...told, digests: digests.toSorted(), ...change });
    expect(verify(signed(sahara, jwsSigningInput(holdingType, sahara.keyId, claims)))).toMatchObject({
      code: 'holding-invalid',
    });
  });

  it('gives an answer to whatever text arrives', () => {
    const good = say(sahara);
    for (const text of ['', '.', 'a.b.c', good.slice(0, -1), good.replace('.', '..'), `${good}~`]) {
      expect(verify(text)).toMatchObject({ code: 'holding-invalid' });
    }
  });

  it('enters the tree only where the origin permitted it once', () => {
    const claims = verify(say(sahara)) as HoldingClaims;
    const situation = { self: atlas.id, isOurs: true, permissions: [permissionFor(record)] };
    expect(problemOfHolding(claims, situation)).toBeNull();
    // Late: after the end of the permission, or its renewal for a newer revision.
    const about = { record: record.id, hash: meridian.id };
    const revoked = permissionFor(record, { decision: 'revoked', validUntil: null, about });
    expect(problemOfHolding(claims, { ...situation, permissions: [revoked] })).toBeNull();
    const code = (change: object) => problemOfHolding(claims, { ...situation, ...change })?.code;
    expect(code({ self: meridian.id })).toBe('holding-invalid');
    expect(code({ isOurs: false })).toBe('holding-invalid');
    expect(code({ permissions: [] })).toBe('onward-not-permitted');
    expect(code({ permissions: [permissionFor(record, { grantee: sahara.id })] })).toBe('onward-not-permitted');
    expect(code({ permissions: [permissionFor(record, { onwardTo: testRecordId(atlas) })] })).toBe(
      'onward-not-permitted',
    );
  });
});
