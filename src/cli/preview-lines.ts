import { refusalCode } from '#src/features/client.ts';
import type { ReleasePreview } from '#src/features/compose/contract.ts';
import { refusalSentences } from '#src/protocol/refusal-text.ts';
import type { Say } from './messages.ts';

/** What each recipient would get, and by which rule not more. Portions are counted from 1, as a person does. */
export function previewLines(previews: readonly ReleasePreview[], count: number, say: Say): string[] {
  return previews.flatMap((preview) => [
    `  ${preview.recipient.names[say.language]} (${preview.recipient.code}): ${whatItGets(preview, count, say)}`,
    ...preview.withheld.map(
      ({ portion, code, rule }) => `    ${say('send.withheld', { portion: portion + 1 })} [${rule} · ${code}]`,
    ),
  ]);
}

function whatItGets(preview: ReleasePreview, count: number, say: Say): string {
  if (preview.refusal) {
    const code = refusalCode(preview.refusal.code);
    const says = code ? refusalSentences({ code }, say.language).says : preview.refusal.code;
    return `${say('send.gets-nothing')} ${says} [${preview.refusal.rule} · ${preview.refusal.code}]`;
  }
  if (preview.portions.length === count) return say('send.gets-all', { count });
  return say('send.gets-some', { portions: preview.portions.map((index) => index + 1).join(', '), count });
}
