/** What a step on the sending side of a link asks for, carried out in the store; what is to leave is given back. */
import type { KnownService, StoreUnit } from '#src/ports/store.ts';
import { type ExchangeEffect, exchangeLimits, type LinkState, type Step } from '#src/protocol/exchange/state.ts';
import { step } from '#src/protocol/exchange/step.ts';
import type { ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { RecordReference } from '#src/protocol/record/record.ts';
import { attempt, type Each, togetherOrOneByOne } from './attempt.ts';
import type { EngineDeps } from './deps.ts';
import { epochBegan } from './epochs.ts';
import { type NextBatch, nextBatch } from './form-batch.ts';
import { hereOf } from './here.ts';
import { reportRelease } from './holdings.ts';
import { journalLine } from './issue.ts';
import type { LetterDeps } from './letters.ts';
import { signNamed } from './sign-named.ts';
import { contextFor } from './take-envelope.ts';

type EffectOf<T extends ExchangeEffect['type']> = Extract<ExchangeEffect, { type: T }>;
export type SendQuery = EffectOf<'send-query'>;

/** What leaves once the unit is committed. */
export interface Outgoing {
  readonly send: EffectOf<'send'> | null;
  readonly query: SendQuery | null;
}
export interface Sending extends Outgoing {
  readonly state: LinkState;
  readonly formed: EffectOf<'store-batch'> | null;
  /** Whether more waits than went into what was formed. */
  readonly more: boolean;
}

/** One batch of what waits, as it may go now; nothing where nothing does. */
export async function formNext(
  unit: StoreUnit,
  state: LinkState,
  peer: KnownService,
  deps: EngineDeps,
  at: UnixMs,
  wholeOnly = false,
): Promise<Sending> {
  const { messagesPerBatch: messagesMax = exchangeLimits.messagesPerBatchMax } = deps;
  const form = async (on: StoreUnit, oneByOne: boolean): Promise<Sending> => {
    const next = await nextBatch(on, peer.id, hereOf(deps, at), { messagesMax, wholeOnly, oneByOne });
    if (next.messages.length === 0) return { state, send: null, query: null, formed: null, more: next.more };
    const queued = { type: 'messages-queued', messages: next.messages, now: at } as const;
    return carryOutSending(on, step(state, queued, contextFor(peer, deps)), peer, next, deps, at);
  };
  // ADM-1: one that cannot be made ready does not hold up those behind it
  const together = await attempt(unit, (part) => form(part, false), {});
  return 'done' in together ? together.done : form(unit, true);
}

export async function carryOutSending(
  unit: StoreUnit,
  first: Step,
  peer: KnownService,
  batch: NextBatch | null,
  deps: EngineDeps,
  at: UnixMs,
): Promise<Sending> {
  const context = contextFor(peer, deps);
  let { state } = first;
  let send: Sending['send'] = null;
  let query: Sending['query'] = null;
  let formed: Sending['formed'] = null;
  const effects = [...first.effects];
  const goOn = (next: Step) => {
    state = next.state;
    effects.push(...next.effects);
  };
  for (let effect = effects.shift(); effect; effect = effects.shift()) {
    switch (effect.type) {
      case 'sign-batch': {
        const signature = await signNamed(deps.keyring, effect.signingInput);
        goOn(step(state, { type: 'batch-signed', of: effect, signature, now: at }, context));
        break;
      }
      case 'sign-receipt': {
        const signature = await signNamed(deps.keyring, effect.signingInput);
        goOn(step(state, { type: 'receipt-signed', of: effect, signature }, context));
        break;
      }
      case 'sign-query': {
        const signature = await signNamed(deps.keyring, effect.signingInput);
        goOn(step(state, { type: 'query-signed', of: effect, signature, now: at }, context));
        break;
      }
      case 'reply':
        // A receipt whose envelope is long answered travels with the next batch.
        break;
      case 'store-batch':
        await unit.saveBatch(peer.id, effect, effect.messageIds, at);
        await markSent(unit, effect, batch, peer.id, { ...deps, at });
        formed = effect;
        break;
      case 'new-epoch':
        await epochBegan(unit, peer.id, effect, at);
        break;
      case 'send':
        send = effect;
        break;
      case 'send-query':
        query = effect;
        break;
      case 'refused':
        break;
      default:
        throw new Error(`the sending side of a link cannot ask for ${effect.type}`);
    }
  }
  return { state, send, query, formed, more: batch?.more ?? false };
}

async function markSent(
  unit: StoreUnit,
  stored: EffectOf<'store-batch'>,
  batch: NextBatch | null,
  peer: ServiceId,
  here: LetterDeps & Pick<EngineDeps, 'onFault'> & { readonly at: UnixMs },
): Promise<void> {
  const { at } = here;
  const { service: self } = here.keyring.identity;
  const onward: { reference: RecordReference; digests: readonly string[] }[] = [];
  for (const [index, itemId] of stored.messageIds.entries()) {
    const sent = batch?.releases.get(itemId);
    if (!sent) continue;
    const { epoch, sequence } = stored;
    await unit.releaseSent(sent.release, { epoch, sequence, index, digests: sent.digests }, at);
    const release = await unit.release(sent.release);
    if (!release) throw new Error('a release vanished while it was sent');
    const { record, hash } = release.reference;
    await unit.putHolder({ record, hash, holder: peer, via: null, digests: sent.digests }, 'granted', at);
    await unit.appendJournal(journalLine(null, 'release.sent', { id: record, hash }, at, { service: peer }));
    if (release.reference.origin !== self) onward.push({ reference: release.reference, digests: sent.digests });
  }
  // REL-3: of another's record its origin learns from us, whether or not the holder ever confirms.
  const each: Each<(typeof onward)[number]> = {
    take: (part, { reference, digests }) => reportRelease(part, reference, { to: peer, digests }, here),
    failed: (part, { reference: { origin, record, hash } }) => {
      const more = { service: origin, reason: 'message-not-sent' };
      return part.appendJournal(journalLine(null, 'holding.reported', { id: record, hash }, at, more));
    },
  };
  await togetherOrOneByOne(unit, onward, each, here);
}
