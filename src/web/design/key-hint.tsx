import styles from './key-hint.module.css';

/** The key of a button, for the eye; `aria-keyshortcuts` says it to a screen reader. */
export function KeyHint({ children }: { children: string }) {
  return (
    <span className={styles.hint} aria-hidden="true">
      <span className={styles.key}>{children}</span>
    </span>
  );
}
