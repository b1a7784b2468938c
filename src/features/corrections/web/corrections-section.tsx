import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { client } from '#src/web/api/client.ts';
import { correctionsQuery } from '#src/web/api/queries.ts';
import { useWrite } from '#src/web/api/use-write.ts';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { Day, When } from '#src/web/design/when.tsx';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import { fieldCaption } from '#src/web/record/kind-captions.ts';
import type { SectionProps } from '#src/web/record/sections.tsx';
import type { CorrectionView } from '../contract.ts';
import { AnswerCorrectionDialog } from './answer-correction-dialog.tsx';
import { CorrectionBoard } from './correction-board.tsx';
import styles from './corrections.module.css';
import { correctionsMessages } from './messages.ts';

/** Every correction of this record, the newest first, each with its board. */
export default function CorrectionsSection({ record }: SectionProps) {
  const text = useText(correctionsMessages);
  const { data: corrections, error } = useQuery(correctionsQuery(record.record));
  if (error && !corrections) return <ProblemNotice thrown={error} />;
  if (!corrections || corrections.length === 0) return null;
  return (
    <section aria-label={text('title')} className={styles.section}>
      <h2>{text('title')}</h2>
      {corrections.map((view) => (
        <Correction key={view.correction} view={view} isItsOwnPage={record.record === view.correction} />
      ))}
    </section>
  );
}

function Correction({ view, isItsOwnPage }: { view: CorrectionView; isItsOwnPage: boolean }) {
  const text = useText(correctionsMessages);
  const shared = useText(words);
  const language = useLanguage();
  const service = nameOf(view.origin, language);
  return (
    <article className={styles.correction}>
      <div className={styles.correctionHead}>
        <p className={styles.headline}>
          <strong>{text(`happened.${view.change}`, { service })}</strong>
          <span>{fieldCaption('correction', `ground/${view.ground}`, language) ?? view.ground}</span>
          <span className={styles.soft}>
            <When at={view.issuedAt} />
          </span>
        </p>
        {view.explanation && (
          <p dir="auto" className={`${styles.explanation} same-side`}>
            {view.explanation}
          </p>
        )}
        <p className={styles.soft}>
          {text('respondBy')}
          {shared('colon')}
          <Day day={view.respondBy} />
          {' · '}
          {isItsOwnPage ? (
            <Link to="/records/$id" params={{ id: view.about }}>
              {text('due.open')}
            </Link>
          ) : (
            <Link to="/records/$id" params={{ id: view.correction }}>
              {text('record')}
            </Link>
          )}
        </p>
      </div>
      {view.superseded && <p className={styles.soft}>{text('superseded')}</p>}
      <Board view={view} />
    </article>
  );
}

function Board({ view }: { view: CorrectionView }) {
  const { board, change, ours, correction, allowed } = view;
  const text = useText(correctionsMessages);
  const answered = board.filter(({ answer }) => answer !== null).length;
  const { say } = useToasts();
  const remind = useWrite(
    (_: null, options) => client.remindOfCorrection({ params: { id: correction } }, options),
    ({ reminded }) => say(text('remind.done', { count: reminded })),
  );
  if (board.length === 0) return ours ? <p className={styles.soft}>{text('board.nobody')}</p> : null;
  return (
    <>
      {ours && (
        <div className={styles.boardHead}>
          <h3>
            {answered === board.length ? text('board.all') : text('board.summary', { answered, all: board.length })}
          </h3>
          {allowed.includes('remind') && (
            <Button variant="default" size="xs" loading={remind.isPending} onClick={() => remind.mutate(null)}>
              {text('remind.button')}
            </Button>
          )}
        </div>
      )}
      {remind.error && <ProblemNotice thrown={remind.error} />}
      <CorrectionBoard board={board} />
      {!ours && answered > 0 && allowed.includes('answer') && <AnswerAgain view={view} />}
      {ours && change === 'erased' && answered < board.length && (
        <p className={styles.soft}>{text('board.refusedErasure')}</p>
      )}
    </>
  );
}

/** What was refused or relied on may become otherwise, and the origin is told. */
function AnswerAgain({ view }: { view: CorrectionView }) {
  const text = useText(correctionsMessages);
  const [answering, setAnswering] = useState(false);
  return (
    <>
      <button type="button" className={styles.more} onClick={() => setAnswering(true)}>
        {text('answer.again')}
      </button>
      {answering && <AnswerCorrectionDialog view={view} onClose={() => setAnswering(false)} />}
    </>
  );
}
