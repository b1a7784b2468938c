import type { RequestView } from '#src/features/requests/contract.ts';
import { command } from '../command.ts';
import { seat, takeSeat } from '../connect.ts';
import type { Say } from '../messages.ts';
import { table } from '../table.ts';
import { moment } from '../time.ts';
import { oneOf } from '../values.ts';

/** One line per request and recipient: whose answer is due when, and how its clock stands. */
export const requests = command({
  name: 'requests',
  operands: '',
  operandsMin: 0,
  operandsMax: 0,
  help: 'help.requests',
  options: {
    direction: { type: 'string', value: 'to-us|ours', help: 'option.direction' },
    state: { type: 'string', value: 'open|closed', help: 'option.state' },
    ...seat,
  },
  async run(call) {
    const { values, say, output } = call;
    const { client } = await takeSeat(call);
    const query = {
      direction: oneOf('direction', values.direction ?? 'to-us', ['to-us', 'ours'], say),
      state: oneOf('state', values.state ?? 'open', ['open', 'closed'], say),
      limit: 200,
    };
    const listed: RequestView[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await client.listRequests({ query: { ...query, ...(cursor !== undefined && { cursor }) } });
      listed.push(...page.items);
      cursor = page.next;
    }
    const rows = listed.flatMap((request) => request.lines.map((line) => row(request, line, say)));
    output.answer(listed, rows.length === 0 ? [say('requests.none')] : table(rows));
  },
});

function row(request: RequestView, { service, clock }: RequestView['lines'][number], say: Say): string[] {
  const verdict = clock.inTime === null ? '' : say(clock.inTime ? 'clock.in-time' : 'clock.late');
  return [
    request.record,
    request.ours ? service.code : request.origin.code,
    say('requests.due', { due: moment(clock.dueAt, say) }),
    say(`clock.${clock.state}`),
    clock.state === 'overdue' ? '' : verdict,
    request.title,
  ];
}
