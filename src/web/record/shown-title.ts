import { answeredTitle, answerTitle } from '#src/features/answer-title.ts';
import type { Language } from '#src/protocol/primitives.ts';
import { isLanguage } from '../i18n/languages.ts';
import { kindCaption } from './kind-captions.ts';

interface Titled {
  readonly kind: string;
  readonly title: string;
  readonly language: string;
}

/** Their title is nothing but the caption of their kind, in the language of the service that signed them. */
const titledByKind: ReadonlySet<string> = new Set(['correction', 'correction-answer', 'permission']);

/** The title as the reader is shown it, and whether it says the kind of the record by itself. */
export function shownTitle(
  { kind, title, language }: Titled,
  reader: Language,
): { readonly title: string; readonly language: string; readonly saysKind: boolean } {
  if (titledByKind.has(kind)) return { title: kindCaption(kind, reader), language: reader, saysKind: true };
  const answered = isLanguage(language) ? answeredTitle(kindCaption(kind, language), title, language) : null;
  if (answered === null) return { title, language, saysKind: false };
  return { title: answerTitle(kindCaption(kind, reader), answered, reader), language: reader, saysKind: true };
}
