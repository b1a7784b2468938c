import type { KeyboardEvent } from 'react';
import { keyOf } from './key-of.ts';

/** Ctrl+Enter (or ⌘ Enter) anywhere in a form is its submit button. */
export function submitOnCtrlEnter(event: KeyboardEvent<HTMLFormElement>): void {
  if (keyOf(event.nativeEvent) !== 'Ctrl+Enter') return;
  event.preventDefault();
  event.currentTarget.requestSubmit();
}
