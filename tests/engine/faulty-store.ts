import type { Store, StoreUnit } from '#src/ports/store.ts';

/** What is thrown in place of this word with these arguments; null: the store does as it is told. */
export type Faults = (word: keyof StoreUnit, args: readonly unknown[]) => Error | null;

/** A store whose words throw where the test wants it, as by a bug or a row that cannot be read. */
export function faultyStore(store: Store, faults: Faults): Store {
  const faulty = (unit: StoreUnit): StoreUnit => {
    const words = Object.entries(unit).map(([word, say]) => [
      word,
      async (...args: unknown[]) => {
        const fault = faults(word as keyof StoreUnit, args);
        if (fault !== null) throw fault;
        return (say as (...args: unknown[]) => unknown)(...args);
      },
    ]);
    const attempt: StoreUnit['attempt'] = (work) => unit.attempt((part) => work(faulty(part)));
    // The same words with the same arguments and answers
    return { ...(Object.fromEntries(words) as unknown as StoreUnit), attempt };
  };
  return { unit: (work) => store.unit((unit) => work(faulty(unit))), close: () => store.close() };
}
