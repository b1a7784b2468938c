import { command } from '../command.ts';
import { seat, takeSeat } from '../connect.ts';
import { keyLines } from '../key-lines.ts';
import { oneOf, required } from '../values.ts';

export const keysShow = command({
  name: 'keys show',
  operands: '',
  operandsMin: 0,
  operandsMax: 0,
  help: 'help.keys-show',
  options: seat,
  async run(call) {
    const { client } = await takeSeat(call);
    const view = await client.getKeys();
    call.output.answer(view, keyLines(view, call.say));
  },
});

export const keysRotate = command({
  name: 'keys rotate',
  operands: 'signing|sealing',
  operandsMin: 1,
  operandsMax: 1,
  help: 'help.keys-rotate',
  options: { ...seat, reason: { type: 'string', value: 'TEXT', help: 'option.keys-reason' } },
  async run(call) {
    const which = oneOf('keys rotate', call.operands[0] ?? '', ['signing', 'sealing'], call.say);
    const body = { reason: required('reason', call.values.reason, call.say) };
    const { client } = await takeSeat(call);
    const view = await (which === 'signing' ? client.rotateSigningKey({ body }) : client.rotateSealingKey({ body }));
    call.output.answer(view, keyLines(view, call.say));
  },
});
