/** Columns for a terminal. Each cell with Arabic stands in a Unicode isolate, so that it does not reorder its neighbours. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/u;

/** First-strong isolate … pop: the text keeps its own direction within a sentence of another. */
export function isolate(text: string): string {
  return rightToLeft.test(text) ? `\u2068${text}\u2069` : text;
}

/** Width as shown: combining marks and isolates take no column. */
export function shownWidth(cell: string): number {
  return [...cell.replace(/[\p{Mn}\u2066-\u2069]/gu, '')].length;
}

export function table(rows: readonly (readonly string[])[]): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => shownWidth(row[column] ?? ''))),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => isolate(cell) + ' '.repeat(Math.max(0, (widths[column] ?? 0) - shownWidth(cell))))
      .join('  ')
      .trimEnd(),
  );
}
