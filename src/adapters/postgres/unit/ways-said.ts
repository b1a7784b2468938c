import type { StoreUnit } from '#src/ports/store.ts';

const words = ['sourcesOf', 'viasOf', 'gaveTo', 'gaveFrom'] as const;

export type WaysSaid = Map<string, Promise<unknown>>;

/**
 * Words that say which way a letter goes. Each reads all that one service holds, and a batch of letters would read it for
 * every one of them (ADM-2). `said` is emptied by whoever keeps a record or a holder, or takes such a write back.
 */
export function waysAsFirstSaid(
  plain: StoreUnit,
  flush: () => Promise<void>,
  said: WaysSaid,
): Pick<StoreUnit, (typeof words)[number]> {
  const once = words.map((word) => [
    word,
    (...args: readonly string[]) => {
      const key = [word, ...args].join(' ');
      const say = plain[word] as (...given: readonly string[]) => Promise<unknown>;
      const answer = said.get(key) ?? flush().then(() => say(...args));
      said.set(key, answer);
      return answer;
    },
  ]);
  // The same words with the same arguments and answers
  return Object.fromEntries(once) as unknown as Pick<StoreUnit, (typeof words)[number]>;
}
