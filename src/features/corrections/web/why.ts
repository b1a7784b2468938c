import { correctionGrounds } from '#src/kinds/correction/words.ts';

export type Ground = (typeof correctionGrounds)[number];

/** What is typed of why a record is corrected, withdrawn or erased. */
export interface Why {
  readonly ground: Ground | '';
  readonly explanation: string;
  readonly respondBy: string | null;
}
export interface WholeWhy {
  readonly ground: Ground;
  readonly explanation: string;
  readonly respondBy: string;
}

/** The reason as it will be signed, or null while something of it is missing. `today` is `YYYY-MM-DD`. */
export function wholeWhy({ ground, explanation, respondBy }: Why, today: string): WholeWhy | null {
  if (ground === '' || explanation.trim() === '' || respondBy === null || respondBy < today) return null;
  return { ground, explanation: explanation.trim(), respondBy };
}

export const groundNamed = (name: string): Ground | '' => correctionGrounds.find((one) => one === name) ?? '';
