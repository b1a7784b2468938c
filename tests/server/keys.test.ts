/** Keys that change while two whole nodes work: nothing is lost, and the link and its queues go on (KEY-1). */
import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFileKeyring } from '#src/adapters/file-keyring.ts';
import { hpkeSealer } from '#src/adapters/hpke-sealer.ts';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { openPostgres } from '#src/adapters/postgres/index.ts';
import { recoveryKeys } from '#src/adapters/recovery-key.ts';
import { readServiceCard } from '#src/engine/service-card.ts';
import type { Keyring } from '#src/ports/keyring.ts';
import { base64url } from '#src/protocol/encoding.ts';
import { encodeEnvelope, envelopeInfo, queryEnvelopeHeader } from '#src/protocol/exchange/envelope.ts';
import { sealedPlaintext } from '#src/protocol/exchange/plaintext.ts';
import { formQuery } from '#src/protocol/exchange/query.ts';
import { initialLink } from '#src/protocol/exchange/step.ts';
import { jwsCompact } from '#src/protocol/jws.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { type RunningNode, startNode } from '#src/server/node.ts';
import { recoverLostKeys } from '#src/server/recover-keys.ts';
import { problem, reportInput, type Service } from './service.ts';
import { type Neighbour, startTogether } from './together.ts';
import { until } from './trust.ts';

let atlas: Neighbour;
let meridian: Neighbour;
beforeAll(async () => {
  [atlas, meridian] = await startTogether(['atlas', 'meridian']);
}, 120_000);
let again: RunningNode | null = null;
afterAll(async () => {
  // Its first node is closed in the middle of the tests; another runs in its place.
  await again?.close();
  await rm(atlas.home, { recursive: true, force: true });
  await meridian?.stop();
});

const root = (service: Service) => service.as('root');
const reason = 'yearly change';
const give = async (title: string) =>
  (await atlas.as('liaison')).createReport({ body: reportInput({ title, recipients: [meridian.id] }) });
const arrived = async (record: string) =>
  until(async () => {
    const { items } = await (await meridian.as('liaison')).listInbox({ query: { view: 'arrived' } });
    return items.find((item) => item.record === record);
  });
const confirmed = (service: Service, version: number) =>
  until(async () => {
    const view = await (await root(service)).getKeys();
    return view.version === version && view.unconfirmed.length === 0 ? view : undefined;
  });

describe('[KEY-1] rotation', () => {
  test('of both keys while reports are under way loses nothing, and the partner comes to know the new ones', async () => {
    const before = await (await root(atlas)).getKeys();
    expect(before).toMatchObject({ version: 1, recoveryKey: null, unconfirmed: [], keysKept: 0 });
    const given: string[] = [];
    const rotations = (async () => {
      await (await root(atlas)).rotateSigningKey({ body: { reason } });
      await (await root(atlas)).rotateSealingKey({ body: { reason } });
      await (await root(meridian)).rotateSealingKey({ body: { reason } });
      await (await root(atlas)).rotateSigningKey({ body: { reason } });
    })();
    for (let n = 0; n < 12; n++) given.push((await give(`report ${n}`)).record);
    await rotations;
    for (const record of given) await arrived(record);

    const view = await confirmed(atlas, 4);
    expect(view.keys.filter(({ state }) => state === 'current').map(({ use }) => use)).toEqual(['signing', 'sealing']);
    expect(view.keys.filter(({ state, use }) => state === 'retired' && use === 'signing')).toHaveLength(2);
    // A week may pass before what was sealed to the old key has all arrived.
    expect(view.keysKept).toBe(1);
    const theirs = await (await meridian.as('liaison')).getPartnerKeys({ params: { id: atlas.id } });
    expect(theirs.version).toBe(4);
    expect(theirs.keys.map(({ id }) => id).sort()).toEqual(view.keys.map(({ id }) => id).sort());
    const { link } = await (await meridian.as('liaison')).getPartner({ params: { id: atlas.id } });
    expect(link).toMatchObject({ status: 'open', stoppedBy: null });
  }, 120_000);
});

