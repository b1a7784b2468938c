import { markUnfit } from '#src/protocol/text.ts';

/** Columns for a terminal. Each cell with Arabic stands in a Unicode isolate, so that it does not reorder its neighbours. */
const turning =
  /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** First-strong isolate … pop: the text keeps its own direction within a sentence of another, and cannot end its isolate. */
export function isolate(text: string): string {
  return turning.test(text) ? `\u2068${markUnfit(text)}\u2069` : text;
}

/** Width as shown: combining marks and isolates take no column. */
export function shownWidth(cell: string): number {
  return [...markUnfit(cell).replace(/[\p{Mn}\p{Cf}]/gu, '')].length;
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
