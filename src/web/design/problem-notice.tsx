import { Button } from '@mantine/core';
import { refusalSentences } from '#src/protocol/refusal-text.ts';
import { asProblem, isRefusalCode, type Problem } from '../api/problem.ts';
import { useLanguage, useText } from '../i18n/use-text.ts';
import { words } from '../i18n/words.ts';
import styles from './problem-notice.module.css';

/** What happened and what to do next, in the reader's language. */
export function useProblemSentences(): (problem: Pick<Problem, 'code' | 'limit'>) => { says: string; next: string } {
  const language = useLanguage();
  const text = useText(words);
  return ({ code, limit }) =>
    code === 'unreachable' || code === 'unexpected'
      ? { says: text(`problem.${code}.says`), next: text(`problem.${code}.next`) }
      : refusalSentences(limit === null ? { code } : { code, limit }, language);
}

/** An error as an officer needs it: what happened, by which rule, what to do next. */
export function ProblemNotice({ thrown, onRetry }: { thrown: unknown; onRetry?: () => void }) {
  const sentences = useProblemSentences();
  const text = useText(words);
  const problem = asProblem(thrown);
  const { says, next } = sentences(problem);
  return (
    <div className={styles.notice} role="alert">
      <p className={styles.says}>{says}</p>
      <p>{next}</p>
      <p className={styles.rule}>
        {problem.rule && <span>{text('rule', { rule: problem.rule })}</span>}
        <bdi dir="ltr">{problem.code}</bdi>
        {problem.at && <span>{text('problem.at', { at: problem.at })}</span>}
      </p>
      {onRetry && (
        <Button variant="default" size="xs" onClick={onRetry}>
          {text('retry')}
        </Button>
      )}
    </div>
  );
}

/** One refusal as a sentence with its rule, within a line of a board or a preview. */
export function RefusalLine({ code, rule }: { code: string; rule: string }) {
  const language = useLanguage();
  const says = isRefusalCode(code) ? refusalSentences({ code }, language).says : code;
  return (
    <span className={styles.line}>
      {says} <bdi className={styles.code}>{rule}</bdi>
    </span>
  );
}
