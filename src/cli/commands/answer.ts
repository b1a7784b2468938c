import { randomUUID } from 'node:crypto';
import type { AnswerInput } from '#src/features/requests/contract.ts';
import { answerWords } from '#src/kinds/answer/captions.ts';
import { answerRefusalGrounds, answerStates } from '#src/kinds/request/words.ts';
import { portionNatures } from '#src/protocol/record/record.ts';
import { command, type Options, type Values } from '../command.ts';
import { seat, takeSeat } from '../connect.ts';
import type { Say } from '../messages.ts';
import { gradingFrom } from '../report-options.ts';
import { textOption, textSource } from '../text-option.ts';
import { day, level, listed, oneOf, required } from '../values.ts';

const answerOptions = {
  answer: { type: 'string', value: answerStates.join('|'), help: 'option.answer' },
  ...textSource,
  nature: { type: 'string', value: portionNatures.join('|'), help: 'option.answer-nature' },
  grading: { type: 'string', value: 'A1…F6', help: 'option.answer-grading' },
  ground: { type: 'string', value: 'GROUND', help: 'option.ground' },
  'rest-by': { type: 'string', value: 'YYYY-MM-DD', help: 'option.rest-by' },
  level: { type: 'string', value: '0-4', help: 'option.answer-level' },
  compartments: { type: 'string', value: 'NAME,NAME', help: 'option.compartments' },
} as const satisfies Options;

export const answer = command({
  name: 'answer',
  operands: 'ID',
  operandsMin: 1,
  operandsMax: 1,
  help: 'help.answer',
  options: { ...answerOptions, ...seat },
  async run(call) {
    const { values, say, output, operands } = call;
    const { client } = await takeSeat(call);
    const hasText = values.text !== undefined || values['text-file'] !== undefined;
    const body = answerFrom(values, hasText ? await textOption(values, call) : undefined, say);
    const made = await client.answerRequest(
      { params: { id: operands[0] ?? '' }, body },
      { idempotencyKey: randomUUID() },
    );
    const said = answerWords.captions[`answer/${body.answer}`]?.[say.language] ?? body.answer;
    output.answer({ answer: body.answer, ...made }, [say('answer.done', { answer: said, record: made.record })]);
  },
});

/** What goes with which answer the node decides; here is only read what was typed. */
function answerFrom(values: Values<typeof answerOptions>, text: string | undefined, say: Say): AnswerInput {
  const { nature, grading, ground, 'rest-by': restBy } = values;
  const marked = values.level !== undefined || values.compartments !== undefined;
  return {
    answer: oneOf('answer', required('answer', values.answer, say), answerStates, say),
    ...(text !== undefined && { text }),
    ...(nature !== undefined && { nature: oneOf('nature', nature, portionNatures, say) }),
    ...(grading !== undefined && { grading: gradingFrom(grading, say) }),
    ...(ground !== undefined && { ground: oneOf('ground', ground, answerRefusalGrounds, say) }),
    ...(restBy !== undefined && { restBy: day('rest-by', restBy, say) }),
    // Joined with the request's: nothing given here can lower it.
    marking: marked
      ? {
          level: level('level', values.level ?? '0', say),
          compartments: listed(values.compartments),
          handling: [],
          releasableTo: null,
        }
      : null,
  };
}
