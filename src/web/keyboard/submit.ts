import type { KeyboardEvent } from 'react';
import { keyOf } from './key-of.ts';

/** Ctrl+Enter (or ⌘ Enter) anywhere in a dialog is the submit button of its form. */
export function submitOnCtrlEnter(event: KeyboardEvent<HTMLDialogElement>): void {
  if (keyOf(event.nativeEvent) !== 'Ctrl+Enter') return;
  event.preventDefault();
  event.currentTarget.querySelector('form')?.requestSubmit();
}
