import { randomUUID } from 'node:crypto';
import { portionsOfText } from '#src/formats/text/index.ts';
import { command, UsageError } from '../command.ts';
import { seat, takeSeat } from '../connect.ts';
import { requestFrom, requestOptions } from '../request-options.ts';
import { partnersCalled } from '../services.ts';
import { readText, textOption, textSource } from '../text-option.ts';
import { moment } from '../time.ts';
import { listed, required } from '../values.ts';

export const request = command({
  name: 'request',
  operands: 'FILE|-',
  operandsMin: 1,
  operandsMax: 1,
  help: 'help.request',
  options: { to: { type: 'string', value: 'SERVICE,…', help: 'option.to' }, ...requestOptions, ...seat },
  async run(call) {
    const { values, say, output, operands, terminal } = call;
    const words = listed(required('to', values.to, say));
    const file = operands[0] ?? '';
    const { title, portions } = portionsOfText(await readText(file, { say, terminal }));
    const question = portions.join('\n\n');
    if (question === '') throw new UsageError(say('usage.no-text', { file }));
    const { client } = await takeSeat(call);
    const recipients = await partnersCalled(client, words, say);
    const body = requestFrom(values, { title, question, recipients, me: await client.me(), say });
    const made = await client.createRequest({ body }, { idempotencyKey: randomUUID() });
    output.answer({ ...made, respondBy: body.respondBy }, [
      say('request.done', { record: made.record, due: moment(body.respondBy, say) }),
    ]);
  },
});

export const clarify = command({
  name: 'clarify',
  operands: 'ID',
  operandsMin: 1,
  operandsMax: 1,
  help: 'help.clarify',
  options: { ...textSource, ...seat },
  async run(call) {
    const { values, say, output, operands } = call;
    const { client } = await takeSeat(call);
    const body = { text: await textOption(values, call) };
    const made = await client.clarifyRequest(
      { params: { id: operands[0] ?? '' }, body },
      { idempotencyKey: randomUUID() },
    );
    output.answer(made, [say('clarify.done', { record: made.record })]);
  },
});
