import { CloseButton } from '@mantine/core';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react';
import { asProblem } from '../api/problem.ts';
import { useText } from '../i18n/use-text.ts';
import { words } from '../i18n/words.ts';
import { useProblemSentences } from './problem-notice.tsx';
import styles from './toasts.module.css';

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly detail?: string | undefined;
  readonly tone: 'said' | 'problem';
  readonly undo?: { readonly label: string; readonly act: () => void } | undefined;
}
interface Speaker {
  /** Says that something was done; `undo` takes it back as long as the toast stands. */
  say(text: string, undo?: Toast['undo']): void;
  /** Says what went wrong and what to do, where the page has no better place for it. */
  complain(thrown: unknown): void;
}
const shownMs = { said: 6_000, problem: 14_000 } as const;
const SpeakerContext = createContext<Speaker>({ say: () => {}, complain: () => {} });
export const useToasts = (): Speaker => useContext(SpeakerContext);

export function Toasts({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const last = useRef(0);
  const text = useText(words);
  const sentences = useProblemSentences();

  const drop = useCallback((id: number) => setToasts((shown) => shown.filter((toast) => toast.id !== id)), []);
  const show = useCallback(
    (toast: Omit<Toast, 'id'>) => {
      last.current += 1;
      const id = last.current;
      setToasts((shown) => [...shown.slice(-2), { ...toast, id }]);
      setTimeout(() => drop(id), shownMs[toast.tone]);
    },
    [drop],
  );
  const speaker = useMemo<Speaker>(
    () => ({
      say: (said, undo) => show({ text: said, tone: 'said', undo }),
      complain: (thrown) => {
        const problem = asProblem(thrown);
        const { says, next } = sentences(problem);
        show({ text: says, detail: problem.rule ? `${next} (${problem.rule})` : next, tone: 'problem' });
      },
    }),
    [show, sentences],
  );
  return (
    <SpeakerContext value={speaker}>
      {children}
      <div className={styles.toasts} aria-live="polite" aria-atomic="false" role="status">
        {toasts.map((toast) => (
          <div key={toast.id} className={styles.toast} data-tone={toast.tone}>
            <div>
              <p>{toast.text}</p>
              {toast.detail && <p className={styles.detail}>{toast.detail}</p>}
            </div>
            {toast.undo && (
              <button
                type="button"
                className={styles.undo}
                onClick={() => {
                  toast.undo?.act();
                  drop(toast.id);
                }}
              >
                {toast.undo.label}
              </button>
            )}
            <CloseButton size="sm" aria-label={text('close')} onClick={() => drop(toast.id)} />
          </div>
        ))}
      </div>
    </SpeakerContext>
  );
}
