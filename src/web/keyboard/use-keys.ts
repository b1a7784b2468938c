import { useEffect, useRef } from 'react';
import { isTyping, keyOf } from './key-of.ts';

export type KeyMap = { readonly [key: string]: () => void };

/** A first key that waits for a second one, as in `g i`. */
const leader = 'g';
const leaderMs = 1_200;

const activates = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('button, a[href], summary, label') !== null;

/** Keys of a page, as long as it is shown. Letters do nothing while text is typed; a dialog keeps the page's keys still. */
export function useKeys(keys: KeyMap): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    let leaderAt = 0;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      if (document.querySelector('dialog:modal')) return;
      const key = keyOf(event);
      if (!key) return;
      const plain = !key.startsWith('Ctrl+');
      if (plain && isTyping(event.target) && key !== 'Escape') return;
      // Enter on a button or link does what that button or link says.
      if (key === 'Enter' && activates(event.target)) return;
      const sequence = Date.now() - leaderAt < leaderMs ? `${leader} ${key}` : key;
      leaderAt = key === leader ? Date.now() : 0;
      const act = current.current[sequence];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
