/** What one command of `tansiq` declares: its words, its options, and what it does. */
import type { Refusal } from '#src/protocol/refusal.ts';
import type { MessageKey, Say } from './messages.ts';
import type { Output } from './output.ts';
import type { Env, Terminal } from './terminal.ts';

export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  /** How its value is called in the help, e.g. `FILE`. */
  readonly value?: string;
  readonly help: MessageKey;
  /** May be given several times; then its values come joined by commas. */
  readonly repeats?: true;
}
export type Options = { readonly [name: string]: OptionSpec };

export type Values<O extends Options> = {
  readonly [K in keyof O]: O[K]['type'] extends 'boolean' ? boolean : string | undefined;
};

/** The options that every command understands. */
export const everywhere = {
  json: { type: 'boolean', help: 'option.json' },
  language: { type: 'string', value: 'ar|fr|en', help: 'option.language' },
  help: { type: 'boolean', help: 'option.help' },
} as const satisfies Options;

export interface Call<O extends Options> {
  readonly values: Values<O>;
  readonly operands: readonly string[];
  readonly output: Output;
  readonly say: Say;
  readonly terminal: Terminal;
  readonly env: Env;
}

export interface Command<O extends Options = Options> {
  /** One or two words, e.g. `partner add`. */
  readonly name: string;
  /** What stands after the name, e.g. `FILE|URL`; empty where it takes nothing. */
  readonly operands: string;
  readonly operandsMin: number;
  readonly operandsMax: number;
  readonly help: MessageKey;
  readonly options: O;
  run(call: Call<O>): Promise<void>;
}

/** The command line itself is wrong: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Refused here, before any node was asked: same exit and same form as a node's refusal. */
export class RefusedHere extends Error {
  override readonly name = 'RefusedHere';
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** Gives a declared command the common type of all commands; its own options stay checked inside it. */
export function command<const O extends Options>(declared: Command<O>): Command {
  return declared as unknown as Command;
}
