import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Chain, day, type Link, refusalOf, startChain } from './chain.ts';
import { until } from './trust.ts';

let chain: Chain;
let atlas: Link;
let bahr: Link;
let cedre: Link;
let dune: Link;
beforeAll(async () => {
  chain = await startChain();
  ({ atlas, bahr, cedre, dune } = chain);
}, 300_000);
afterAll(() => chain?.stop());

const granted = (portions: number[] | null = null) => ({ decision: 'granted', portions, validUntil: day(30) }) as const;

describe('[REL-3] a record of Atlas, from Bahr to Cedre, which is no partner of Atlas', () => {
  let record = '';

  it('[PRM-1] does not go without permission, and Cedre does not learn of it', async () => {
    record = await chain.report('Un passage');
    const liaison = await bahr.as();
    const recipients = [cedre.id];
    const preview = await liaison.previewRecordRelease({ params: { id: record }, body: { recipients } });
    expect(preview).toMatchObject([{ portions: [], refusal: { code: 'onward-not-permitted', rule: 'REL-3' } }]);
    expect(await bahr.release(record, cedre)).toEqual(preview[0]);
    expect((await bahr.holds(record)).handling.mayNot).toContain('pass-onward');
    expect(await cedre.isWithout(record)).toBe(true);
  });

  it('[PRM-1] is asked for, waits in the inbox of whoever permits, and is granted with limits', async () => {
    const asked = await bahr.ask(record, cedre);
    const director = await atlas.as('director');
    const waiting = await until(async () => {
      const { items } = await director.listInbox({ query: { view: 'waiting' } });
      return items.find((item) => item.record === asked.record);
    });
    expect(waiting.reason).toBe('permission-asked');
    const decision = { params: { id: asked.record }, body: granted() };
    expect(await refusalOf((await atlas.as('case-officer')).decidePermission(decision))).toBe('not-allowed');
    await atlas.decide(record, { ...granted([0, 2]), conditions: 'Oralement.' });
    expect(await refusalOf((await atlas.as()).decidePermission(decision))).toBe('already-decided');
    // KEY-2: Atlas knows Cedre now by what Bahr said, and no further.
    const partners = await (await atlas.as()).listPartners();
    const vouched = partners.find(({ service }) => service.id === cedre.id);
    expect(vouched).toMatchObject({ vouchedBy: { id: bahr.id }, confirmedAt: null });
    expect(await atlas.holders(record)).toMatchObject({ [cedre.id]: [[bahr.id], 'granted'] });
    const view = await bahr.permission(record, 'in-force');
    expect(view).toMatchObject({ portions: [0, 2], validUntil: day(30), conditions: 'Oralement.' });
    const { items } = await (await bahr.as()).listInbox({ query: { view: 'waiting' } });
    expect(items.map(({ reason }) => reason)).toContain('permission-decided');
    expect((await bahr.holds(record)).handling.may).toContain('pass-onward-as-permitted');
  });

  it('goes reduced, with the signature of Atlas, and each knows just his part of who holds it', async () => {
    const body = { recipients: [cedre.id] };
    const [preview] = await (await bahr.as()).previewRecordRelease({ params: { id: record }, body });
    const withheld = [{ portion: 1, code: 'onward-not-permitted' }];
    expect(preview).toMatchObject({ portions: [0, 2], withheld, refusal: null });
    // A preview leaves nothing behind.
    expect(await cedre.isWithout(record)).toBe(true);
    await bahr.release(record, cedre);
    const copy = await cedre.holds(record);
    expect([copy.origin.id, copy.receivedFrom?.id]).toEqual([atlas.id, bahr.id]);
    expect(copy.portions.map(({ index }) => index)).toEqual([0, 2]);
    // The paragraph exists, at Bahr too.
    expect((await bahr.holds(record)).portions.map(({ index }) => index)).toEqual([0, 1, 2]);
    const known = await (await cedre.as()).listPartners();
    expect(known.find(({ service }) => service.id === atlas.id)?.vouchedBy?.id).toBe(bahr.id);

    const tree = await until(async () => {
      const holders = await atlas.holders(record);
      return holders[cedre.id]?.[1] === 'confirmed' ? holders : undefined;
    });
    expect(tree).toEqual({ [bahr.id]: [[], 'confirmed'], [cedre.id]: [[bahr.id], 'confirmed'] });
    expect(await bahr.holders(record)).toEqual({ [cedre.id]: [[], 'confirmed'] });
    expect(await cedre.holders(record)).toEqual({});
  });

  it('goes on from Cedre to Dune by the permission of Atlas, which travels sealed through Bahr', async () => {
    const body = { recipients: [dune.id] };
    const [before] = await (await cedre.as()).previewRecordRelease({ params: { id: record }, body });
    expect(before?.refusal?.code).toBe('onward-not-permitted');
    await cedre.ask(record, dune, [0]);
    await atlas.decide(record, granted([0]));
    await until(async () => {
      const views = await (await cedre.as()).listPermissions({ params: { id: record } });
      return views.find(({ state, onwardTo }) => state === 'in-force' && onwardTo?.id === dune.id);
    });
    await cedre.release(record, dune);
    expect((await dune.holds(record)).portions.map(({ index }) => index)).toEqual([0]);
    const tree = await until(async () => {
      const holders = await atlas.holders(record);
      return holders[dune.id]?.[1] === 'confirmed' ? holders : undefined;
    });
    expect(tree[dune.id]).toEqual([[bahr.id, cedre.id], 'confirmed']);
    // EXC-5: Bahr carried the letters, and learnt nothing of Dune.
    expect(Object.keys(await bahr.holders(record))).toEqual([cedre.id]);
    const known = await (await bahr.as()).listPartners();
    expect(known.map(({ service }) => service.id)).not.toContain(dune.id);
    const { lines } = await (await bahr.as()).getRecordJournal({ params: { id: record }, query: {} });
    expect(lines.some(({ service }) => service?.id === cedre.id)).toBe(true);
    expect(lines.some(({ service }) => service?.id === dune.id)).toBe(false);
  });
});

