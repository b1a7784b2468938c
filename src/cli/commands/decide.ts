import { randomUUID } from 'node:crypto';
import { decisions } from '#src/features/decisions/contract.ts';
import { decisionSentence } from '../board-lines.ts';
import { command } from '../command.ts';
import { seat, takeSeat } from '../connect.ts';
import { oneOf, required } from '../values.ts';

export const decide = command({
  name: 'decide',
  operands: 'ID',
  operandsMin: 1,
  operandsMax: 1,
  help: 'help.decide',
  options: {
    decision: { type: 'string', value: decisions.join('|'), help: 'option.decision' },
    reason: { type: 'string', value: 'TEXT', help: 'option.reason-decision' },
    'assign-to': { type: 'string', value: 'DESK', help: 'option.assign-to' },
    ...seat,
  },
  async run(call) {
    const { values, say, output, operands } = call;
    const { client } = await takeSeat(call);
    const decision = oneOf('decision', required('decision', values.decision, say), decisions, say);
    const made = await client.decide(
      {
        params: { id: operands[0] ?? '' },
        body: {
          decision,
          ...(values.reason === undefined ? {} : { reason: values.reason }),
          ...(values['assign-to'] === undefined ? {} : { assignTo: values['assign-to'] }),
        },
      },
      { idempotencyKey: randomUUID() },
    );
    output.answer({ decision, ...made }, [
      say('decide.done', { decision: decisionSentence(decision, say), record: made.record }),
    ]);
  },
});
