import type { CorrectionView } from '#src/features/corrections/contract.ts';
import { correctionWords } from '#src/kinds/correction/captions.ts';
import { correctionAnswerWords } from '#src/kinds/correction-answer/captions.ts';
import type { KindWords } from '#src/kinds/kind.ts';
import { command } from '../command.ts';
import { seat, takeSeat } from '../connect.ts';
import type { Say } from '../messages.ts';
import { moment } from '../time.ts';

export const board = command({
  name: 'board',
  operands: 'ID',
  operandsMin: 1,
  operandsMax: 1,
  help: 'help.board',
  options: { ...seat },
  async run(call) {
    const { say, output, operands } = call;
    const { client } = await takeSeat(call);
    const views = await client.listCorrections({ params: { id: operands[0] ?? '' } });
    output.answer(
      views,
      views.length === 0 ? [say('board.none')] : views.flatMap((view) => correctionLines(view, say)),
    );
  },
});

function correctionLines(view: CorrectionView, say: Say): string[] {
  const change = caption(correctionWords, `change/${view.change}`, say);
  const ground = caption(correctionWords, `ground/${view.ground}`, say);
  const head = `${change} — ${ground} — ${moment(view.issuedAt, say)} — ${view.correction}`;
  if (view.board.length === 0) return [head, `  ${say('board.nobody')}`];
  return [head, ...view.board.flatMap((line) => boardLine(line, say))];
}

function boardLine(line: CorrectionView['board'][number], say: Say): string[] {
  const way = line.via.map(({ code }) => code).join(' → ');
  return [
    `  ${line.service.names[say.language]} (${line.service.code})${way === '' ? '' : ` ← ${way}`}`,
    ...(line.askedAt === null ? [] : [`    ${say('board.asked', { at: moment(line.askedAt, say) })}`]),
    ...(line.deliveredAt === null ? [] : [`    ${say('board.delivered', { at: moment(line.deliveredAt, say) })}`]),
    ...(line.remindedAt === null ? [] : [`    ${say('board.reminded', { at: moment(line.remindedAt, say) })}`]),
    `    ${answerOf(line, say)}`,
  ];
}

function answerOf({ answer, overdue, unreachable }: CorrectionView['board'][number], say: Say): string {
  if (answer === null) return say(unreachable ? 'board.unreachable' : overdue ? 'board.overdue' : 'board.silent');
  const parts = [
    caption(correctionAnswerWords, `answer/${answer.answer}`, say),
    answer.case,
    answer.stage && caption(correctionAnswerWords, `stage/${answer.stage}`, say),
    answer.ground && caption(correctionAnswerWords, `ground/${answer.ground}`, say),
    moment(answer.at, say),
  ];
  return parts.filter(Boolean).join(' — ');
}

function caption(words: KindWords, key: string, say: Say): string {
  return words.captions[key]?.[say.language] ?? key;
}
