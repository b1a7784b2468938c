import type { Tx } from '#src/ports/database.ts';
import type { RecordId, ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import { may } from '../../abilities.ts';
import type { SignedInOfficer } from '../../handlers.ts';
import { requestsIn } from '../../open-requests.ts';
import { promisedRest } from '../../promised-rest.ts';
import { type RequestLine, type TimedRequest, timedRequests } from '../../request-lines.ts';
import type { InboxItem } from '../contract.ts';

/** Requests that wait for this officer, each with the reason at the same place. */
export interface DueRequests {
  readonly records: readonly RecordId[];
  readonly reasons: readonly InboxItem['reason'][];
}

/** ADM-2: two hundred of each service at once; the rest comes up as these are closed. */
const dueSharesMax = 20;

/** REQ-3: reminds both sides by the one clock; whoever asked of what is late or unclear, whoever was asked of what is owed. */
export async function dueRequests(
  tx: Tx,
  reader: { readonly officer: SignedInOfficer; readonly self: ServiceId },
  now: UnixMs,
): Promise<DueRequests> {
  const { self } = reader;
  const { role } = reader.officer;
  const roles = { asks: may(role, 'request'), answers: may(role, 'answer-request') };
  if (!roles.asks && !roles.answers) return { records: [], reasons: [] };
  const places = await requestsIn(tx, self, { state: 'open', sharesMax: dueSharesMax });
  const open = await timedRequests(
    tx,
    places.map(({ record }) => record),
    { self, now },
  );
  const due = open.flatMap((request) => {
    const reason = request.origin === self ? roles.asks && awaited(request, now) : roles.answers && owed(request, now);
    return reason ? [{ record: request.record, reason }] : [];
  });
  return { records: due.map(({ record }) => record), reasons: due.map(({ reason }) => reason) };
}

function owed({ lines: [line] }: TimedRequest, now: UnixMs): InboxItem['reason'] | null {
  const state = line && stateOf(line, now);
  if (state === 'overdue') return 'answer-overdue';
  return state === 'running' ? 'answer-due' : null;
}

/** A question back comes first: until it is answered, that recipient cannot go on. */
function awaited({ lines }: TimedRequest, now: UnixMs): InboxItem['reason'] | null {
  const states = lines.map((line) => stateOf(line, now));
  if (states.includes('paused')) return 'clarification-wanted';
  return states.includes('overdue') ? 'answer-awaited-overdue' : null;
}

/** Before the day on which its rest was promised, a partial answer is due and not late. */
function stateOf({ clock, answers }: RequestLine, now: UnixMs): RequestLine['clock']['state'] {
  return clock.state === 'overdue' && promisedRest(answers, now) !== null ? 'running' : clock.state;
}
