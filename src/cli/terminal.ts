/** The outside of the command line, as an argument, so that a test can stand in for it. */
export type Env = { readonly [name: string]: string | undefined };

export interface Terminal {
  /** A person sits at it, who can be asked. */
  readonly interactive: boolean;
  out(text: string): void;
  err(text: string): void;
  /** All of standard input. */
  readInput(): Promise<Uint8Array>;
  /** One typed line; not shown while typed where `hidden`. Rejects when the person gives up (Ctrl-C, Ctrl-D). */
  ask(question: string, options: { hidden: boolean }): Promise<string>;
  /** Aborted by SIGINT and SIGTERM: commands that wait end in order. */
  readonly stop: AbortSignal;
}
