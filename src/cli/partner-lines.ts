import type { AgreementView, PartnerView } from '#src/features/partners/contract.ts';
import type { Say } from './messages.ts';
import { table } from './table.ts';
import { moment, spell } from './time.ts';

export function partnerTable(partners: readonly PartnerView[], say: Say): string[] {
  return table(
    partners.map((partner) => [
      partner.service.code,
      partner.service.names[say.language],
      [standing(partner, say), ...resembling(partner, say)].join(' · '),
      partner.url ?? '—',
      partner.exchanged ? say('partner.counts', partner.exchanged) : '—',
    ]),
  );
}

export function partnerLines(partner: PartnerView, say: Say): string[] {
  const { link } = partner;
  return [
    `${partner.service.names[say.language]} (${partner.service.code})`,
    `  ${partner.service.id}`,
    `  ${say('partner.fingerprint', { spoken: partner.spoken })}`,
    `  ${standing(partner, say)} · ${partner.url ?? '—'}`,
    ...resembling(partner, say).map((line) => `  ${line}`),
    `  ${say('partner.link', { waiting: link.waiting, unreceipted: link.unreceipted, contact: moment(link.lastContactAt, say) })}`,
    ...(link.clockAheadMs === null ? [] : [`  ${clockLine(link.clockAheadMs, say)}`]),
    ...(link.stoppedBy === null ? [] : [`  ${say('partner.stopped', { code: link.stoppedBy })}`]),
    ...partner.agreements.flatMap((agreement) => agreementLines(agreement, say)),
  ];
}

/** EXC-6 */
function clockLine(aheadMs: number, say: Say): string {
  return say(aheadMs > 0 ? 'partner.clock-ahead' : 'partner.clock-behind', { time: spell(Math.abs(aheadMs), say) });
}

function agreementLines(agreement: AgreementView, say: Say): string[] {
  const state =
    agreement.endedAt !== null ? 'agreement.ended' : agreement.inForce ? 'agreement.in-force' : 'agreement.waiting';
  return [
    `  ${agreement.title}: ${say(state)}`,
    `    ${agreement.record}`,
    `    ${say('agreement.terms', {
      ceiling: agreement.ceiling,
      purposes: agreement.purposes.join(', '),
      from: agreement.validFrom,
      until: agreement.validUntil,
    })}`,
    `    ${say('agreement.assents', { ours: moment(agreement.ourAssentAt, say), theirs: moment(agreement.theirAssentAt, say) })}`,
  ];
}

function resembling({ resembles }: PartnerView, say: Say): string[] {
  const services = resembles.map(({ code }) => code).join(', ');
  return resembles.length === 0 ? [] : [say('partner.resembles', { services })];
}

function standing(partner: PartnerView, say: Say): string {
  if (partner.revokedAt !== null) return say('partner.revoked');
  if (partner.vouchedBy !== null) return say('partner.vouched', { service: partner.vouchedBy.code });
  if (partner.confirmedAt === null) return say('partner.unconfirmed');
  return say(partner.agreements.some((one) => one.inForce) ? 'partner.in-force' : 'partner.no-agreement');
}
