import { CloseButton } from '@mantine/core';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useText } from '../i18n/use-text.ts';
import { words } from '../i18n/words.ts';
import { submitOnCtrlEnter } from '../keyboard/submit.ts';
import styles from './dialog.module.css';

/** The platform's own modal dialog: it keeps the focus in, gives it back, and closes with Escape. */
export function Dialog({
  title,
  onClose,
  children,
  wide = false,
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
  wide?: boolean;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const text = useText(words);
  useEffect(() => {
    const opened = dialog.current;
    const before = document.activeElement;
    opened?.showModal();
    // The first thing to fill in or to press, not the cross beside the title.
    opened?.querySelector<HTMLElement>('form :is(input, textarea, select, button):not([disabled])')?.focus();
    return () => {
      opened?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={wide ? `${styles.dialog} ${styles.wide}` : styles.dialog}
      aria-labelledby={heading}
      onKeyDown={submitOnCtrlEnter}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className={styles.head}>
        <h2 id={heading}>{title}</h2>
        <CloseButton aria-label={text('close')} onClick={onClose} />
      </header>
      <div className={styles.body}>{children}</div>
    </dialog>
  );
}

/** The buttons that end a dialog, the confirming one first. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <footer className={styles.actions}>{children}</footer>;
}

/** The layout of a form within a dialog. */
export const dialogForm = styles.form;
