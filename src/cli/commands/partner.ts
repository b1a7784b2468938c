import { writeFile } from 'node:fs/promises';
import { NodeUnreachable } from '#src/features/client.ts';
import { fromUtf8 } from '#src/protocol/encoding.ts';
import { command, UsageError } from '../command.ts';
import { seat, takeSeat } from '../connect.ts';
import type { Say } from '../messages.ts';
import { partnerLines, partnerTable } from '../partner-lines.ts';
import { readFileAs } from '../passphrase.ts';
import { partnerCalled } from '../services.ts';
import type { Terminal } from '../terminal.ts';
import { required } from '../values.ts';

export const partnerList = command({
  name: 'partner list',
  operands: '',
  operandsMin: 0,
  operandsMax: 0,
  help: 'help.partner-list',
  options: seat,
  async run(call) {
    const { client } = await takeSeat(call);
    const partners = await client.listPartners();
    call.output.answer(partners, partners.length === 0 ? [call.say('partner.none')] : partnerTable(partners, call.say));
  },
});

export const partnerShow = command({
  name: 'partner show',
  operands: 'SERVICE',
  operandsMin: 1,
  operandsMax: 1,
  help: 'help.partner-show',
  options: seat,
  async run(call) {
    const { client } = await takeSeat(call);
    const partner = await partnerCalled(client, call.operands[0] ?? '', call.say);
    call.output.answer(partner, partnerLines(partner, call.say));
  },
});

export const partnerCard = command({
  name: 'partner card',
  operands: '',
  operandsMin: 0,
  operandsMax: 0,
  help: 'help.partner-card',
  options: { ...seat, out: { type: 'string', value: 'FILE', help: 'option.out' } },
  async run(call) {
    const { client } = await takeSeat(call);
    const own = await client.ownCard();
    if (call.values.out !== undefined) await writeFile(call.values.out, `${own.card}\n`);
    call.output.answer(own, [
      call.say('partner.fingerprint', { spoken: own.spoken }),
      call.values.out === undefined ? own.card : call.say('partner.card-written', { file: call.values.out }),
    ]);
  },
});

export const partnerAdd = command({
  name: 'partner add',
  operands: 'FILE|URL|-',
  operandsMin: 1,
  operandsMax: 1,
  help: 'help.partner-add',
  options: seat,
  async run(call) {
    const { client } = await takeSeat(call);
    const card = await readCard(call.operands[0] ?? '', call);
    const partner = await client.addPartner({ body: { card } });
    call.output.answer(partner, [...partnerLines(partner, call.say), call.say('partner.confirm-next')]);
  },
});

export const partnerConfirm = command({
  name: 'partner confirm',
  operands: 'SERVICE',
  operandsMin: 1,
  operandsMax: 1,
  help: 'help.partner-confirm',
  options: { ...seat, spoken: { type: 'string', value: '"1234 5678 …"', help: 'option.spoken' } },
  async run(call) {
    const { client } = await takeSeat(call);
    const partner = await partnerCalled(client, call.operands[0] ?? '', call.say);
    // Typed as the partner reads it out, never copied from our own screen: that would compare nothing (KEY-2).
    const spoken =
      call.values.spoken ??
      (call.terminal.interactive ? await call.terminal.ask(call.say('ask.spoken'), { hidden: false }) : undefined);
    const confirmed = await client.confirmPartner({
      params: { id: partner.service.id },
      body: { spoken: required('spoken', spoken, call.say) },
    });
    call.output.answer(confirmed, partnerLines(confirmed, call.say));
  },
});

async function readCard(from: string, { say, terminal }: { say: Say; terminal: Terminal }): Promise<string> {
  if (/^https?:/.test(from))
    return fetchCard(new URL(from).pathname === '/' ? new URL('/.well-known/tansiq-card', from).href : from);
  const bytes = from === '-' ? await terminal.readInput() : await readFileAs(from, say);
  const text = fromUtf8(bytes)?.trim();
  if (!text) throw new UsageError(say('usage.not-text', { file: from }));
  return text;
}

/** A card is signed by its service and confirmed by voice, so the way that it comes by need not be trusted. */
async function fetchCard(url: string): Promise<string> {
  const response = await fetch(url).catch((cause: unknown) => {
    throw new NodeUnreachable(url, { cause });
  });
  const text = (await response.text()).trim();
  if (!response.ok) throw new NodeUnreachable(url, { cause: new Error(`HTTP status ${response.status}`) });
  return text;
}
