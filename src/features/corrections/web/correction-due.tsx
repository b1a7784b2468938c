import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { correctionsQuery } from '#src/web/api/queries.ts';
import { KeyHint } from '#src/web/design/key-hint.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { Day } from '#src/web/design/when.tsx';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import { useKeys } from '#src/web/keyboard/use-keys.ts';
import { fieldCaption } from '#src/web/record/kind-captions.ts';
import type { SectionProps } from '#src/web/record/sections.tsx';
import type { CorrectionView } from '../contract.ts';
import { AnswerCorrectionDialog } from './answer-correction-dialog.tsx';
import styles from './corrections.module.css';
import { correctionsMessages } from './messages.ts';

/** At the holder: the origin has corrected, withdrawn or erased this, and waits for an answer. */
export default function CorrectionDue({ record }: SectionProps) {
  // The section below says what went wrong if this cannot be asked.
  const { data: corrections } = useQuery(correctionsQuery(record.record));
  const due = corrections?.find(isUnanswered);
  return due ? <Due view={due} isItsOwnPage={record.record === due.correction} /> : null;
}

/** An answer that may still become another one is no longer waited for. */
const isUnanswered = ({ allowed, board }: CorrectionView) =>
  allowed.includes('answer') && board.every(({ answer }) => answer === null);

function Due({ view, isItsOwnPage }: { view: CorrectionView; isItsOwnPage: boolean }) {
  const text = useText(correctionsMessages);
  const shared = useText(words);
  const language = useLanguage();
  const [answering, setAnswering] = useState(false);
  useKeys({ a: () => setAnswering(true) });
  const title = text(`due.${view.change}`, { service: nameOf(view.origin, language) });
  return (
    <section
      className={styles.notice}
      data-tone={view.change === 'corrected' ? undefined : 'danger'}
      aria-label={title}
    >
      <h2>{title}</h2>
      <p>
        {fieldCaption('correction', `ground/${view.ground}`, language) ?? view.ground}
        {' · '}
        {text('respondBy')}
        {shared('colon')}
        <Day day={view.respondBy} />
      </p>
      {view.explanation && (
        <p dir="auto" className={`${styles.explanation} same-side`}>
          {view.explanation}
        </p>
      )}
      <p className={styles.noticeFoot}>
        <Button onClick={() => setAnswering(true)} aria-keyshortcuts="a">
          {text('due.button')}
          <KeyHint>a</KeyHint>
        </Button>
        {isItsOwnPage && (
          <Link to="/records/$id" params={{ id: view.about }}>
            {text('due.open')}
          </Link>
        )}
      </p>
      {answering && <AnswerCorrectionDialog view={view} onClose={() => setAnswering(false)} />}
    </section>
  );
}
