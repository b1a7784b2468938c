import type { ReactNode } from 'react';
import styles from './page.module.css';

/** A page with a heading, its actions beside it, and its content in one column. */
export function Page({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>{title}</h1>
        {actions}
      </header>
      {children}
    </div>
  );
}
