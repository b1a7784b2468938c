import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { carriers } from '#src/features/bundles/contract.ts';
import { bundleRefusals, exportTable } from '../bundle-lines.ts';
import { command, UsageError } from '../command.ts';
import { seat, takeSeat } from '../connect.ts';
import { readFileAs } from '../passphrase.ts';
import { partnerCalled } from '../services.ts';

export const bundleExport = command({
  name: 'bundle export',
  operands: 'SERVICE',
  operandsMin: 1,
  operandsMax: 1,
  help: 'help.bundle-export',
  options: { ...seat, out: { type: 'string', value: 'FILE', help: 'option.bundle-out' } },
  async run(call) {
    const { client } = await takeSeat(call);
    const { service } = await partnerCalled(client, call.operands[0] ?? '', call.say);
    const { file, batches, messages } = await client.exportBundle({ params: { id: service.id } });
    const name = call.values.out ?? file.name;
    await writeFile(name, Buffer.from(file.content, 'base64'));
    call.output.answer({ file: name, batches, messages }, [
      call.say('bundle.exported', { file: name, batches, messages }),
    ]);
  },
});

export const bundleImport = command({
  name: 'bundle import',
  operands: 'FILE',
  operandsMin: 1,
  operandsMax: 1,
  help: 'help.bundle-import',
  options: { ...seat, answer: { type: 'string', value: 'FILE', help: 'option.bundle-answer' } },
  async run(call) {
    const { client } = await takeSeat(call);
    const bytes = await readFileAs(call.operands[0] ?? '', call.say);
    if (bytes.length === 0) throw new UsageError(call.say('usage.not-text', { file: call.operands[0] ?? '' }));
    const { answer, ...report } = await client.importBundle({
      body: { content: Buffer.from(bytes).toString('base64') },
    });
    // Its name comes from the node: never a place outside this directory.
    const name = answer === null ? null : (call.values.answer ?? basename(answer.name));
    if (answer !== null && name !== null) await writeFile(name, Buffer.from(answer.content, 'base64'));
    const { from, taken, known, receipts } = report;
    call.output.answer({ ...report, answer: name }, [
      call.say('bundle.imported', { from: from.names[call.say.language], taken, known, receipts }),
      ...bundleRefusals(report.refused, call.say),
      ...(name === null ? [] : [call.say('bundle.answer', { file: name })]),
    ]);
  },
});

export const bundleList = command({
  name: 'bundle list',
  operands: 'SERVICE',
  operandsMin: 1,
  operandsMax: 1,
  help: 'help.bundle-list',
  options: seat,
  async run(call) {
    const { client } = await takeSeat(call);
    const { service } = await partnerCalled(client, call.operands[0] ?? '', call.say);
    const listed = await client.listExports({ params: { id: service.id } });
    call.output.answer(listed, [
      call.say('bundle.carrier', { carrier: call.say(`carrier.${listed.carrier}`) }),
      ...exportTable(listed.exports, call.say),
    ]);
  },
});

export const bundleCarrier = command({
  name: 'bundle carrier',
  operands: 'SERVICE link|file|one-way',
  operandsMin: 2,
  operandsMax: 2,
  help: 'help.bundle-carrier',
  options: seat,
  async run(call) {
    const carrier = carriers.find((one) => one === call.operands[1]);
    if (carrier === undefined) {
      throw new UsageError(call.say('usage.one-of', { option: 'link|file|one-way', values: carriers.join(', ') }));
    }
    const { client } = await takeSeat(call);
    const { service } = await partnerCalled(client, call.operands[0] ?? '', call.say);
    const chosen = await client.chooseCarrier({ params: { id: service.id }, body: { carrier } });
    call.output.answer(chosen, [call.say('bundle.carrier', { carrier: call.say(`carrier.${chosen.carrier}`) })]);
  },
});
