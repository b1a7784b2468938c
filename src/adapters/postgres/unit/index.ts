import type { Tx } from '#src/ports/database.ts';
import type { StoreUnit } from '#src/ports/store.ts';
import type { Savepoints } from '../savepoint.ts';
import { agreementWords } from './agreements.ts';
import { batchWords } from './batches.ts';
import { correctionWords } from './corrections.ts';
import { erasureWords } from './erasure.ts';
import { holdingWords } from './holding.ts';
import { journalWords } from './journal.ts';
import { keyWords } from './keys.ts';
import { linkWords } from './links.ts';
import { onwardWords } from './onward.ts';
import { outboxWords } from './outbox.ts';
import { recordWords } from './records.ts';
import { epochWords, recoveryWords } from './recovery.ts';
import { releaseWords } from './releases.ts';
import { serviceWords } from './services.ts';
import { type As, visibilityWords } from './visibility.ts';

/** The store's words, each a few statements within `tx`, under the policies of the actor it runs as. */
export function storeUnit(tx: Tx, as: As, savepoints: Savepoints): StoreUnit {
  const words: Omit<StoreUnit, 'attempt'> = {
    ...linkWords(tx),
    ...serviceWords(tx),
    ...keyWords(tx),
    ...outboxWords(tx),
    ...epochWords(tx),
    ...recoveryWords(tx),
    ...batchWords(tx),
    ...recordWords(tx),
    ...visibilityWords(tx, as),
    ...releaseWords(tx),
    ...agreementWords(tx),
    ...onwardWords(tx),
    ...correctionWords(tx),
    ...erasureWords(tx),
    ...holdingWords(tx),
    ...journalWords(tx),
  };
  const unit = (): StoreUnit => ({ ...words, attempt: (work) => savepoints.attempt(() => work(unit())) });
  return unit();
}
