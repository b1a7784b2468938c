import { randomUUID } from 'node:crypto';
import { type OutcomeInput, outcomeResults } from '#src/features/decisions/contract.ts';
import { portionNatures } from '#src/protocol/record/record.ts';
import { command, UsageError } from '../command.ts';
import { seat, takeSeat } from '../connect.ts';
import { asciiDigits } from '../digits.ts';
import type { Say } from '../messages.ts';
import { textOption, textSource } from '../text-option.ts';
import { listed, oneOf, required } from '../values.ts';

export const outcome = command({
  name: 'outcome',
  operands: 'ID',
  operandsMin: 1,
  operandsMax: 1,
  help: 'help.outcome',
  options: {
    results: { type: 'string', value: 'arrests=4,…', help: 'option.results' },
    ...textSource,
    nature: { type: 'string', value: 'fact|assessment', help: 'option.nature-required' },
    ...seat,
  },
  async run(call) {
    const { values, say, output, operands } = call;
    const { client } = await takeSeat(call);
    const body: OutcomeInput = {
      results: listed(required('results', values.results, say)).map((part) => resultFrom(part, say)),
      text: await textOption(values, call),
      nature: oneOf('nature', required('nature', values.nature, say), portionNatures, say),
    };
    const made = await client.reportOutcome(
      { params: { id: operands[0] ?? '' }, body },
      { idempotencyKey: randomUUID() },
    );
    output.answer(made, [say('outcome.done', { record: made.record })]);
  },
});

/** `arrests=4`; `none-yet` stands alone. */
function resultFrom(part: string, say: Say): OutcomeInput['results'][number] {
  const [word = '', given] = part.split('=', 2);
  const count = given === undefined ? undefined : asciiDigits(given);
  const result = oneOf('results', word, outcomeResults, say);
  if (result === 'none-yet' && count === undefined) return { result, count: null };
  if (count === undefined || !/^\d{1,6}$/.test(count)) throw new UsageError(say('usage.results'));
  return { result, count: Number(count) };
}
