import type { Client } from '#src/features/client.ts';
import type { RecordView } from '#src/features/records/contract.ts';
import { boardLines } from '../board-lines.ts';
import { command } from '../command.ts';
import { seat, takeSeat } from '../connect.ts';
import { changes } from '../live.ts';

/** The delivery board of one record, and who else is known to hold it; `--watch` stays until every recipient has refused or reported an outcome. */
export const status = command({
  name: 'status',
  operands: 'ID',
  operandsMin: 1,
  operandsMax: 1,
  help: 'help.status',
  options: { watch: { type: 'boolean', help: 'option.watch' }, ...seat },
  async run(call) {
    const { values, say, output, operands, terminal } = call;
    const { client, session, fetch } = await takeSeat(call);
    const id = operands[0] ?? '';
    let view = await readRecord(client, id);
    if (values.watch) {
      let shown = '';
      for await (const _ of changes(session.node, fetch, terminal.stop)) {
        view = await readRecord(client, id);
        const lines = boardLines(view, say);
        if (lines.join() !== shown) for (const line of lines) output.progress(line);
        shown = lines.join();
        if (view.deliveries.every(isOver)) break;
      }
    }
    const { record, kind, revision, title, deliveries, holders } = view;
    output.answer({ record, kind, revision, title, deliveries, holders }, values.watch ? [] : boardLines(view, say));
  },
});

const isOver = ({ step }: RecordView['deliveries'][number]): boolean => step === 'outcome' || step === 'refused';

function readRecord(client: Client, id: string): Promise<RecordView> {
  return client.getRecord({ params: { id } });
}
