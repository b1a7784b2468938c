/** EXC-4: officers of both services have spoken; the link goes on in a new epoch. */
import { step } from '#src/protocol/exchange/step.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import { type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { EngineDeps } from './deps.ts';
import { carryOutSending } from './send-step.ts';
import { contextFor, linkWith } from './take-envelope.ts';

/** What has no receipt is decided on again and sent anew, also where the link had not stopped. */
export async function resumeLink(id: ServiceId, deps: EngineDeps): Promise<{ status: 'open' | 'stopped' } | Refusal> {
  const at = deps.clock.now();
  return deps.store.unit(async (unit) => {
    const peer = await unit.knownService(id);
    if (!peer || peer.revoked || peer.id === deps.keyring.identity.service) return refuse('peer-unknown');
    if (!peer.confirmed) return refuse('peer-unconfirmed');
    const resumed = step(await linkWith(unit, id, deps), { type: 'resume' }, contextFor(peer, deps));
    const { state } = await carryOutSending(unit, resumed, peer, null, deps, at);
    await unit.saveLink(state);
    return { status: state.status };
  });
}
