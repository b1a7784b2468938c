import { Link } from '@tanstack/react-router';
import type { Static } from 'typebox';
import { RefusalLine } from '#src/web/design/problem-notice.tsx';
import { nameOf, ServiceName } from '#src/web/design/service-name.tsx';
import { When } from '#src/web/design/when.tsx';
import { list } from '#src/web/i18n/format.ts';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import { fieldCaption } from '#src/web/record/kind-captions.ts';
import { Steps } from '#src/web/record/steps.tsx';
import type { BoardLine as BoardLineSchema } from '../contract.ts';
import styles from './corrections.module.css';
import { correctionsMessages } from './messages.ts';

type Line = Static<typeof BoardLineSchema>;

/** COR-2, COR-4: what each holder was asked and what it answered, told as it is: nobody can be forced. */
export function CorrectionBoard({ board }: { board: readonly Line[] }) {
  return (
    <ul className={styles.board}>
      {board.map((line) => (
        <li key={[...line.via, line.service].map(({ id }) => id).join(' ')} className={styles.line}>
          <BoardLine line={line} />
        </li>
      ))}
    </ul>
  );
}

function BoardLine({ line }: { line: Line }) {
  const text = useText(correctionsMessages);
  const language = useLanguage();
  const { service, via, answer } = line;
  return (
    <>
      <p className={styles.lineHead}>
        <strong>
          {via.length === 0 ? (
            <ServiceName service={service} />
          ) : (
            text('why.via', {
              service: nameOf(service, language),
              relays: list(
                via.map((relay) => nameOf(relay, language)),
                language,
              ),
            })
          )}
        </strong>
        <Standing line={line} />
      </p>
      <Steps
        steps={[
          { key: 'asked', word: text('board.asked'), at: line.askedAt },
          { key: 'delivered', word: text('board.delivered'), at: line.deliveredAt },
          { key: 'answered', word: text('board.answered'), at: answer?.at ?? null },
        ]}
      />
      {answer && <Answer answer={answer} />}
    </>
  );
}

/** In one phrase: the answer, or how long there has been none. */
function Standing({ line: { answer, unreached, unreachable, overdue, askedAt, remindedAt } }: { line: Line }) {
  const text = useText(correctionsMessages);
  const language = useLanguage();
  if (answer) {
    const says = fieldCaption('correction-answer', `answer/${answer.answer}`, language) ?? answer.answer;
    return (
      <Link to="/records/$id" params={{ id: answer.record }}>
        {says}
      </Link>
    );
  }
  if (unreached) {
    return (
      <span className={styles.warn}>
        <RefusalLine {...unreached} />
      </span>
    );
  }
  if (unreachable) return <span className={styles.warn}>{text('board.unreachable')}</span>;
  if (!askedAt) return null;
  return (
    <span className={overdue ? styles.warn : styles.wait}>
      {text('board.silent')} <When at={askedAt} />
      {overdue && ` · ${text('board.overdue')}`}
      {remindedAt && (
        <>
          {' · '}
          {text('board.reminded')} <When at={remindedAt} />
        </>
      )}
    </span>
  );
}

function Answer({ answer }: { answer: NonNullable<Line['answer']> }) {
  const text = useText(correctionsMessages);
  const shared = useText(words);
  const language = useLanguage();
  const caption = (field: string, value: string) =>
    fieldCaption('correction-answer', `${field}/${value}`, language) ?? value;
  return (
    <>
      {answer.case && (
        <p>
          {text('board.case')}
          {shared('colon')}
          <bdi>{answer.case}</bdi>
          {answer.stage && ` · ${caption('stage', answer.stage)}`}
        </p>
      )}
      {answer.ground && (
        <p>
          {text('board.ground')}
          {shared('colon')}
          {caption('ground', answer.ground)}
        </p>
      )}
      {answer.explanation && (
        <p dir="auto" className={`${styles.explanation} same-side`}>
          {answer.explanation}
        </p>
      )}
    </>
  );
}
