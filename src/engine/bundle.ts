/** EXC-3: what is carried by hand. The same batches and receipts as over a link, so that each takes effect once. */
import type { KnownService, StoredBatch, StoreUnit } from '#src/ports/store.ts';
import { bundleBytesMax, decodeBundle, encodeBundle } from '#src/protocol/exchange/bundle.ts';
import { decodeEnvelope } from '#src/protocol/exchange/envelope.ts';
import { formReceipt } from '#src/protocol/exchange/receipt.ts';
import { exchangeLimits, type LinkState } from '#src/protocol/exchange/state.ts';
import { step } from '#src/protocol/exchange/step.ts';
import { jwsCompact } from '#src/protocol/jws.ts';
import type { ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import { isRefusal, type Refusal, type RefusalCode, refuse } from '#src/protocol/refusal.ts';
import type { EngineDeps } from './deps.ts';
import { mayStillGo } from './may-still-go.ts';
import { waitsInVain } from './revoked-keys.ts';
import { type SignedReceipt, sealedBatch, sealedQuery, sealedReceipt } from './seal-outgoing.ts';
import { carryOutSending, formNext, type Sending, type SendQuery } from './send-step.ts';
import { signNamed } from './sign-named.ts';
import { contextFor, linkWith, type Taken, takeEnvelope } from './take-envelope.ts';
import { sealedKeys, type UntoldStatement, untoldStatements } from './tell-keys.ts';

export interface ExportedBundle {
  readonly bytes: Uint8Array;
  readonly batches: number;
  readonly messages: number;
}

interface Made {
  readonly peer: KnownService;
  readonly state: LinkState;
  readonly batches: readonly StoredBatch[];
  readonly query: SendQuery | null;
  readonly keys: readonly UntoldStatement[];
  readonly receipt: SignedReceipt | null;
}

/**
 * Forms batches of all that waits, and gives everything that has no receipt, with our newest receipt and, at the first time
 * of a process, the query that EXC-4 asks for. May be asked for again: what was carried already is known there.
 */
export async function exportBundle(
  id: ServiceId,
  by: { readonly officer: string | null; readonly isFirst: boolean },
  deps: EngineDeps,
): Promise<ExportedBundle | Refusal> {
  const at = deps.clock.now();
  const made = await deps.store.unit((unit) => makeReady(unit, id, by, deps, at));
  if (isRefusal(made)) return made;
  const { peer, state, batches, query, keys, receipt } = made;
  const seals = [
    // KEY-1: before anything that is signed with the keys that they name.
    ...keys.map((statement) => () => sealedKeys(statement, state.link, peer, deps)),
    ...(query ? [() => sealedQuery(query, state.link, peer, deps)] : []),
    ...batches.map((batch) => () => sealedBatch(batch, state.link, peer, deps)),
    ...(receipt ? [() => sealedReceipt(receipt, peer, deps)] : []),
  ];
  const envelopes: Uint8Array[] = [];
  for (const seal of seals) {
    const sealed = await seal();
    if (isRefusal(sealed)) return sealed;
    envelopes.push(sealed);
  }
  return { bytes: encodeBundle(envelopes), batches: batches.length, messages: messagesIn(batches) };
}

async function makeReady(
  unit: StoreUnit,
  id: ServiceId,
  { officer, isFirst }: { officer: string | null; isFirst: boolean },
  deps: EngineDeps,
  at: UnixMs,
): Promise<Made | Refusal> {
  const peer = await unit.knownService(id);
  if (!peer || peer.revoked || peer.id === deps.keyring.identity.service) return refuse('peer-unknown');
  if (!peer.confirmed) return refuse('peer-unconfirmed');
  const before = await linkWith(unit, id, deps);
  if (before.status === 'stopped') return refuse('link-stopped');
  const tick = { type: 'tick', now: at, restarted: isFirst && peer.carrier !== 'link', nonce: nonce(deps) } as const;
  const ticked = await carryOutSending(unit, step(before, tick, contextFor(peer, deps)), peer, null, deps, at);
  const { state } = await formAll(unit, ticked, peer, deps, at);
  const signed = await signReceipt(state, peer, deps);
  await unit.saveLink(state);
  const batches = await batchesForFile(unit, state);
  const [first, last] = [batches[0], batches.at(-1)];
  if (first && last) {
    const place = { epoch: first.epoch, from: first.sequence, through: last.sequence };
    await unit.addExport(id, { officer, ...place, messages: messagesIn(batches) }, at);
  }
  const { asking } = state.out;
  const query: SendQuery | null =
    asking === null || asking.query === null
      ? null
      : { type: 'send-query', query: asking.query, epoch: asking.epoch, next: asking.next };
  return { peer, state, batches, query, keys: await untoldStatements(unit, id, deps), receipt: signed };
}

/** As many batches as the window allows, of what may go now. */
async function formAll(
  unit: StoreUnit,
  ticked: Sending,
  peer: KnownService,
  deps: EngineDeps,
  at: UnixMs,
): Promise<Sending> {
  let now = ticked;
  const inVain = await waitsInVain(unit, now.state, deps.keyring);
  if (inVain || (now.state.out.unreceipted.length > 0 && !(await mayStillGo(unit, peer.id, now.state, deps, at)))) {
    const given = step(now.state, { type: 'give-up' }, contextFor(peer, deps));
    now = await carryOutSending(unit, given, peer, null, deps, at);
  }
  // Over a link nothing is formed while the peer is asked what it has.
  if (peer.carrier === 'link' && now.state.out.asking !== null) return now;
  const { windowMax, windowOneWayMax } = exchangeLimits;
  const window = peer.carrier === 'one-way' ? windowOneWayMax : windowMax;
  while (now.state.out.unreceipted.length < window) {
    now = await formNext(unit, now.state, peer, deps, at);
    if (now.formed === null) break;
  }
  return now;
}

/** Everything without a receipt; where one file does not hold it, what comes after the last file, and then from the start. */
async function batchesForFile(unit: StoreUnit, { peer, out }: LinkState): Promise<StoredBatch[]> {
  const first = out.receiptedThrough + 1;
  const all = await unit.batches(peer, out.epoch, first, out.next - 1);
  const bytes = all.reduce((sum, { payload }) => sum + payload.length, 0);
  const lastThrough = bytes > bundleBytesMax ? await unit.lastExported(peer, out.epoch) : 0;
  const from = lastThrough >= first && lastThrough < out.next - 1 ? lastThrough + 1 : first;
  let room = bundleBytesMax;
  return all.filter(({ sequence, payload }) => {
    if (sequence < from) return false;
    room -= payload.length;
    return room >= 0;
  });
}

/** Our receipt for all that is taken, signed for no envelope in particular. */
async function signReceipt(state: LinkState, peer: KnownService, deps: EngineDeps): Promise<SignedReceipt | null> {
  const { epoch, through } = state.in;
  if (epoch === 1 && through === 0) return null;
  const of = formReceipt(state, null, contextFor(peer, deps));
  const jws = jwsCompact(of.signingInput, await signNamed(deps.keyring, of.signingInput));
  return { jws, link: state.link, epoch, through };
}

export interface ImportedBundle {
  readonly from: ServiceId;
  readonly taken: number;
  readonly known: number;
  readonly receipts: number;
  readonly refused: readonly RefusalCode[];
  /** A file with our receipts; null where nothing in it calls for one. */
  readonly answer: Uint8Array | null;
}

/** ADM-2: envelopes of one file that are refused, before the rest of it is left. */
const refusedMax = 100;

/** Each envelope as if it had come over a link: taken, known or refused by itself. A file is of one service. */
export async function importBundle(bytes: Uint8Array, deps: EngineDeps): Promise<ImportedBundle | Refusal> {
  const { envelopes, problem } = decodeBundle(bytes);
  const counts = { batch: 0, known: 0, receipt: 0, query: 0, keys: 0 };
  const refused: RefusalCode[] = problem === null ? [] : [problem];
  const receipts: { to: Taken['brought']; receipt: SignedReceipt }[] = [];
  let notTaken = 0;
  let from: ServiceId | null = null;
  let peer: KnownService | null = null;
  for (const envelope of envelopes) {
    const decoded = decodeEnvelope(envelope);
    // Of a file, its officer hears; the door has lines for what came to it.
    if (isRefusal(decoded)) {
      refused.push(decoded.code);
      continue;
    }
    from ??= decoded.header.from;
    if (decoded.header.from !== from) {
      refused.push('bundle-mixed');
      continue;
    }
    const taken = await takeEnvelope(envelope, deps);
    if (isRefusal(taken)) {
      refused.push(taken.code);
      // ADM-2: each costs what one that is taken does, and nothing is lost: the peer gives again what has no receipt.
      if (++notTaken >= refusedMax) break;
      continue;
    }
    peer = taken.peer;
    counts[taken.brought]++;
    if (taken.receipt) receipts.push({ to: taken.brought, receipt: taken.receipt });
  }
  if (from === null) return refuse(problem ?? 'bundle-malformed');
  // Receipts are cumulative: the last covers those before. Those for a query and for keys prove what no other does.
  const lastOf = (...what: Taken['brought'][]) => receipts.findLast(({ to }) => what.includes(to))?.receipt;
  const answers = [lastOf('keys'), lastOf('query'), lastOf('batch', 'known')].filter((one) => one !== undefined);
  const sender = peer;
  const sealed = sender === null ? [] : await Promise.all(answers.map((one) => sealedReceipt(one, sender, deps)));
  const { batch: taken, known, receipt } = counts;
  refused.push(...sealed.filter(isRefusal).map(({ code }) => code));
  const answering = sealed.filter((one): one is Uint8Array => !isRefusal(one));
  const answer = answering.length === 0 ? null : encodeBundle(answering);
  return { from, taken, known, receipts: receipt, refused: [...new Set(refused)], answer };
}

function messagesIn(batches: readonly StoredBatch[]): number {
  return batches.reduce((sum, { signedHeader }) => sum + claimsOf<{ messages: number }>(signedHeader).messages, 0);
}

/** The payload of a JWS that we signed ourselves. */
function claimsOf<T>(ownJws: string): T {
  return JSON.parse(Buffer.from(ownJws.split('.')[1] ?? '', 'base64url').toString()) as T;
}

function nonce(deps: EngineDeps): string {
  return Buffer.from(deps.randomBytes(32)).toString('base64url');
}
