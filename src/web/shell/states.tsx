import { Loader } from '@mantine/core';
import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { Empty } from '../design/empty.tsx';
import { ProblemNotice } from '../design/problem-notice.tsx';
import { useText } from '../i18n/use-text.ts';
import { words } from '../i18n/words.ts';
import { shellMessages } from './messages.ts';
import styles from './states.module.css';

export function Pending() {
  const text = useText(words);
  return (
    <p className={styles.pending} role="status">
      <Loader size="sm" aria-hidden="true" /> {text('loading')}
    </p>
  );
}

export function Failed({ error, reset }: ErrorComponentProps) {
  return (
    <div className={styles.failed}>
      <ProblemNotice thrown={error} onRetry={reset} />
    </div>
  );
}

export function Missing() {
  const text = useText(shellMessages);
  return (
    <Empty title={text('missing.title')}>
      <p>{text('missing.text')}</p>
      <Link to="/">{text('missing.link')}</Link>
    </Empty>
  );
}