describe('[KEY-1] a stolen key', () => {
  test('[KEY-2] a card handed over later brings what was stated since: its reader knows the newest keys at once', async () => {
    const { card } = await (await root(atlas)).ownCard();
    const read = readServiceCard(card, nodePrimitives);
    if (isRefusal(read)) throw new Error(read.code);
    expect(read.statements).toHaveLength(3);
    const view = await (await root(atlas)).getKeys();
    expect(Object.keys(read.signingKeys)).toContain(view.keys.find(({ state }) => state === 'current')?.id);
    expect(read.service).toBe(atlas.id);
  });

  test('is revoked by the recovery key over the link that goes on, and what the thief sends is refused', async () => {
    const made = await (await root(atlas)).makeRecoveryKey();
    const thief = await openFileKeyring(join(atlas.home, 'keys'));
    const query = () => thiefsQuery(thief);
    // While it is good, it is believed: so the refusal below is for the revocation alone.
    expect(await deliver(meridian, await query())).toBe('answered');

    const waiting = (await give('under way')).record;
    await expect((await root(atlas)).recoverKeys({ body: { secret: 'no secret', reason } })).rejects.toThrow();
    const other = recoveryKeys.make().secret;
    await expect((await root(atlas)).recoverKeys({ body: { secret: other, reason } })).rejects.toThrow();
    await (await root(atlas)).recoverKeys({ body: { secret: made.secret, reason: 'the key was stolen' } });
    const later = (await give('after the theft')).record;
    await arrived(later);
    const view = await confirmed(atlas, 6);
    expect(view.recoveryKey).toBe(made.id);
    expect(view.keys.filter(({ state }) => state === 'revoked')).toHaveLength(1);
    const theirs = await (await meridian.as('liaison')).getPartnerKeys({ params: { id: atlas.id } });
    expect(theirs.keys.find(({ id }) => id === thief.identity.signingKey.id)?.state).toBe('revoked');
    expect(await deliver(meridian, await query())).toBe('peer-unknown');
    const { link } = await (await meridian.as('liaison')).getPartner({ params: { id: atlas.id } });
    expect(link).toMatchObject({ status: 'open', stoppedBy: null });
    // Signed with the stolen key, and either there before the revocation or refused here for its key.
    const { deliveries } = await (await atlas.as('liaison')).getRecord({ params: { id: waiting } });
    expect(['delivered', 'read', 'refused']).toContain(deliveries[0]?.step);
    expect([undefined, 'record-key-revoked']).toContain(deliveries[0]?.refusal?.code);
  }, 120_000);

  test('[JRN-2] stands in the journal by its act and reason; no secret and no private key stands anywhere', async () => {
    const made = await (await root(atlas)).makeRecoveryKey();
    await (await root(atlas)).recoverKeys({ body: { secret: made.secret, reason: 'stolen once more' } });
    await confirmed(atlas, 8);
    await atlas.node.close();
    const { database, store } = await openPostgres({ home: join(atlas.home, 'database') });
    const rows = await database
      .asActor({ kind: 'node' }, async (tx) => ({
        journal: await tx.selectFrom('journal').selectAll().execute(),
        statements: await tx.selectFrom('key_statement').selectAll().execute(),
        services: await tx.selectFrom('service').selectAll().execute(),
      }))
      .finally(() => store.close().then(() => database.close()));
    again = await startAgain();
    const acts = rows.journal.map(({ act }) => act);
    for (const act of ['keys.signing-rotated', 'keys.sealing-rotated', 'keys.recovery-made', 'keys.recovered']) {
      expect(acts).toContain(act);
    }
    const text = JSON.stringify(rows);
    expect(text).toContain('stolen once more');
    expect(text).not.toContain(made.secret);
    expect(text).not.toContain(made.secret.replaceAll('-', ''));
    const secret = (await readFile(join(atlas.home, 'key-secret'), 'utf8')).trim();
    expect(secret.length).toBeGreaterThan(40);
    expect(text).not.toContain(secret);
  }, 120_000);
});

