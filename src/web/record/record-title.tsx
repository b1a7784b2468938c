import { Prose } from '../design/prose.tsx';
import { useLanguage, useText } from '../i18n/use-text.ts';
import { recordWords } from './messages.ts';
import { shownTitle } from './shown-title.ts';

/** As its author wrote it; of what speaks of another record, put together in the reader's language. */
export function RecordTitle({
  record: { kind, title, about, language },
  className,
}: {
  record: {
    readonly kind: string;
    readonly title: string | null;
    readonly about: string | null;
    readonly language: string;
  };
  className?: string | undefined;
}) {
  const text = useText(recordWords);
  const reader = useLanguage();
  if (title === null) return text('untitled');
  const shown = shownTitle({ kind, title, about, language }, reader);
  return (
    <Prose inline language={shown.language} className={className}>
      {shown.title}
    </Prose>
  );
}
