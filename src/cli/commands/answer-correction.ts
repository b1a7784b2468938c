import { randomUUID } from 'node:crypto';
import { correctionAnswers, correctionRefusalGrounds, reliedOnStages } from '#src/kinds/correction/words.ts';
import { correctionAnswerWords } from '#src/kinds/correction-answer/captions.ts';
import { command } from '../command.ts';
import { seat, takeSeat } from '../connect.ts';
import { oneOf, required } from '../values.ts';

export const answerCorrection = command({
  name: 'answer-correction',
  operands: 'ID',
  operandsMin: 1,
  operandsMax: 1,
  help: 'help.answer-correction',
  options: {
    answer: { type: 'string', value: correctionAnswers.join('|'), help: 'option.correction-answer' },
    case: { type: 'string', value: 'TEXT', help: 'option.case' },
    stage: { type: 'string', value: reliedOnStages.join('|'), help: 'option.stage' },
    ground: { type: 'string', value: 'GROUND', help: 'option.refusal-ground' },
    explanation: { type: 'string', value: 'TEXT', help: 'option.explanation' },
    ...seat,
  },
  async run(call) {
    const { values, say, output, operands } = call;
    const { client } = await takeSeat(call);
    const answer = oneOf('answer', required('answer', values.answer, say), correctionAnswers, say);
    // What goes with which answer the node decides; here is only read what was typed.
    const { case: reference, stage, ground, explanation } = values;
    const body = {
      answer,
      ...(reference !== undefined && { case: reference }),
      ...(stage !== undefined && { stage: oneOf('stage', stage, reliedOnStages, say) }),
      ...(ground !== undefined && { ground: oneOf('ground', ground, correctionRefusalGrounds, say) }),
      ...(explanation !== undefined && { explanation }),
    };
    const made = await client.answerCorrection(
      { params: { id: operands[0] ?? '' }, body },
      { idempotencyKey: randomUUID() },
    );
    const said = correctionAnswerWords.captions[`answer/${answer}`]?.[say.language] ?? answer;
    output.answer({ answer, ...made }, [say('answer-correction.done', { answer: said, record: made.record })]);
  },
});