describe('[KEY-1] lost keys', () => {
  test('stop the node; the recovery secret brings it back as the same service, and its partner follows', async () => {
    const made = await (await root(atlas)).makeRecoveryKey();
    await confirmed(atlas, 9);
    await again?.close();
    await rm(join(atlas.home, 'keys'), { recursive: true });
    await expect(startAgain()).rejects.toMatchObject({ problem: 'missing' });

    const place = { home: atlas.home };
    const wrong = { place, secret: recoveryKeys.make().secret, reason };
    expect(await recoverLostKeys(wrong)).toMatchObject({ code: 'recovery-secret-invalid' });
    expect(await recoverLostKeys({ place, secret: made.secret, reason })).toMatchObject({ version: 10 });
    again = await startAgain();
    expect((await (await root(atlas)).ownCard()).service.id).toBe(atlas.id);
    await arrived((await give('with new keys')).record);
    await confirmed(atlas, 10);
  }, 180_000);
});

describe('[KEY-1] a revoked partner', () => {
  test('gets nothing more from us and gives us nothing; only a director ends trust, with a reason', async () => {
    const liaison = await atlas.as('liaison');
    const revoke = (login: string, why: string) =>
      atlas.as(login).then((seat) => seat.revokePartner({ params: { id: meridian.id }, body: { reason: why } }));
    await expect(revoke('liaison', reason)).rejects.toMatchObject({ refusal: { code: 'not-allowed' } });
    await expect(revoke('root', reason)).rejects.toMatchObject({ refusal: { code: 'not-allowed' } });
    await expect(revoke('director', ' ')).rejects.toMatchObject({ refusal: { code: 'reason-missing' } });
    const { revokedAt } = await revoke('director', 'it leaked');
    await expect(revoke('director', 'asked twice')).rejects.toMatchObject({ refusal: { code: 'already-decided' } });
    expect((await liaison.getPartner({ params: { id: meridian.id } })).revokedAt).toBe(revokedAt);

    const { record } = await give('after the revocation');
    const report = await (await meridian.as('liaison')).createReport({
      body: reportInput({ title: 'to whoever revoked us', recipients: [atlas.id] }),
    });
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    const theirs = await (await meridian.as('liaison')).listInbox({ query: { view: 'arrived' } });
    expect(theirs.items.map((item) => item.record)).not.toContain(record);
    const ours = await liaison.listInbox({ query: { view: 'arrived' } });
    expect(ours.items.map((item) => item.record)).not.toContain(report.record);
    const { deliveries } = await (await meridian.as('liaison')).getRecord({ params: { id: report.record } });
    expect(deliveries[0]?.step).toBe('queued');
  }, 120_000);
});

const startAgain = () => startNode({ home: atlas.home, port: Number(new URL(atlas.url).port), logLevel: 'silent' });

/** What a thief of the signing key can make: a query in our name, which changes nothing and wants an answer. */
async function thiefsQuery(thief: Keyring): Promise<Uint8Array> {
  const link = initialLink(atlas.id, meridian.id, nodePrimitives);
  const context = { primitives: nodePrimitives, signingKeyId: thief.identity.signingKey.id, peerKey: () => undefined };
  const of = formQuery(link, base64url(randomBytes(32)), context);
  const query = jwsCompact(of.signingInput, await thief.sign(of.signingInput));
  const { card } = await (await root(meridian)).ownCard();
  const known = readServiceCard(card, nodePrimitives);
  if (isRefusal(known)) throw new Error(known.code);
  const claims = { from: atlas.id, to: meridian.id, link: link.link, epoch: of.claims.epoch, next: of.claims.next };
  const header = queryEnvelopeHeader(claims, query, known.sealingKey.id, nodePrimitives);
  const plaintext = sealedPlaintext(query, new Uint8Array(0));
  const sealed = await hpkeSealer.seal(known.sealingKey.publicKey, plaintext, envelopeInfo(header));
  return encodeEnvelope(header, sealed.enc, sealed.ciphertext);
}

async function deliver(to: Service, envelope: Uint8Array): Promise<string> {
  const response = await fetch(`${to.url}/exchange/v1`, {
    method: 'POST',
    headers: { 'content-type': 'application/vnd.tansiq.envelope' },
    body: envelope as Uint8Array<ArrayBuffer>,
  });
  return response.ok ? 'answered' : (await problem(response)).code;
}
