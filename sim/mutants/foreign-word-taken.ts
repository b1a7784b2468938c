import { verifyCopy } from '#src/protocol/record/verify.ts';
import type { Mutant } from './mutant.ts';

export const foreignWordTaken: Mutant = {
  name: 'foreign-word-taken',
  breaks: 'REC-1: takes a record’s word for whose the record is that it decides on',
  caughtBy: ['nobody decides on another’s record'],
  change: (core) => ({ ...core, verifyRecord: verifyCopy }),
};
