import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import styles from './more.module.css';

export interface MoreItem {
  readonly key: string;
  readonly label: string;
  readonly act: () => void;
}

/** Actions that are seldom needed, behind one button: a disclosure, so that Tab and Enter are all it takes. */
export function More({ label, items }: { label: string; items: readonly MoreItem[] }) {
  const place = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (!open) return;
    const onPointerDown = (event: PointerEvent) => {
      if (!place.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', onPointerDown);
    return () => document.removeEventListener('pointerdown', onPointerDown);
  }, [open]);
  const close = () => {
    setOpen(false);
    place.current?.querySelector('button')?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return;
    // Escape closes this and does not leave the page.
    event.preventDefault();
    event.stopPropagation();
    event.nativeEvent.stopImmediatePropagation();
    close();
  };
  if (items.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears the keys of the buttons within
    <div
      ref={place}
      className={styles.more}
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        if (event.relatedTarget && !event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <button type="button" className={styles.button} aria-expanded={open} onClick={() => setOpen(!open)}>
        {label}
      </button>
      {open && (
        <ul className={styles.items}>
          {items.map(({ key, label: says, act }) => (
            <li key={key}>
              <button
                type="button"
                onClick={() => {
                  close();
                  act();
                }}
              >
                {says}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
