/** From options to a request. */

import type { PartnerView } from '#src/features/partners/contract.ts';
import type { RequestInput } from '#src/features/requests/contract.ts';
import type { Me } from '#src/features/session/contract.ts';
import { type RequestUrgency, requestUrgencies } from '#src/kinds/request/words.ts';
import { type Options, UsageError, type Values } from './command.ts';
import { asciiDigits } from './digits.ts';
import type { Say } from './messages.ts';
import { agreementBasis, markingFrom, markingOptions, textLanguage } from './report-options.ts';
import { oneOf, required } from './values.ts';
import { reportPurposes } from './words.ts';

export const requestOptions = {
  title: { type: 'string', value: 'TITLE', help: 'option.title' },
  reasons: { type: 'string', value: 'TEXT', help: 'option.reasons' },
  urgency: { type: 'string', value: requestUrgencies.join('|'), help: 'option.urgency' },
  'urgency-reason': { type: 'string', value: 'TEXT', help: 'option.urgency-reason' },
  within: { type: 'string', value: '8h|3d', help: 'option.within' },
  'respond-by': { type: 'string', value: 'INSTANT', help: 'option.due' },
  judicial: { type: 'boolean', help: 'option.judicial' },
  ...markingOptions,
  purpose: { type: 'string', value: 'PURPOSE', help: 'option.purpose' },
  'legal-basis': { type: 'string', value: 'TEXT', help: 'option.legal-basis' },
  'text-language': { type: 'string', value: 'ar|fr|en', help: 'option.text-language' },
} as const satisfies Options;

/** Directive (EU) 2023/977 Art. 5: eight hours, three days, seven days. */
const usualTime: { readonly [U in RequestUrgency]: string } = { immediate: '8h', urgent: '3d', routine: '7d' };

export function requestFrom(
  values: Values<typeof requestOptions>,
  around: {
    readonly title: string;
    readonly question: string;
    readonly recipients: readonly PartnerView[];
    readonly me: Me;
    readonly say: Say;
  },
): RequestInput {
  const { title, question, recipients, me, say } = around;
  const urgency = oneOf('urgency', values.urgency ?? 'routine', requestUrgencies, say);
  const reasons = required('reasons', values.reasons, say);
  return {
    language: textLanguage(values['text-language'], [question, reasons], me.language, say),
    title: values.title ?? title,
    question,
    reasons,
    urgency,
    ...(values['urgency-reason'] !== undefined && { urgencyReason: values['urgency-reason'] }),
    respondBy: respondBy(values, usualTime[urgency], Date.parse(me.now), say),
    intendedUse: values.judicial ? 'judicial' : null,
    marking: markingFrom(values, { recipients, say }),
    purpose: oneOf('purpose', values.purpose ?? 'terrorism-prevention', reportPurposes, say),
    legalBasis: values['legal-basis'] ?? agreementBasis(recipients, say),
    recipients: recipients.map((partner) => partner.service.id),
  };
}

function respondBy(values: Values<typeof requestOptions>, usual: string, now: number, say: Say): string {
  if (values['respond-by'] !== undefined) {
    const instant = asciiDigits(values['respond-by']);
    const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?Z$/.test(instant) && !Number.isNaN(Date.parse(instant));
    if (!isInstant) throw new UsageError(say('usage.instant', { option: '--respond-by' }));
    return new Date(instant).toISOString();
  }
  const [, count, unit] = /^(\d{1,3})([hd])$/.exec(asciiDigits(values.within ?? usual)) ?? [];
  if (count === undefined) throw new UsageError(say('usage.within'));
  return new Date(now + Number(count) * (unit === 'h' ? 3_600_000 : 86_400_000)).toISOString();
}
