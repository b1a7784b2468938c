import type { RequestClock } from '#src/kinds/request/clock.ts';
import type { ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import { may } from '../../abilities.ts';
import type { SignedInOfficer } from '../../handlers.ts';
import type { TimedRequest } from '../../request-lines.ts';
import type { Briefs } from '../../service-briefs.ts';
import type { RequestView } from '../contract.ts';

/** One request in the words of the screen. */
export function requestView(
  request: TimedRequest,
  reader: { readonly officer: SignedInOfficer; readonly self: ServiceId },
  briefs: Briefs,
): RequestView {
  const { record, title, language, urgency, origin, lines } = request;
  return {
    record,
    title,
    language,
    urgency,
    ours: origin === reader.self,
    origin: briefs(origin),
    respondBy: instant(request.respondBy),
    askedAt: instant(request.askedAt),
    lines: lines.map(({ service, clock, answers }) => ({
      service: briefs(service),
      clock: clockView(clock),
      answers: answers.map(({ at, ...answer }) => ({ ...answer, at: instant(at) })),
    })),
    allowed: allowedWith(request, reader),
  };
}

function clockView({ startedAt, dueAt, endedAt, ...clock }: RequestClock): RequestView['lines'][number]['clock'] {
  return { ...clock, startedAt: instantOrNull(startedAt), dueAt: instant(dueAt), endedAt: instantOrNull(endedAt) };
}

/** What the screen offers; the writing routes decide again. */
function allowedWith({ origin, lines }: TimedRequest, reader: { officer: SignedInOfficer; self: ServiceId }): string[] {
  if (!lines.some(({ clock }) => clock.endedAt === null)) return [];
  const { role } = reader.officer;
  if (origin === reader.self) return may(role, 'request') ? ['clarify'] : [];
  return may(role, 'answer-request') ? ['answer'] : [];
}

const instant = (at: UnixMs): string => new Date(at).toISOString();
const instantOrNull = (at: UnixMs | null): string | null => (at === null ? null : instant(at));
