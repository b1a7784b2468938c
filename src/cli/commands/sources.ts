import type { SourceStep, SourcesView } from '#src/features/sources/contract.ts';
import { command } from '../command.ts';
import { seat, takeSeat } from '../connect.ts';
import type { Say } from '../messages.ts';
import { isolate } from '../table.ts';

export const sources = command({
  name: 'sources',
  operands: 'ID',
  operandsMin: 1,
  operandsMax: 1,
  help: 'help.sources',
  options: seat,
  async run(call) {
    const { client } = await takeSeat(call);
    const view = await client.getSources({ params: { id: call.operands[0] ?? '' } });
    call.output.answer(view, sourceLines(view, call.say));
  },
});

function sourceLines({ cites, citedBy, sameSource }: SourcesView, say: Say): string[] {
  const listed = (head: string, steps: readonly SourceStep[]) =>
    steps.length === 0 ? [] : [head, ...steps.map((step) => `  ${stepText(step, say)} — ${step.record}`)];
  // The way from here to the common source, and on to the other: each record once.
  const ways = sameSource.flatMap(({ other, pathHere, pathThere }) => [
    `  ${stepText(other, say)} — ${other.record}`,
    `    ${[...pathHere, ...pathThere.slice(1)].map((step) => stepText(step, say)).join(' · ')}`,
  ]);
  return [
    ...listed(say('sources.cites'), cites),
    ...listed(say('sources.cited-by'), citedBy),
    ...(ways.length === 0 ? [say('sources.none')] : [say('sources.same'), ...ways]),
  ];
}

function stepText({ title, origin }: SourceStep, say: Say): string {
  return `${isolate(title ?? say('sources.hidden'))} (${origin.code})`;
}
