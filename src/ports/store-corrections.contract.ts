import { describe, expect, it } from 'vitest';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { heldOf } from '#src/protocol/record/held.ts';
import type { RecordDraft, RecordLink, VerifiedRecord } from '#src/protocol/record/record.ts';
import { verifyRevision } from '#src/protocol/record/verify.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { openMarking } from '#tests/record/drafts.ts';
import { keyOf, party } from '#tests/record/parties.ts';
import type { HeldMessage } from './store.ts';
import { newRecord } from './store-records.contract.ts';
import { newPeer, readNotice, type StoreUnderTest, serviceOf } from './store-under-test.contract.ts';

/** Corrections, who holds what, skipped revisions, citations and erasure. */
export function correctionContract(under: () => StoreUnderTest): void {
  const origin = party('corrections of the contract');
  const addOrigin = () => under().addService(serviceOf('corrections', { id: origin.id }));
  const put = async (record: VerifiedRecord, isHead = true) => {
    await addOrigin();
    const { id, kind, hash, revision } = record;
    await under().store.unit(async (unit) => {
      await unit.putRecord(record, null, 1_000);
      if (isHead)
        await unit.setHead({ record: id, origin: record.origin, kind, hash, revision, state: 'active' }, 1_000);
    });
    return record;
  };
  const marking = openMarking;
  const text = (title: string, change: Partial<RecordDraft> = {}) =>
    newRecord(origin, { marking, title, portions: [{ text: `text of ${title}`, nature: 'fact', marking }], ...change });
  const next = (before: VerifiedRecord, title: string, change: Partial<RecordDraft> = {}) =>
    text(title, { id: before.id, revision: before.revision + 1, previous: before.hash, ...change });
  const linkTo = (type: RecordLink['type'], { origin: of, id, revision, hash }: VerifiedRecord): RecordLink => {
    return { type, origin: of, record: id, revision, hash };
  };
  const reference = ({ origin: of, id, revision, hash }: VerifiedRecord) => ({
    origin: of,
    record: id,
    revision,
    hash,
  });

  describe('corrections', () => {
    const correctionOf = (before: VerifiedRecord, after: VerifiedRecord) =>
      text('notice', {
        kind: 'correction',
        portions: [],
        body: { change: 'corrected' },
        links: [linkTo('about', after), linkTo('supersedes', before)],
      });
    const stored = (correction: VerifiedRecord, before: VerifiedRecord, after: VerifiedRecord) =>
      ({
        record: correction.id,
        hash: correction.hash,
        origin: origin.id,
        change: 'corrected',
        respondBy: '2026-07-01',
        about: { record: after.id, hash: after.hash, revision: after.revision },
        superseded: before.hash,
        issuedAt: 5_000,
      }) as const;

    it('[COR-1] are kept once and found by their own id and by what they are about, the newest first', async () => {
      const first = await put(text('first'));
      const [second, third] = [next(first, 'second'), next(next(first, 'second'), 'third')];
      const [one, two] = [await put(correctionOf(first, second)), await put(correctionOf(second, third))];
      await under().store.unit(async (unit) => {
        await unit.putCorrection(stored(one, first, second));
        await unit.putCorrection(stored(two, second, third));
        await unit.putCorrection({ ...stored(one, first, second), change: 'withdrawn' });
        expect(await unit.correction(one.id)).toEqual(stored(one, first, second));
        expect(await unit.correction(first.id)).toBeNull();
        expect((await unit.correctionsAbout(first.id)).map(({ record }) => record)).toEqual([two.id, one.id]);
      });
    });

    it('[COR-4] remember whom they were put to, and when again; and what each answered', async () => {
      const first = await put(text('asked'));
      const second = next(first, 'asked again');
      const correction = await put(correctionOf(first, second));
      const [peer, other] = [await newPeer(under()), await newPeer(under())];
      const answer = (said: string, links = [linkTo('replies-to', correction)]) =>
        text('reply', { kind: 'correction-answer', portions: [], body: { answer: said }, links });
      const replies = [answer('relied-on'), answer('quarantined'), answer('erased', [linkTo('replies-to', first)])];
      await under().store.unit(async (unit) => {
        await unit.putCorrection(stored(correction, first, second));
        await unit.putAsk(correction.id, peer, 10);
        await unit.putAsk(correction.id, other, 20);
        await unit.putAsk(correction.id, peer, 30);
        await unit.putAsk(correction.id, peer, 40);
        expect(await unit.asks(correction.id)).toEqual([
          { holder: peer, askedAt: 10, remindedAt: 40 },
          { holder: other, askedAt: 20, remindedAt: null },
        ]);
        expect(await unit.answersTo(correction.id)).toEqual([]);
        for (const reply of replies) await unit.putRecord(reply, null, 1_000);
        const said = (await unit.answersTo(correction.id)).map((one) => [one.origin, one.answer]);
        expect(said).toEqual([
          [origin.id, 'relied-on'],
          [origin.id, 'quarantined'],
        ]);
      });
    });
  });

  describe('who holds a record', () => {
    it('[REL-3] is known by revision, without those whose copy was refused at their own door', async () => {
      const first = await put(text('held'));
      const second = await put(next(first, 'held 2'));
      const [peer, onward, refusing] = [await newPeer(under()), await newPeer(under()), await newPeer(under())];
      const release = (id: string, record: VerifiedRecord, recipient: string) =>
        ({ id, reference: reference(record), recipient, purpose: 'terrorism-prevention', withheld: [] }) as const;
      const ids = [1, 2, 3].map((n) => `0197f000-0000-7000-8000-00000000000${n}`);
      const [one = '', two = '', three = ''] = ids;
      await under().store.unit(async (unit) => {
        await unit.putRelease(release(one, first, peer), null, 1);
        await unit.putRelease(release(two, first, refusing), null, 2);
        await unit.putRelease(release(three, second, peer), null, 3);
        for (const holder of [peer, refusing])
          await unit.putHolder({ record: first.id, hash: first.hash, holder, via: null, digests: ['d'] }, 'granted', 4);
        await unit.putHolder(
          { record: first.id, hash: second.hash, holder: onward, via: peer, digests: [] },
          'reported',
          5,
        );
        expect((await unit.holdings(first.id)).length).toBe(3);
        await unit.releaseRefused(two, { code: 'agreement-not-in-force', by: refusing }, 6);
        expect(await unit.holdings(first.id)).toEqual([
          { hash: first.hash, revision: 1, holder: peer, via: null, state: 'granted', digests: ['d'] },
          { hash: second.hash, revision: 2, holder: onward, via: peer, state: 'reported', digests: [] },
        ]);
        expect((await unit.liveReleases(first.id)).map(({ id }) => id)).toEqual([one, three]);
        expect(await unit.liveReleases(second.links[0]?.record ?? '0197f000-0000-7000-8000-0000000000ff')).toEqual([]);
      });
    });
  });

  it('[REC-4] replaces what waits, and never what is in a batch', async () => {
    const peer = await newPeer(under());
    const revision = { type: 'revision', jwt: 'a.b.c' } as const;
    const record = await put(text('waiting'));
    const id = '0197f000-0000-7000-8000-0000000000a1';
    await under().store.unit(async (unit) => {
      const release = {
        id,
        reference: reference(record),
        recipient: peer,
        purpose: 'terrorism-prevention',
        withheld: [],
      };
      await unit.putRelease(release, null, 1);
      const [waits, sent] = [
        await unit.enqueue(peer, { release: id }, 1),
        await unit.enqueue(peer, { message: readNotice('1') }, 1),
      ];
      const batch = { epoch: 1, sequence: 1, hash: 'h', signedHeader: 's', payload: new Uint8Array(1) };
      await unit.saveBatch(peer, batch, [sent], 2);
      await unit.replaceInQueue(waits, revision);
      await unit.replaceInQueue(sent, revision);
      expect(await unit.waiting(peer, 9)).toEqual([{ id: waits, content: { message: revision } }]);
      // What was in the batch carried no release, and still does not
      expect(await unit.markReceipted(peer, 1, 1, 3)).toEqual([]);
    });
  });

  it('[REC-4] counts a skipped revision in the chain, once, and gives its bare signature', async () => {
    const first = await put(text('skipped'));
    const [second, third] = [next(first, 'skipped 2'), next(next(first, 'skipped 2'), 'skipped 3')];
    const revision = verifyRevision(second.jwt, keyOf(origin), nodePrimitives);
    if (isRefusal(revision)) throw new Error(revision.code);
    await put(third, false);
    await under().store.unit(async (unit) => {
      expect(await unit.bareJwt(second.hash)).toBeNull();
      await unit.putSkippedRevision(revision, origin.id, 1);
      await unit.putSkippedRevision(revision, origin.id, 2);
      const whole = [first, second, third].map(heldOf);
      expect(await unit.revisions(first.id)).toEqual(whole.with(1, { ...heldOf(second), label: null }));
      expect(await unit.bareJwt(second.hash)).toBe(second.jwt);
      expect(await unit.bareJwt(third.hash)).toBe(third.jwt);
      expect(await unit.sdJwt(second.hash)).toBeNull();
      // Held whole later, it is still one revision
      await unit.putRecord(second, null, 3);
      expect(await unit.revisions(first.id)).toEqual(whole);
    });
  });

  it('[COR-3] knows what cites a record in its current revision, and from which of its revisions on', async () => {
    const source = await put(text('source'));
    const newer = next(source, 'source 2');
    const citing = await put(text('citing', { cites: [reference(newer), reference(source)] }));
    const derived = await put(text('derived', { links: [linkTo('derived-from', newer)] }));
    const was = await put(text('was citing', { cites: [reference(source)] }), false);
    await put(next(was, 'cites no more'));
    await under().store.unit(async (unit) => {
      const found = await unit.citing(source.id);
      expect(found).toHaveLength(2);
      expect(found).toContainEqual({ record: citing.id, revision: 1 });
      expect(found).toContainEqual({ record: derived.id, revision: 2 });
    });
  });

  it('[ACC-14] erases every disclosure but those of the erasure, and the titles that quote them', async () => {
    const first = await put(text('رمز سري لا يعرفه أحد'), false);
    const erasure = await put(next(first, 'Effacée', { status: 'erased', portions: [], body: {} }));
    const reply = (title: string) =>
      text(title, { kind: 'disposition', body: { decision: 'act' }, links: [linkTo('replies-to', first)] });
    const quoting = await put(reply('Suite: رمز سري لا يعرفه أحد'));
    const other = await put(reply('Une autre chose'));
    const held: HeldMessage = {
      peer: origin.id,
      epoch: 1,
      sequence: 1,
      index: 0,
      sdJwt: 'secret~',
      code: 'revision-gap',
      waitsFor: first.hash,
    };
    await under().store.unit(async (unit) => {
      await unit.hold(held, 1);
      await unit.eraseContent(first.id, erasure.hash);
      expect(await unit.sdJwt(first.hash)).toBe(`${first.jwt}~`);
      expect(await unit.sdJwt(erasure.hash)).toContain('~W');
      expect((await unit.sdJwt(quoting.hash))?.split('~').length).toBe(quoting.disclosures.length + 1);
      expect((await unit.sdJwt(other.hash))?.split('~').length).toBe(other.disclosures.length + 2);
      expect(await unit.heldFor(first.hash)).toEqual([]);
      expect((await unit.revisions(first.id)).map(({ status }) => status)).toEqual(['active', 'erased']);
    });
  });

  it('[REC-5] keeps the terms in force beside a revision that waits for assent, until both have given it', async () => {
    under().setNow(Date.parse('2026-06-15T12:00:00Z'));
    const first = await put(text('terms'));
    const second = await put(next(first, 'new terms'));
    const partner = await newPeer(under());
    const terms = {
      record: first.id,
      hash: first.hash,
      revision: 1,
      partner,
      ceiling: 2,
      compartments: [],
      purposes: ['terrorism-prevention'],
      validFrom: '2026-01-01',
      validUntil: '2026-12-31',
      oversightIncluded: true,
      ourAssentAt: 1_000,
      theirAssentAt: 2_000,
      endedAt: null,
      endedBy: null,
    };
    const newer = {
      ...terms,
      hash: second.hash,
      revision: 2,
      ceiling: 1,
      validUntil: '2026-07-31',
      theirAssentAt: null,
    };
    await under().store.unit(async (unit) => {
      await unit.putAgreement(terms);
      await unit.putAgreement(newer);
      expect(await unit.agreement(first.id)).toEqual(newer);
      expect(await unit.agreementInForce(partner, '2026-06-15')).toEqual(terms);
      const assented = { ...newer, theirAssentAt: 500 };
      await unit.putAgreement(assented);
      expect(await unit.agreementInForce(partner, '2026-06-15')).toEqual(assented);
      // What it replaced does not come back when it expires
      expect(await unit.agreementInForce(partner, '2026-10-01')).toBeNull();
      await unit.putAgreement({ ...assented, endedAt: 9_000, endedBy: partner });
      expect(await unit.agreementInForce(partner, '2026-06-15')).toBeNull();
    });
  });
}
