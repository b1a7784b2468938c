import { Type as T } from 'typebox';
import { defineKind } from '../define-kind.ts';
import { Bytes32, closed, Day, oneOf, Reason, RecordId } from '../schema.ts';
import { correctionWords } from './captions.ts';
import { correctionChanges, correctionGrounds } from './words.ts';

/** Its kind, or what it says happened. */
const titles = ['', ...correctionChanges].flatMap((change) => {
  const words = change === '' ? correctionWords.caption : correctionWords.captions[`change/${change}`];
  return Object.values(words ?? {});
});

/** COR-1: what its origin tells every holder of a record that it corrected, withdrew or erased. */
export const correction = defineKind({
  name: 'correction',
  body: T.Object(
    {
      change: oneOf(correctionChanges),
      ground: oneOf(correctionGrounds),
      /** Read by every holder, and kept when the record itself is erased: never what the record said. */
      explanation: Reason,
      /** The last day on which an answer is in time. */
      respondBy: Day,
      /** The record, and the hash of its revision that counts from now on. */
      record: RecordId,
      hash: Bytes32,
    },
    closed,
  ),
  ...correctionWords,
  graded: false,
  foundsTrust: false,
  byRelay: 'to-holders',
  portionsMin: 0,
  nothingElse: { titles: titles, portions: false, links: ['about', 'supersedes'] },
  requires: ['about', 'supersedes'],
  speaksOf: 'own',
});
