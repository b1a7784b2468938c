import type { Language } from '#src/protocol/primitives.ts';
import { isolate } from '../i18n/isolate.ts';
import { kindCaption } from './kind-captions.ts';

interface Titled {
  readonly kind: string;
  readonly title: string;
  /** The title of what it is about, where the reader sees that. */
  readonly about: string | null;
  readonly language: string;
}

/** TXT-4: what speaks of another record has no title of its own; whoever signed it may have given it any. */
const titledByKind: ReadonlySet<string> = new Set([
  ...['assent', 'correction', 'correction-answer', 'permission', 'permission-request'],
  ...['disposition', 'outcome', 'answer'],
]);

/** French sets a space before the colon. */
const colon = { ar: ': ', fr: '\u00a0: ', en: ': ' } as const;

/** The title as the reader is shown it, and whether it says the kind of the record by itself. */
export function shownTitle(
  { kind, title, about, language }: Titled,
  reader: Language,
): { readonly title: string; readonly language: string; readonly saysKind: boolean } {
  if (!titledByKind.has(kind)) return { title, language, saysKind: false };
  const caption = kindCaption(kind, reader);
  const shown = about === null ? caption : `${caption}${colon[reader]}${isolate(about)}`;
  return { title: shown, language: reader, saysKind: true };
}
