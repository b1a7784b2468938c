import { Prose } from '../design/prose.tsx';
import { useLanguage, useText } from '../i18n/use-text.ts';
import { kindCaption } from './kind-captions.ts';
import { recordWords } from './messages.ts';

/** Their title is nothing but the caption of their kind, in the language of the service that signed them. */
const titledByKind: ReadonlySet<string> = new Set(['correction', 'correction-answer', 'permission']);
export const isTitledByKind = (kind: string): boolean => titledByKind.has(kind);

/** As its author wrote it; where that only says what kind of record it is, in the reader's language. */
export function RecordTitle({
  record: { kind, title, language },
  className,
}: {
  record: { readonly kind: string; readonly title: string | null; readonly language: string };
  className?: string | undefined;
}) {
  const text = useText(recordWords);
  const reader = useLanguage();
  if (title === null) return text('untitled');
  const byKind = isTitledByKind(kind);
  return (
    <Prose inline language={byKind ? reader : language} className={className}>
      {byKind ? kindCaption(kind, reader) : title}
    </Prose>
  );
}
