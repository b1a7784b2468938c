import { markUnfit } from '#src/protocol/text.ts';

/**
 * Unicode isolates (UAX #9) around whatever is put into a sentence, so that a Latin name, a number or a code inside
 * Arabic (or the reverse) cannot reorder the words around it, nor end its isolate from within.
 */
const firstStrongIsolate = '\u2068';
const popIsolate = '\u2069';

export function isolate(value: unknown): string {
  return `${firstStrongIsolate}${markUnfit(String(value))}${popIsolate}`;
}
