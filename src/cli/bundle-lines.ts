import type { ExportView } from '#src/features/bundles/contract.ts';
import { type RefusalCode, ruleOfRefusal } from '#src/protocol/refusal.ts';
import { refusalSentences } from '#src/protocol/refusal-text.ts';
import type { Say } from './messages.ts';
import { table } from './table.ts';
import { moment } from './time.ts';

export function exportTable(exports: readonly ExportView[], say: Say): string[] {
  return table(
    exports.map(({ at, officer, epoch, from, through, messages, confirmedAt }) => [
      moment(at, say),
      officer,
      `${epoch}: ${from}–${through}`,
      say('bundle.messages', { messages }),
      confirmedAt === null ? say('bundle.unconfirmed') : say('bundle.confirmed', { at: moment(confirmedAt, say) }),
    ]),
  );
}

/** What of a file was not taken, and what to do about it; a newer node may name codes that we do not know. */
export function bundleRefusals(refused: readonly { readonly code: string }[], say: Say): string[] {
  return refused.map(({ code }) => {
    if (!Object.hasOwn(ruleOfRefusal, code)) return code;
    const { says, next } = refusalSentences({ code: code as RefusalCode }, say.language);
    return `${code}: ${says} ${next}`;
  });
}
