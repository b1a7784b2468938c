import { randomUUID } from 'node:crypto';
import type { RevisionInput } from '#src/features/corrections/contract.ts';
import { portionsOfText } from '#src/formats/text/index.ts';
import { correctionGrounds } from '#src/kinds/correction/words.ts';
import { portionNatures } from '#src/protocol/record/record.ts';
import { command, type Options, UsageError, type Values } from '../command.ts';
import { confirmed } from '../confirmed.ts';
import { seat, takeSeat } from '../connect.ts';
import type { Say } from '../messages.ts';
import { gradingFrom } from '../report-options.ts';
import { readText } from '../text-option.ts';
import { day, oneOf, required } from '../values.ts';

const why = {
  ground: { type: 'string', value: 'GROUND', help: 'option.correction-ground' },
  explanation: { type: 'string', value: 'TEXT', help: 'option.explanation' },
  'respond-by': { type: 'string', value: 'YYYY-MM-DD', help: 'option.answer-by' },
} as const satisfies Options;
const newText = {
  title: { type: 'string', value: 'TITLE', help: 'option.new-title' },
  grading: { type: 'string', value: 'A1…F6', help: 'option.new-grading' },
  nature: { type: 'string', value: portionNatures.join('|'), help: 'option.new-nature' },
} as const satisfies Options;

export const correct = command({
  name: 'correct',
  operands: 'ID FILE|-',
  operandsMin: 2,
  operandsMax: 2,
  help: 'help.correct',
  options: { ...why, ...newText, ...seat },
  async run(call) {
    const { values, say, output, operands, terminal } = call;
    const [id = '', file = ''] = operands;
    const { portions } = portionsOfText(await readText(file, { say, terminal }));
    if (portions.length === 0) throw new UsageError(say('usage.no-text', { file }));
    const { client } = await takeSeat(call);
    const now = (await client.me()).now;
    const before = await client.getRecord({ params: { id } });
    const nature = oneOf('nature', values.nature ?? 'assessment', portionNatures, say);
    const body: RevisionInput = {
      ...whyFrom(values, now, say),
      title: values.title ?? before.title ?? '',
      grading: values.grading === undefined ? null : gradingFrom(values.grading, say),
      portions: portions.map((text) => ({ text, nature, marking: null })),
    };
    const made = await client.revise({ params: { id }, body }, { idempotencyKey: randomUUID() });
    output.answer(made, [say('correct.done', made)]);
  },
});

export const withdraw = command({
  name: 'withdraw',
  operands: 'ID',
  operandsMin: 1,
  operandsMax: 1,
  help: 'help.withdraw',
  options: { ...why, yes: { type: 'boolean', help: 'option.yes' }, ...seat },
  async run(call) {
    const { values, say, output, operands, terminal } = call;
    const { client } = await takeSeat(call);
    const body = whyFrom(values, (await client.me()).now, say);
    await confirmed(say('ask.withdraw'), values.yes, { terminal, say });
    const made = await client.withdraw({ params: { id: operands[0] ?? '' }, body }, { idempotencyKey: randomUUID() });
    output.answer(made, [say('withdraw.done', made)]);
  },
});

export const erase = command({
  name: 'erase',
  operands: 'ID',
  operandsMin: 1,
  operandsMax: 1,
  help: 'help.erase',
  options: { ...why, yes: { type: 'boolean', help: 'option.yes' }, ...seat },
  async run(call) {
    const { values, say, output, operands, terminal } = call;
    const { client } = await takeSeat(call);
    const body = whyFrom(values, (await client.me()).now, say);
    await confirmed(say('ask.erase'), values.yes, { terminal, say });
    const made = await client.erase({ params: { id: operands[0] ?? '' }, body }, { idempotencyKey: randomUUID() });
    output.answer(made, [say('erase.done', made)]);
  },
});

const answerDaysMs = 14 * 86_400_000;

function whyFrom(values: Values<typeof why>, now: string, say: Say) {
  const later = new Date(Date.parse(now) + answerDaysMs).toISOString().slice(0, 10);
  return {
    ground: oneOf('ground', required('ground', values.ground, say), correctionGrounds, say),
    explanation: required('explanation', values.explanation, say),
    respondBy: day('respond-by', values['respond-by'] ?? later, say),
  };
}
