import type { InboxItem } from '#src/features/inbox/contract.ts';
import { kindOf } from '#src/kinds/index.ts';
import { command } from '../command.ts';
import { seat, takeSeat } from '../connect.ts';
import type { Say } from '../messages.ts';
import { isolate, table } from '../table.ts';
import { moment } from '../time.ts';
import { oneOf, wholeNumber } from '../values.ts';

export const inbox = command({
  name: 'inbox',
  operands: '',
  operandsMin: 0,
  operandsMax: 0,
  help: 'help.inbox',
  options: {
    view: { type: 'string', value: 'waiting|arrived|sent', help: 'option.view' },
    search: { type: 'string', value: 'WORDS', help: 'option.search' },
    limit: { type: 'string', value: '1-200', help: 'option.limit' },
    cursor: { type: 'string', value: 'CURSOR', help: 'option.cursor' },
    ...seat,
  },
  async run(call) {
    const { values, say, output } = call;
    const { client } = await takeSeat(call);
    const page = await client.listInbox({
      query: {
        view: oneOf('view', values.view ?? 'waiting', ['waiting', 'arrived', 'sent'], say),
        limit: wholeNumber('limit', values.limit ?? '50', [1, 200], say),
        ...(values.search === undefined ? {} : { q: values.search }),
        ...(values.cursor === undefined ? {} : { cursor: values.cursor }),
      },
    });
    output.answer(page, [
      say('inbox.counts', { waiting: page.counts.waiting, unread: page.counts.unread }),
      ...table(page.items.map((item) => row(item, say))),
      ...(page.next === null ? [] : [say('inbox.more', { cursor: page.next })]),
    ]);
  },
});

function row(item: InboxItem, say: Say): string[] {
  const steps = item.deliveries.map(({ recipient, step }) => `${recipient.code}: ${stepWord(step, say)}`).join(', ');
  return [
    item.unread ? '●' : ' ',
    item.record,
    // What we gave ourselves did not arrive.
    item.ours && item.reason === 'arrived' ? '' : say(`reason.${item.reason}`),
    moment(item.at, say),
    item.from.code,
    item.about === null
      ? item.title
      : `${kindOf(item.kind)?.caption[say.language] ?? item.kind}: ${isolate(item.about)}`,
    steps,
  ];
}

function stepWord(step: string, say: Say): string {
  switch (step) {
    case 'queued':
    case 'delivered':
    case 'read':
    case 'decided':
    case 'outcome':
    case 'refused':
      return say(`step.${step}`);
    default:
      return step;
  }
}
