import { markUnfit } from '#src/protocol/text.ts';
import type { Terminal } from './terminal.ts';

/**
 * TXT-1: a terminal that nothing drives. Whatever a command says passes here, so that text of others, an error's words
 * or a file's name never reaches the real one with a control or a turn in it.
 */
export function guarded(terminal: Terminal): Terminal {
  return {
    interactive: terminal.interactive,
    stop: terminal.stop,
    readInput: () => terminal.readInput(),
    out: (text) => terminal.out(markUnfit(text)),
    err: (text) => terminal.err(markUnfit(text)),
    ask: (question, options) => terminal.ask(markUnfit(question), options),
  };
}

/** One document on one line, in ASCII but for what is plainly seen. */
export function plainJson(document: unknown): string {
  const hidden = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
  return JSON.stringify(document).replace(hidden, (character) =>
    Array.from({ length: character.length }, (_, at) => {
      return `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`;
    }).join(''),
  );
}
