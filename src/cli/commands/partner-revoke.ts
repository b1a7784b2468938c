import { command } from '../command.ts';
import { seat, takeSeat } from '../connect.ts';
import { partnerCalled } from '../services.ts';
import { required } from '../values.ts';

export const partnerRevoke = command({
  name: 'partner revoke',
  operands: 'SERVICE',
  operandsMin: 1,
  operandsMax: 1,
  help: 'help.partner-revoke',
  options: { ...seat, reason: { type: 'string', value: 'TEXT', help: 'option.keys-reason' } },
  async run(call) {
    const reason = required('reason', call.values.reason, call.say);
    const { client } = await takeSeat(call);
    const { service } = await partnerCalled(client, call.operands[0] ?? '', call.say);
    const revoked = await client.revokePartner({ params: { id: service.id }, body: { reason } });
    const count = revoked.permissionsRevoked;
    call.output.answer(revoked, [call.say('partner.trust-ended', { service: service.code, count })]);
  },
});
