/** The parts of a `KeyboardEvent` that say which key it was. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** What the keys of an Arabic layout are called here, where the position of the key would mislead. */
const sameMeaning: { readonly [key: string]: string } = { '؟': '?' };

/**
 * The name of a key as the key table writes it: `j`, `?`, `Enter`, `Ctrl+Enter`. With an Arabic keyboard the key that
 * carries J types ت, so a letter that is not Latin is named by its place on the keyboard.
 */
export function keyOf(press: KeyPress): string | null {
  if (press.altKey) return null;
  const modifier = press.ctrlKey || press.metaKey ? 'Ctrl+' : '';
  const meant = sameMeaning[press.key] ?? press.key;
  if (meant.length !== 1) return modifier + meant;
  if (/^[\x21-\x7e]$/.test(meant)) return modifier + meant.toLowerCase();
  const place = /^Key([A-Z])$/.exec(press.code)?.[1];
  if (place) return modifier + place.toLowerCase();
  return press.code === 'Slash' ? `${modifier}/` : null;
}

/** Where letters are text and not commands. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
}
