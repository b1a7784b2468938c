/** What may be done with a request now: listed to the screen, and refused to whoever does what is not listed. */
import type { OfficerRole } from '#src/ports/tables.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import { type Refusal, refuse } from '#src/protocol/refusal.ts';
import { may } from '../../abilities.ts';
import type { TimedRequest } from '../../request-lines.ts';

export const requestActs = ['answer', 'clarify'] as const;
export type RequestAct = (typeof requestActs)[number];

/** Who asked clarifies; who was asked answers; both while somebody has not answered for good. */
export function refusedRequestAct(
  act: RequestAct,
  { origin, lines }: TimedRequest,
  self: ServiceId,
  role: OfficerRole,
): Refusal | null {
  const isOurs = origin === self;
  const mayNow = act === 'clarify' ? isOurs && may(role, 'request') : !isOurs && may(role, 'answer-request');
  if (!mayNow) return refuse('not-allowed');
  return lines.some(({ clock }) => clock.endedAt === null) ? null : refuse('request-closed');
}
