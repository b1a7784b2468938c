/** Long enough for a node to be killed and started again meanwhile. */
const patienceMs = 90_000;
const pauseMs = 60;

/** Asks until there is an answer. Throws when none comes: something in the story went wrong, and it must not go on. */
export async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`the story waited ${patienceMs / 1_000} s in vain`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
