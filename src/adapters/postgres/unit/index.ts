import type { Actor, Tx } from '#src/ports/database.ts';
import type { StoreUnit } from '#src/ports/store.ts';
import { agreementWords } from './agreements.ts';
import { batchWords } from './batches.ts';
import { holdingWords } from './holding.ts';
import { journalWords } from './journal.ts';
import { linkWords } from './links.ts';
import { outboxWords } from './outbox.ts';
import { recordWords } from './records.ts';
import { releaseWords } from './releases.ts';
import { serviceWords } from './services.ts';
import { visibilityWords } from './visibility.ts';

/** Runs `inner` under another actor's policies and returns to the present one. */
export type As = <T>(actor: Actor, inner: () => Promise<T>) => Promise<T>;

/** The store's words, each a few statements within `tx`, under the policies of the actor it runs as. */
export function storeUnit(tx: Tx, as: As): StoreUnit {
  return {
    ...linkWords(tx),
    ...serviceWords(tx),
    ...outboxWords(tx),
    ...batchWords(tx),
    ...recordWords(tx),
    ...visibilityWords(tx, as),
    ...releaseWords(tx),
    ...agreementWords(tx),
    ...holdingWords(tx),
    ...journalWords(tx),
  };
}
