import { isAtLeast } from '../marking/inherit.ts';
import type { VerifiedRecord } from '../record/record.ts';

type Revision = Pick<VerifiedRecord, 'portions' | 'disclosures'>;

/**
 * COR-1, REL-3: which portions of the new revision go where only some of the old one were permitted: the same places, and
 * only where the new text demands no more of its reader than the old one did. Paragraphs move when one is put before
 * them; a place alone would let out what nobody permitted.
 *
 * @param given the digests of the old revision that were permitted.
 */
export function portionsAgain(before: Revision, after: Revision, given: readonly string[]): number[] {
  const permitted = new Set(given);
  const wasGiven = new Set(before.disclosures.filter(({ digest }) => permitted.has(digest)).map(({ path }) => path));
  const old = new Map(before.portions.map((portion) => [portion.index, portion]));
  return after.portions
    .filter(({ index, marking }) => {
      const previous = old.get(index);
      return previous !== undefined && wasGiven.has(`portions/${index}`) && isAtLeast(previous.marking, marking);
    })
    .map(({ index }) => index);
}

/** The digests of a copy with these portions: them, and whatever is no portion and no list of who else may hold it. */
export function digestsWith(record: Revision, portions: readonly number[]): string[] {
  const paths = new Set(portions.map((index) => `portions/${index}`));
  return record.disclosures
    .filter(({ path }) => (path.startsWith('portions/') ? paths.has(path) : path !== 'releasableTo'))
    .map(({ digest }) => digest);
}
