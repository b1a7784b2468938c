import type { Say } from './messages.ts';
import type { Terminal } from './terminal.ts';

/** The person said no, or left. */
export class GivenUp extends Error {
  override readonly name = 'AbortError';
}

/** Asks a person before what cannot be taken back; a script has decided when it was written. Throws `GivenUp`. */
export async function confirmed(
  question: string,
  yes: boolean | undefined,
  { terminal, say }: { terminal: Terminal; say: Say },
): Promise<void> {
  if (yes === true || !terminal.interactive) return;
  const answer = await terminal.ask(`${question} ${say('ask.yes-no')} `, { hidden: false });
  if (!/^(y|yes|o|oui|ن|نعم)$/iu.test(answer.trim())) throw new GivenUp();
}
