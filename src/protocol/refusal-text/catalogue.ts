import type { RefusalCode } from '../refusal.ts';

export interface RefusalSentences {
  /** What happened. `{limit}` stands only between parentheses, so that it can be left out where no limit is given. */
  readonly says: string;
  /** What the officer does next. */
  readonly next: string;
}
export type RefusalCatalogue = { readonly [C in RefusalCode]: RefusalSentences };
