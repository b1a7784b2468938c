import type { RequestClock } from '#src/kinds/request/clock.ts';
import type { ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { SignedInOfficer } from '../../handlers.ts';
import type { TimedRequest } from '../../request-lines.ts';
import type { Briefs } from '../../service-briefs.ts';
import type { RequestView } from '../contract.ts';
import { refusedRequestAct, requestActs } from './request-acts.ts';

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
    allowed: requestActs.filter((act) => refusedRequestAct(act, request, reader.self, reader.officer.role) === null),
  };
}

function clockView({ startedAt, dueAt, endedAt, ...clock }: RequestClock): RequestView['lines'][number]['clock'] {
  return { ...clock, startedAt: instantOrNull(startedAt), dueAt: instant(dueAt), endedAt: instantOrNull(endedAt) };
}

const instant = (at: UnixMs): string => new Date(at).toISOString();
const instantOrNull = (at: UnixMs | null): string | null => (at === null ? null : instant(at));
