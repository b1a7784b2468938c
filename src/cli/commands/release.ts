import { randomUUID } from 'node:crypto';
import { refusalCode } from '#src/features/client.ts';
import { refuse } from '#src/protocol/refusal.ts';
import { command, RefusedHere } from '../command.ts';
import { confirmed } from '../confirmed.ts';
import { seat, takeSeat } from '../connect.ts';
import { previewLines } from '../preview-lines.ts';
import { partnersCalled } from '../services.ts';
import { listed, portionNumbers, required } from '../values.ts';

/** A kept record goes to further partners; first it is shown what each of them gets. */
export const release = command({
  name: 'release',
  operands: 'ID',
  operandsMin: 1,
  operandsMax: 1,
  help: 'help.release',
  options: {
    to: { type: 'string', value: 'SERVICE,…', help: 'option.to' },
    'hold-back': { type: 'string', value: 'N,N-N', help: 'option.hold-back' },
    'dry-run': { type: 'boolean', help: 'option.dry-run' },
    yes: { type: 'boolean', help: 'option.yes' },
    ...seat,
  },
  async run(call) {
    const { values, say, output, operands } = call;
    const words = listed(required('to', values.to, say));
    const { client } = await takeSeat(call);
    const id = operands[0] ?? '';
    const recipients = (await partnersCalled(client, words, say)).map(({ service }) => service.id);
    const { portions } = await client.getRecord({ params: { id } });
    const heldBack = portionNumbers('hold-back', values['hold-back'], portions.length, say);
    const holdBack = [...heldBack].map((number) => number - 1);
    const asked = { params: { id }, body: { recipients, ...(holdBack.length > 0 && { holdBack }) } };
    const previews = await client.previewRecordRelease(asked);
    for (const line of previewLines(previews, portions.length, say)) output.progress(line);
    if (values['dry-run']) {
      output.answer({ sent: false, previews }, [say('send.not-sent')]);
      return;
    }
    const refused = previews.find((preview) => preview.refusal !== null);
    if (refused) {
      const code = refusalCode(refused.refusal?.code) ?? 'release-nothing-left';
      throw new RefusedHere(refuse(code, { at: refused.recipient.code }));
    }
    await confirmed(say('ask.release'), values.yes, call);
    const made = await client.releaseRecord(asked, { idempotencyKey: randomUUID() });
    output.answer({ sent: true, ...made }, [say('release.done', { record: id })]);
  },
});
