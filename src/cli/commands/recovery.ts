import type { RecoveryView } from '#src/features/keys/contract.ts';
import { command } from '../command.ts';
import { seat, takeSeat } from '../connect.ts';
import type { Say } from '../messages.ts';
import { moment } from '../time.ts';
import { oneOf, required } from '../values.ts';

export const recovery = command({
  name: 'recovery',
  operands: '[go-on]',
  operandsMin: 0,
  operandsMax: 1,
  help: 'help.recovery',
  options: { ...seat, reason: { type: 'string', value: 'TEXT', help: 'option.keys-reason' } },
  async run(call) {
    const { say, values, output } = call;
    const [asked] = call.operands;
    if (asked === undefined) {
      const { client } = await takeSeat(call);
      const view = await client.getRecovery();
      output.answer(view, recoveryLines(view, say));
      return;
    }
    oneOf('recovery', asked, ['go-on'], say);
    const reason = required('reason', values.reason, say);
    const { client } = await takeSeat(call);
    const view = await client.goOnAfterRestore({ body: { reason } });
    output.answer(view, recoveryLines(view, say));
  },
});

function recoveryLines({ recovering, since, partners }: RecoveryView, say: Say): string[] {
  if (!recovering) return [say('recovery.none')];
  return [
    say('recovery.since', { at: moment(since, say) }),
    ...partners.map(({ service, done, returned }) =>
      say(done ? 'recovery.done' : 'recovery.waits', { service: service.code, count: returned }),
    ),
  ];
}
