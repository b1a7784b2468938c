import { command } from '../command.ts';
import { seat, takeSeat } from '../connect.ts';
import { recordLines } from '../record-lines.ts';

export const show = command({
  name: 'show',
  operands: 'ID',
  operandsMin: 1,
  operandsMax: 1,
  help: 'help.show',
  options: seat,
  async run(call) {
    const { client } = await takeSeat(call);
    const view = await client.getRecord({ params: { id: call.operands[0] ?? '' } });
    call.output.answer(view, recordLines(view, call.say));
  },
});
