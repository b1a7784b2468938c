import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { atlas, draftOf, meridian } from '#tests/record/drafts.ts';
import { forge, partsOf } from '#tests/record/forge.ts';
import { entropyFrom, issueAs, keyOf } from '#tests/record/parties.ts';
import { isRecordId } from './claims.ts';
import { entropyNeeded, prepareRecord } from './issue.ts';
import { isRecordIdOf, recordIdOf } from './record-id.ts';
import { verifyRecord } from './verify.ts';

const idOf = (origin: string, at: number, random = new Uint8Array([1, 2, 3, 4])) =>
  recordIdOf(origin, at, random, nodePrimitives);

describe('[REC-1] the id of a record', () => {
  it('is its origin’s, whenever and with whatever entropy it was made, and nobody else’s', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 48 - 1 }),
        fc.uint8Array({ minLength: 4, maxLength: 10 }),
        (at, random) => {
          const id = idOf(atlas.id, at, random);
          expect(isRecordId(id)).toBe(true);
          expect(isRecordIdOf(atlas.id, id, nodePrimitives)).toBe(true);
          expect(isRecordIdOf(meridian.id, id, nodePrimitives)).toBe(false);
        },
      ),
    );
  });

  it('is another once one hexadecimal digit differs', () => {
    const id = idOf(atlas.id, 1_790_000_000_000);
    for (let place = 0; place < id.length; place++) {
      if (id[place] === '-') continue;
      const other = id.slice(0, place) + (id[place] === '0' ? '1' : '0') + id.slice(place + 1);
      expect(isRecordIdOf(atlas.id, other, nodePrimitives), other).toBe(false);
    }
  });

  it('sorts by the millisecond in which it was made, and takes all of its entropy', () => {
    const [early, late] = [1_790_000_000_000, 1_790_000_000_001];
    expect(idOf(atlas.id, early, new Uint8Array(4).fill(255)) < idOf(atlas.id, late, new Uint8Array(4))).toBe(true);
    expect(idOf(atlas.id, early).slice(0, 13)).toBe('01a0c450-6c00');
    const ids = [0, 1, 2, 3].map((place) => idOf(atlas.id, early, new Uint8Array(4).with(place, 1)));
    expect(new Set(ids).size).toBe(4);
    expect(() => idOf(atlas.id, early, new Uint8Array(3))).toThrow(RangeError);
  });

  it('is refused in a draft and in a record when it is another’s', () => {
    const foreign = idOf(meridian.id, 1_790_000_000_000);
    const draft = draftOf(atlas, { id: foreign });
    const entropy = entropyFrom('x', entropyNeeded(draft));
    const prepared = prepareRecord(draft, atlas.keyId, entropy, nodePrimitives);
    expect(prepared).toMatchObject({ code: 'record-id-foreign', at: '/id' });

    const parts = partsOf(issueAs(atlas, draftOf(atlas)));
    const forged = forge(atlas, { ...parts, payload: { ...parts.payload, id: foreign } });
    expect(verifyRecord(forged, keyOf(atlas), nodePrimitives)).toMatchObject({ code: 'record-id-foreign' });
  });
});
