import type { Language } from '#src/protocol/primitives.ts';
import { recordLimits } from '#src/protocol/record/record.ts';
import { cutText } from '#src/protocol/text.ts';

/** French sets a space before the colon. */
const colon = { ar: ': ', fr: '\u00a0: ', en: ': ' } as const;

/** `Decision: «title of the report»`; the title is isolated, for it may be written the other way round. */
export function answerTitle(caption: string, title: string, language: Language): string {
  const [isolate, end] = ['\u2068', '\u2069'];
  const head = `${caption}${colon[language]}${isolate}`;
  return `${head}${cutText(title, recordLimits.titleCharactersMax - head.length - end.length)}${end}`;
}
