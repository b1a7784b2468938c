/** Two ways to answer: sentences for a person, or exactly one JSON document on standard output for a program. */
import { plainJson } from './guarded.ts';
import type { Terminal } from './terminal.ts';

export class Output {
  readonly json: boolean;
  readonly #terminal: Terminal;
  #answered = false;

  constructor(terminal: Terminal, json: boolean) {
    this.#terminal = terminal;
    this.json = json;
  }

  /** The answer. A command gives it once. */
  answer(document: unknown, lines: readonly string[]): void {
    if (this.#answered) throw new Error('a command answers once');
    this.#answered = true;
    if (this.json) this.#terminal.out(`${plainJson(document)}\n`);
    else for (const line of lines) this.#terminal.out(`${line}\n`);
  }

  /** What happens on the way, for a person alone. */
  progress(line: string): void {
    if (!this.json) this.#terminal.out(`${line}\n`);
  }

  /** Something a person must notice, beside the answer. */
  warn(line: string): void {
    this.#terminal.err(`${line}\n`);
  }
}
