import type { RefusalCode } from '../refusal.ts';
import type { Evidence, LinkState, Step } from './state.ts';

/** The envelope under way has no effect; its sender learns why. */
export function refused(state: LinkState, code: RefusalCode): Step {
  return { state, effects: [{ type: 'refused', code }] };
}

/**
 * EXC-4: what the peer signed contradicts what it signed before, or what we hold. No honest crash explains it, so nothing
 * more is believed or sent until officers of both services have spoken; the queues stay as they are.
 */
export function stopped(state: LinkState, code: RefusalCode, evidence: Evidence): Step {
  return {
    state: { ...state, status: 'stopped', stoppedBy: code },
    effects: [
      { type: 'link-stopped', code, evidence },
      { type: 'refused', code },
    ],
  };
}
