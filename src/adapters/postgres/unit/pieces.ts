/** Rows of one statement: a statement takes 65 535 parameters at most, and the widest table has fewer than 30 columns. */
const rowsMax = 1_000;

export function* inPieces<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < rows.length; from += rowsMax) yield rows.slice(from, from + rowsMax);
}
