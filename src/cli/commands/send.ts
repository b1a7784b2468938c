import { randomUUID } from 'node:crypto';
import { refusalCode } from '#src/features/client.ts';
import type { ReleasePreview } from '#src/features/compose/contract.ts';
import { portionsOfText } from '#src/formats/text/index.ts';
import { refuse } from '#src/protocol/refusal.ts';
import { command, RefusedHere, UsageError } from '../command.ts';
import { confirmed } from '../confirmed.ts';
import { seat, takeSeat } from '../connect.ts';
import { previewLines } from '../preview-lines.ts';
import { reportFrom, reportOptions } from '../report-options.ts';
import { partnersCalled } from '../services.ts';
import { readText } from '../text-option.ts';
import { listed, required } from '../values.ts';

/** A text file becomes a report, portion by portion; nothing is sent before it is shown what each recipient gets. */
export const send = command({
  name: 'send',
  operands: 'FILE|-',
  operandsMin: 1,
  operandsMax: 1,
  help: 'help.send',
  options: {
    to: { type: 'string', value: 'SERVICE,…', help: 'option.to' },
    ...reportOptions,
    'even-if-refused': { type: 'boolean', help: 'option.even-if-refused' },
    'dry-run': { type: 'boolean', help: 'option.dry-run' },
    yes: { type: 'boolean', help: 'option.yes' },
    ...seat,
  },
  async run(call) {
    const { values, say, output, operands, terminal } = call;
    const recipientWords = listed(required('to', values.to, say));
    const file = operands[0] ?? '';
    const { title, portions } = portionsOfText(await readText(file, { say, terminal }));
    if (portions.length === 0) throw new UsageError(say('usage.no-text', { file }));

    const { client } = await takeSeat(call);
    const recipients = await partnersCalled(client, recipientWords, say);
    const report = reportFrom(values, { title, portions, recipients, me: await client.me(), say });

    const previews = await client.previewRelease({ body: report });
    const refused = previews.filter((preview) => preview.refusal !== null);
    output.progress(say('send.portions', { count: portions.length, title: report.title }));
    for (const line of previewLines(previews, portions.length, say)) output.progress(line);
    if (values['dry-run']) {
      output.answer({ sent: false, report, previews }, [say('send.not-sent')]);
      return;
    }
    if (refused.length > 0 && !(values['even-if-refused'] && refused.length < previews.length)) {
      throw refusedFor(refused);
    }
    await confirmed(say('ask.send'), values.yes, call);
    const made = await client.createReport({ body: report }, { idempotencyKey: randomUUID() });
    output.answer({ sent: true, ...made }, [say('send.done', { record: made.record })]);
  },
});

/** The first refusal stands for all: the preview has named each. */
function refusedFor(previews: readonly ReleasePreview[]): RefusedHere {
  const [first] = previews;
  return new RefusedHere(
    refuse(refusalCode(first?.refusal?.code) ?? 'release-nothing-left', {
      at: previews.map((one) => one.recipient.code).join(', '),
    }),
  );
}
