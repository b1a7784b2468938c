import { describe, expect, it } from 'vitest';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { heldOf } from '#src/protocol/record/held.ts';
import type { RecordDraft, VerifiedRecord } from '#src/protocol/record/record.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { verifyRecord } from '#src/protocol/record/verify.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { draftOf, testRecordId } from '#tests/record/drafts.ts';
import { issueAs, keyOf, type Party, party } from '#tests/record/parties.ts';
import { type StoreUnderTest, serviceOf } from './store-under-test.contract.ts';

let records = 0;
export const nextRecordId = (of: Pick<Party, 'id'> = { id: '' }) => testRecordId(of, ++records);

/** A signed record that no other test uses. */
export function newRecord(by: Party, change: Partial<RecordDraft> = {}): VerifiedRecord {
  return issueAs(by, draftOf(by, { id: nextRecordId(by), ...change }));
}

/** The same revision with fewer disclosures, read as a recipient reads it. */
export function reduced(record: VerifiedRecord, by: Party, keep: (path: string) => boolean): VerifiedRecord {
  const digests = new Set(record.disclosures.filter(({ path }) => keep(path)).map(({ digest }) => digest));
  const copy = verifyRecord(serialiseRecord(record, digests), keyOf(by), nodePrimitives);
  if (isRefusal(copy)) throw new Error(`the reduced copy was refused: ${copy.code}`);
  return copy;
}

const paths = (copy: VerifiedRecord | null) => copy?.disclosures.map(({ path }) => path).sort();

export function recordContract(under: () => StoreUnderTest): void {
  const origin = party('records of the contract');
  const addOrigin = () => under().addService(serviceOf('records', { id: origin.id }));
  const readBack = async (hash: string) => {
    const text = await under().store.unit((unit) => unit.sdJwt(hash));
    if (text === null) return null;
    const record = verifyRecord(text, keyOf(origin), nodePrimitives);
    if (isRefusal(record)) throw new Error(record.code);
    return record;
  };

  describe('records', () => {
    it('[REC-2] gives a record back as it was signed: it verifies, with every disclosure', async () => {
      await addOrigin();
      const record = newRecord(origin, { title: 'عنوان  «بالعربية» é  ' });
      await under().store.unit((unit) => unit.putRecord(record, null, 1));
      const copy = await readBack(record.hash);
      expect(paths(copy)).toEqual(paths(record));
      expect(copy).toMatchObject({
        title: record.title,
        portions: record.portions,
        body: record.body,
        hash: record.hash,
      });
      expect(await readBack('unknown')).toBeNull();
    });

    it('[REC-4] adds the disclosures of a fuller copy and never takes one away', async () => {
      await addOrigin();
      const record = newRecord(origin);
      // What no copy may lack (REL-1), and the same with a portion
      const without = reduced(record, origin, (path) => path !== 'releasableTo' && !path.startsWith('portions/'));
      const portion = reduced(record, origin, (path) => path === 'portions/0' || (paths(without) ?? []).includes(path));
      await under().store.unit((unit) => unit.putRecord(without, null, 1));
      expect(paths(await readBack(record.hash))).toEqual(paths(without));
      await under().store.unit((unit) => unit.putRecord(portion, null, 2));
      const both = [...(paths(without) ?? []), 'portions/0'].sort();
      expect(paths(await readBack(record.hash))).toEqual(both);
      await under().store.unit((unit) => unit.putRecord(without, null, 3));
      expect(paths(await readBack(record.hash))).toEqual(both);
    });

    it('keeps which revision counts, and lists the revisions oldest first', async () => {
      await addOrigin();
      const first = newRecord(origin);
      const second = issueAs(origin, draftOf(origin, { id: first.id, revision: 2, previous: first.hash }));
      const head = (record: VerifiedRecord, state: 'active' | 'quarantined') => ({
        record: record.id,
        origin: record.origin,
        kind: record.kind,
        hash: record.hash,
        revision: record.revision,
        state,
      });
      await under().store.unit(async (unit) => {
        expect(await unit.head(first.id)).toBeNull();
        await unit.putRecord(second, null, 1);
        await unit.putRecord(first, null, 1);
        await unit.setHead(head(first, 'active'), 1);
        expect(await unit.head(first.id)).toEqual(head(first, 'active'));
        await unit.setHead(head(second, 'quarantined'), 2);
      });
      await under().store.unit(async (unit) => {
        expect(await unit.head(first.id)).toEqual(head(second, 'quarantined'));
        expect(await unit.revisions(first.id)).toEqual([
          { ...heldOf(first), revision: 1, status: 'active' },
          { ...heldOf(second), revision: 2 },
        ]);
      });
    });

    it('puts a record on desks, each once', async () => {
      await addOrigin();
      const record = newRecord(origin);
      await under().store.unit(async (unit) => {
        await unit.putRecord(record, null, 1);
        await unit.putOnDesk(record.id, 'liaison', null, 1);
        await unit.putOnDesk(record.id, 'analysis', null, 1);
        await unit.putOnDesk(record.id, 'liaison', null, 2);
        expect(await unit.desks(record.id)).toEqual(['analysis', 'liaison']);
      });
    });
  });
}
