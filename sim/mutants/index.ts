import { contradictionAdmitted } from './contradiction-admitted.ts';
import { correctionUnread } from './correction-unread.ts';
import { duplicatesTaken } from './duplicates-taken.ts';
import { erasureUnread } from './erasure-unread.ts';
import { foreignWordTaken } from './foreign-word-taken.ts';
import { gapsTaken } from './gaps-taken.ts';
import { givenIgnored } from './given-ignored.ts';
import { holdingsRefused } from './holdings-refused.ts';
import { moreTaken } from './more-taken.ts';
import type { Mutant } from './mutant.ts';
import { neverResends } from './never-resends.ts';
import { onwardHoldersForgotten } from './onward-holders-forgotten.ts';
import { openRelay } from './open-relay.ts';
import { permissionIgnored } from './permission-ignored.ts';
import { queueEmptiedEarly } from './queue-emptied-early.ts';
import { receiptBeforeDurable } from './receipt-before-durable.ts';
import { receiptHashIgnored } from './receipt-hash-ignored.ts';
import { recoveryCutShort } from './recovery-cut-short.ts';
import { releaseWidened } from './release-widened.ts';
import { restoreUnnoticed } from './restore-unnoticed.ts';
import { revivalAdmitted } from './revival-admitted.ts';
import { signaturesIgnored } from './signatures-ignored.ts';
import { withdrawnRevived } from './withdrawn-revived.ts';

/** Each is switched on by `--mutant NAME`, and by a test that shows a checker catching it. */
export const mutants: readonly Mutant[] = [
  receiptBeforeDurable,
  queueEmptiedEarly,
  duplicatesTaken,
  gapsTaken,
  receiptHashIgnored,
  signaturesIgnored,
  neverResends,
  withdrawnRevived,
  revivalAdmitted,
  erasureUnread,
  correctionUnread,
  foreignWordTaken,
  moreTaken,
  givenIgnored,
  releaseWidened,
  contradictionAdmitted,
  restoreUnnoticed,
  recoveryCutShort,
  permissionIgnored,
  openRelay,
  onwardHoldersForgotten,
  holdingsRefused,
];
