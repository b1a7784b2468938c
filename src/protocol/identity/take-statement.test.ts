import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { cardKeys, inception, recovery, sealingKey, signingKey, stated } from '#tests/keys/statements.ts';
import { isRefusal } from '../refusal.ts';
import type { KeyStatement } from './statement.ts';
import { type KeptStatements, keptAfter, newest, takeStatement } from './take-statement.ts';

const onlyCard: KeptStatements = { chain: [cardKeys], contradicting: [] };
const take = (kept: KeptStatements, { jws }: Pick<KeyStatement, 'jws'>) => takeStatement(jws, kept, nodePrimitives);

/** Takes them in this order; what is refused is tried again as long as something changes, as a sender does. */
function takeAll(statements: readonly KeyStatement[], from: KeptStatements = onlyCard): KeptStatements {
  let kept = from;
  for (let left = statements; left.length > 0; ) {
    const refused: KeyStatement[] = [];
    for (const statement of left) {
      const taken = take(kept, statement);
      if (isRefusal(taken)) refused.push(statement);
      else kept = keptAfter(kept, taken);
    }
    if (refused.length === left.length) break;
    left = refused;
  }
  return kept;
}

const [second, third, stolen] = [signingKey('second'), signingKey('third'), signingKey('of the thief')];
const v2 = stated(cardKeys, { recovery }, inception);
const v3 = stated(v2, { signing: second }, inception);
const v4 = stated(v3, { sealing: sealingKey('fourth') }, second);

describe('[KEY-1] statements that arrive', () => {
  it('go on from one another, and come again without effect', () => {
    const kept = takeAll([v2, v3, v4]);
    expect(kept).toEqual({ chain: [cardKeys, v2, v3, v4], contradicting: [] });
    for (const statement of [v2, v3, v4]) expect(take(kept, statement)).toEqual({ verdict: 'known' });
    expect(newest(kept)).toEqual(v4);
  });

  it('are refused ahead of one that is missing, and taken in order after it came', () => {
    expect(take(onlyCard, v3)).toMatchObject({ code: 'keys-gap' });
    expect(take(takeAll([v2]), v4)).toMatchObject({ code: 'keys-gap' });
    expect(newest(takeAll([v4, v3, v2]))).toEqual(v4);
  });

  it('of strangers, and of other services, are refused', () => {
    const stranger = signingKey('stranger');
    const other = { ...cardKeys, signing: [{ id: stranger.id, publicKey: stranger.publicKey }] };
    expect(take(onlyCard, stated(other, { recovery }, stranger))).toMatchObject({ code: 'keys-gap' });
    expect(take(takeAll([v2]), { jws: `${v3.jws.slice(0, -4)}AAAA` })).toMatchObject({ code: 'keys-invalid' });
    expect(take(onlyCard, { jws: 'nothing' })).toMatchObject({ code: 'keys-invalid' });
  });

  it('contradict each other when two follow the same one: both are kept, the first stays', () => {
    const kept = takeAll([v2, v3]);
    const other = stated(v2, { signing: stolen }, inception);
    expect(take(kept, other)).toEqual({ verdict: 'contradicts', statement: other, takesOver: false });
    expect(takeAll([other], kept)).toEqual({ chain: [cardKeys, v2, v3], contradicting: [other] });
  });
});

/** The thief has the signing key of `v2`; the service answers with the recovery key. */
const thief2 = stated(v2, { signing: stolen, recovery: signingKey('recovery of the thief') }, inception);
const thief3 = stated(thief2, { sealing: sealingKey('of the thief') }, stolen);
const thief4 = stated(
  thief3,
  { signing: signingKey('more'), revoke: [stolen.id] },
  signingKey('recovery of the thief'),
);
const recovered = stated(v2, { signing: third, revoke: [inception.id] }, recovery);
const after = stated(recovered, { sealing: sealingKey('after') }, third);

describe('[KEY-1] theft of the signing key', () => {
  it('is answered by the recovery key, whose word takes the place of the thief’s', () => {
    const kept = takeAll([v2, thief2, thief3]);
    expect(newest(kept)).toEqual(thief3);
    expect(take(kept, recovered)).toEqual({ verdict: 'contradicts', statement: recovered, takesOver: true });
    const taken = takeAll([recovered, after], kept);
    expect(taken.chain).toEqual([cardKeys, v2, recovered, after]);
    expect(new Set(taken.contradicting)).toEqual(new Set([thief2, thief3]));
    // What the thief signs further is evidence and nothing more.
    expect(take(taken, thief4)).toMatchObject({ verdict: 'contradicts', takesOver: false });
  });

  it('also where the service had signed a statement of its own under that number before it noticed', () => {
    const own = stated(v2, { sealing: sealingKey('own') }, inception);
    const later = stated(own, { signing: third, revoke: [inception.id] }, recovery);
    const kept = takeAll([v2, thief2, own]);
    expect(newest(kept)).toEqual(thief2);
    const taken = takeAll([later], kept);
    expect(taken.chain).toEqual([cardKeys, v2, own, later]);
    expect(taken.contradicting).toEqual([thief2]);
  });

  it('is not undone by a recovery key that the thief has named', () => {
    const kept = takeAll([v2, recovered]);
    const taken = takeAll([thief2, thief3, thief4], kept);
    expect(taken.chain).toEqual([cardKeys, v2, recovered]);
    expect(new Set(taken.contradicting)).toEqual(new Set([thief2, thief3, thief4]));
  });

  it('ends the same in whatever order the two sides’ statements arrive', () => {
    const all = [v2, thief2, thief3, thief4, recovered, after];
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (order) => {
        const kept = takeAll(order);
        expect(kept.chain).toEqual([cardKeys, v2, recovered, after]);
        expect(new Set(kept.contradicting)).toEqual(new Set([thief2, thief3, thief4]));
      }),
    );
  });

  it('stays with the first word where the recovery key itself spoke twice', () => {
    const other = stated(v2, { signing: second, revoke: [inception.id] }, recovery);
    expect(takeAll([v2, recovered, other]).chain).toEqual([cardKeys, v2, recovered]);
    expect(takeAll([v2, other, recovered]).chain).toEqual([cardKeys, v2, other]);
  });

  it('cannot be answered where no recovery key was ever named: people decide', () => {
    const bare = stated(cardKeys, { signing: second }, inception);
    const theft = stated(cardKeys, { signing: stolen }, inception);
    expect(takeAll([bare, theft]).chain).toEqual([cardKeys, bare]);
    expect(takeAll([theft, bare]).chain).toEqual([cardKeys, theft]);
  });
});
