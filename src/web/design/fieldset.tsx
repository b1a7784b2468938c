import type { ReactNode } from 'react';
import styles from './fieldset.module.css';

/** Several controls under one question. */
export function Fieldset({
  legend,
  children,
  error,
}: {
  legend: string;
  children: ReactNode;
  error?: string | undefined;
}) {
  return (
    <fieldset className={styles.fieldset}>
      <legend className={styles.legend}>{legend}</legend>
      <div className={styles.controls}>{children}</div>
      {error && <p className={styles.error}>{error}</p>}
    </fieldset>
  );
}