describe('[PRM-1] a permission', () => {
  it('that is refused says why, on both sides, and lets nothing go', async () => {
    const record = await chain.report('Un refus');
    await bahr.ask(record, cedre);
    await atlas.decide(record, {
      decision: 'refused',
      ground: 'source-protection',
      explanation: 'La source est seule.',
    });
    const view = await bahr.permission(record, 'refused');
    expect(view).toMatchObject({ ground: 'source-protection', explanation: 'La source est seule.', validUntil: null });
    expect((await bahr.release(record, cedre))?.refusal?.code).toBe('onward-not-permitted');
    expect(await cedre.isWithout(record)).toBe(true);
  });

  it('that is revoked stops the relay and reaches the one who was to be given it', async () => {
    const record = await chain.report('Un retrait');
    await bahr.ask(record, cedre);
    await atlas.decide(record, granted());
    const { permission } = await bahr.permission(record, 'in-force');
    await bahr.release(record, cedre);
    await cedre.permission(record, 'in-force');
    const body = { ground: 'trust-ended', explanation: 'Un agent est parti.' } as const;
    const revocation = { params: { id: permission as string }, body };
    expect(await refusalOf((await bahr.as()).revokePermission(revocation))).toBe('not-found');
    await (await atlas.as()).revokePermission(revocation);
    expect(await bahr.permission(record, 'revoked')).toMatchObject({ ground: 'trust-ended', validUntil: null });
    // Cedre hears it from Atlas itself, in a letter that Bahr carries.
    expect(await cedre.permission(record, 'revoked')).toMatchObject({ explanation: 'Un agent est parti.' });
    expect((await bahr.holds(record)).handling.mayNot).toContain('pass-onward');
    const again = await chain.report('Un autre retrait');
    await bahr.ask(again, cedre);
    await atlas.decide(again, granted());
    const second = await bahr.permission(again, 'in-force');
    await (await atlas.as()).revokePermission({ ...revocation, params: { id: second.permission as string } });
    await bahr.permission(again, 'revoked');
    expect((await bahr.release(again, cedre))?.refusal?.code).toBe('permission-revoked');
    expect(await cedre.isWithout(again)).toBe(true);
  });

  it('[ACC-08] opens a court that H1 closes, and each use is entered with what it rests on', async () => {
    const record = await chain.report('Une procédure');
    const officer = await bahr.as('case-officer');
    const use = { use: 'judicial', reference: '2026/118', stage: 'charge', purpose: null } as const;
    const entering = { params: { id: record }, body: use };
    expect(await refusalOf(officer.recordUse(entering))).toBe('use-not-permitted');
    expect(await officer.listUses({ params: { id: record } })).toEqual([]);
    const body = {
      use: 'judicial',
      onwardTo: null,
      purpose: null,
      portions: null,
      reason: 'Le parquet.',
      until: null,
    } as const;
    await officer.askPermission({ params: { id: record }, body });
    await atlas.decide(record, granted());
    const { permission } = await bahr.permission(record, 'in-force');
    expect((await bahr.holds(record)).handling.may).toContain('use-in-court-as-permitted');
    await officer.recordUse(entering);
    expect(await officer.listUses({ params: { id: record } })).toMatchObject([{ ...use, permission }]);
    // Each use by itself: the same permission opens no newspaper.
    const publication = { use: 'publication', reference: 'Communiqué 4', stage: null, purpose: null } as const;
    expect(await refusalOf(officer.recordUse({ params: { id: record }, body: publication }))).toBe('use-not-permitted');
    const purpose = { use: 'other-purpose', reference: 'x', stage: null, purpose: 'border-security' } as const;
    expect(await refusalOf(officer.recordUse({ params: { id: record }, body: purpose }))).toBe('use-not-permitted');
    // Of our own record nobody has to be asked.
    await (await atlas.as()).recordUse(entering);
    expect(await refusalOf((await bahr.as('oversight')).recordUse(entering))).toBe('not-allowed');
  });

  it('[PRM-1] a permission for what was corrected since is called so, and has to be asked for again', async () => {
    const record = await chain.report('Un nom');
    const officer = await bahr.as('case-officer');
    const params = { id: record };
    const asking = {
      use: 'judicial',
      onwardTo: null,
      purpose: null,
      portions: null,
      reason: 'x',
      until: null,
    } as const;
    await officer.askPermission({ params, body: asking });
    await atlas.decide(record, granted());
    await bahr.permission(record, 'in-force');
    expect(await atlas.permission(record, 'in-force')).toMatchObject({ allowed: ['revoke'] });
    await (await atlas.as()).revise({
      params,
      body: {
        ground: 'mistaken-identity',
        explanation: 'Un autre homme.',
        respondBy: day(10),
        title: 'Un autre nom',
        grading: null,
        portions: [{ text: 'Un autre homme.', nature: 'fact', marking: null }],
      },
    });
    await until(async () => ((await bahr.holds(record)).revision === 2 ? true : undefined));
    await bahr.permission(record, 'outdated');
    // The correction came first: there is nothing left that a revocation would end.
    expect(await atlas.permission(record, 'outdated')).toMatchObject({ allowed: [] });
    const use = { use: 'judicial', reference: '2026/119', stage: 'charge', purpose: null } as const;
    expect(await refusalOf(officer.recordUse({ params, body: use }))).toBe('use-not-permitted');
  });

  it('is asked of another, about what is held, for somebody else; or not at all', async () => {
    const record = await chain.report('Une demande');
    const base = {
      use: 'onward',
      onwardTo: cedre.id,
      purpose: null,
      portions: null,
      reason: 'x',
      until: null,
    } as const;
    const asking = async (change: object, from = bahr) =>
      refusalOf((await from.as()).askPermission({ params: { id: record }, body: { ...base, ...change } }));
    expect(await asking({}, atlas)).toBe('not-allowed');
    expect(await asking({}, cedre)).toBe('not-found');
    expect(await asking({ onwardTo: atlas.id })).toBe('input-invalid');
    expect(await asking({ onwardTo: bahr.id })).toBe('input-invalid');
    expect(await asking({ onwardTo: 'A'.repeat(43) })).toBe('peer-unknown');
    expect(await asking({ use: 'judicial' })).toBe('input-invalid');
    expect(await asking({ portions: [7] })).toBe('input-invalid');
    expect(await asking({ until: day(-1) })).toBe('input-invalid');
    expect(await asking({ reason: ' ' })).toBe('reason-missing');
    const other = { use: 'other-purpose', onwardTo: null, purpose: 'terrorism-prevention' };
    expect(await asking(other)).toBe('input-invalid');
  });

  it('[KEY-1] falls when the one that it names is revoked', async () => {
    const record = await chain.report('Une rupture');
    await bahr.ask(record, cedre);
    await atlas.decide(record, granted());
    await bahr.permission(record, 'in-force');
    const director = await atlas.as('director');
    const reason = { reason: 'Un agent est passé à l’adversaire.' };
    const { permissionsRevoked } = await director.revokePartner({ params: { id: cedre.id }, body: reason });
    expect(permissionsRevoked).toBeGreaterThan(0);
    await bahr.permission(record, 'revoked');
    expect((await bahr.release(record, cedre))?.refusal?.code).toBe('permission-revoked');
    expect(await cedre.isWithout(record)).toBe(true);
  });
});
