import { command } from '../command.ts';
import { seat, takeSeat } from '../connect.ts';
import { partnerCalled } from '../services.ts';
import { required } from '../values.ts';

export const partnerResume = command({
  name: 'partner resume',
  operands: 'SERVICE',
  operandsMin: 1,
  operandsMax: 1,
  help: 'help.partner-resume',
  options: { ...seat, reason: { type: 'string', value: 'TEXT', help: 'option.keys-reason' } },
  async run(call) {
    const reason = required('reason', call.values.reason, call.say);
    const { client } = await takeSeat(call);
    const { service } = await partnerCalled(client, call.operands[0] ?? '', call.say);
    const resumed = await client.resumeLink({ params: { id: service.id }, body: { reason } });
    call.output.answer(resumed, [call.say('partner.resumed', { service: service.code })]);
  },
});
