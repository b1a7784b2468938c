import type { Client } from '#src/features/client.ts';
import type { AgreementView } from '#src/features/partners/contract.ts';
import { refuse } from '#src/protocol/refusal.ts';
import { command, RefusedHere } from '../command.ts';
import { confirmed } from '../confirmed.ts';
import { seat, takeSeat } from '../connect.ts';
import { partnerLines } from '../partner-lines.ts';
import { partnerCalled } from '../services.ts';
import { textOption, textSource } from '../text-option.ts';
import { day, level, listed, oneOf, required } from '../values.ts';
import { reportPurposes } from '../words.ts';

export const partnerPropose = command({
  name: 'partner propose',
  operands: 'SERVICE',
  operandsMin: 1,
  operandsMax: 1,
  help: 'help.partner-propose',
  options: {
    ...seat,
    title: { type: 'string', value: 'TITLE', help: 'option.title-agreement' },
    ...textSource,
    'text-language': { type: 'string', value: 'ar|fr|en', help: 'option.text-language' },
    ceiling: { type: 'string', value: '0-4', help: 'option.ceiling' },
    compartments: { type: 'string', value: 'NAME,NAME', help: 'option.compartments' },
    purposes: { type: 'string', value: 'PURPOSE,…', help: 'option.purposes' },
    'valid-from': { type: 'string', value: 'YYYY-MM-DD', help: 'option.valid-from' },
    'valid-until': { type: 'string', value: 'YYYY-MM-DD', help: 'option.valid-until' },
    'oversight-included': { type: 'boolean', help: 'option.oversight-included' },
    'legal-basis': { type: 'string', value: 'TEXT', help: 'option.legal-basis-required' },
  },
  async run(call) {
    const { values, say } = call;
    const { client } = await takeSeat(call);
    const partner = await partnerCalled(client, call.operands[0] ?? '', say);
    const { now } = await client.me();
    const body = {
      title: required('title', values.title, say),
      language: oneOf('text-language', values['text-language'] ?? say.language, ['ar', 'fr', 'en'], say),
      text: await textOption(values, call),
      ceiling: level('ceiling', required('ceiling', values.ceiling, say), say),
      compartments: listed(values.compartments),
      purposes: listed(required('purposes', values.purposes, say)).map((purpose) =>
        oneOf('purposes', purpose, reportPurposes, say),
      ),
      validFrom: day('valid-from', values['valid-from'] ?? now.slice(0, 10), say),
      validUntil: day('valid-until', required('valid-until', values['valid-until'], say), say),
      oversightIncluded: values['oversight-included'] ?? false,
      legalBasis: required('legal-basis', values['legal-basis'], say),
    };
    const view = await client.proposeAgreement({ params: { id: partner.service.id }, body });
    call.output.answer(view, partnerLines(view, say));
  },
});

export const partnerAssent = command({
  name: 'partner assent',
  operands: 'AGREEMENT',
  operandsMin: 1,
  operandsMax: 1,
  help: 'help.partner-assent',
  options: {
    ...seat,
    hash: { type: 'string', value: 'HASH', help: 'option.hash' },
    yes: { type: 'boolean', help: 'option.yes' },
  },
  async run(call) {
    const { values, say, output } = call;
    const { client } = await takeSeat(call);
    const agreement = await agreementCalled(client, call.operands[0] ?? '');
    output.progress(
      say('agreement.terms', {
        ceiling: agreement.ceiling,
        purposes: agreement.purposes.join(', '),
        from: agreement.validFrom,
        until: agreement.validUntil,
      }),
    );
    await confirmed(say('ask.assent', { title: agreement.title }), values.yes, call);
    // REC-5: assent is to one exact text; the node refuses where it changed since it was read here.
    const view = await client.assentAgreement({
      params: { id: agreement.record },
      body: { hash: values.hash ?? agreement.hash },
    });
    output.answer(view, partnerLines(view, say));
  },
});

export const partnerEnd = command({
  name: 'partner end',
  operands: 'AGREEMENT',
  operandsMin: 1,
  operandsMax: 1,
  help: 'help.partner-end',
  options: {
    ...seat,
    reason: { type: 'string', value: 'TEXT', help: 'option.reason' },
    yes: { type: 'boolean', help: 'option.yes' },
  },
  async run(call) {
    const { values, say, output } = call;
    const { client } = await takeSeat(call);
    const reason = required('reason', values.reason, say);
    const agreement = await agreementCalled(client, call.operands[0] ?? '');
    await confirmed(say('ask.end', { title: agreement.title }), values.yes, call);
    const view = await client.endAgreement({ params: { id: agreement.record }, body: { reason } });
    output.answer(view, partnerLines(view, say));
  },
});

async function agreementCalled(client: Client, id: string): Promise<AgreementView> {
  const agreements = (await client.listPartners()).flatMap((partner) => partner.agreements);
  const found = agreements.find((agreement) => agreement.record === id);
  if (!found) throw new RefusedHere(refuse('not-found', { at: 'AGREEMENT' }));
  return found;
}
