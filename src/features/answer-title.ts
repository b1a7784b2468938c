import type { Language } from '#src/protocol/primitives.ts';
import { recordLimits } from '#src/protocol/record/record.ts';
import { cutText } from '#src/protocol/text.ts';

/** French sets a space before the colon. */
const colon = { ar: ': ', fr: '\u00a0: ', en: ': ' } as const;

const [isolate, end] = ['\u2068', '\u2069'];

/** `Decision: «title of the report»`; the title is isolated, for it may be written the other way round. */
export function answerTitle(caption: string, title: string, language: Language): string {
  const head = `${caption}${colon[language]}${isolate}`;
  return `${head}${cutText(title, recordLimits.titleCharactersMax - head.length - end.length)}${end}`;
}

/** The title of what such a title answers; null where it is not one, for whoever signs may give any title. */
export function answeredTitle(caption: string, title: string, language: Language): string | null {
  const head = `${caption}${colon[language]}${isolate}`;
  return title.startsWith(head) && title.endsWith(end) ? title.slice(head.length, -end.length) : null;
}
