import { recordLimits } from '#src/protocol/record/record.ts';
import { cutText } from '#src/protocol/text.ts';

export interface TextInPortions {
  /** The first line, at most as long as a record's title may be, cut at a word. */
  readonly title: string;
  /** Paragraphs, each exactly as it stands in the text. */
  readonly portions: readonly string[];
  /** What stood before the first portion, between each two, and after the last: one more than there are portions. */
  readonly separators: readonly string[];
}

interface Line {
  readonly text: string;
  readonly end: string;
}

/**
 * Divides plain text into portions: at blank lines, or at line ends where there are none. Nothing is trimmed, normalised
 * or lost: portions and separators put together again give the same text (`textOfPortions`), whatever its line ends,
 * byte order mark, tatweel or direction marks.
 */
export function portionsOfText(text: string): TextInPortions {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const lines = linesOf(text.slice(mark.length));
  const portions: string[] = [];
  const separators = [mark];
  for (const block of blocksOf(lines)) {
    if (isBlank(block)) separators[separators.length - 1] += textOf(block);
    else {
      const end = block.at(-1)?.end ?? '';
      const whole = textOf(block);
      portions.push(whole.slice(0, whole.length - end.length));
      separators.push(end);
    }
  }
  return { title: titleOf(portions[0] ?? ''), portions, separators };
}

/** The text that `portionsOfText` was given. */
export function textOfPortions({ portions, separators }: Omit<TextInPortions, 'title'>): string {
  return portions.reduce((text, portion, i) => text + portion + (separators[i + 1] ?? ''), separators[0] ?? '');
}

function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (const [, line = '', end = ''] of text.matchAll(/([^\r\n]*)(\r\n|\r|\n|$)/g)) {
    if (line !== '' || end !== '') lines.push({ text: line, end });
  }
  return lines;
}

/** Runs of lines that are all blank or all not; every line that is not blank by itself where paragraphs are not set apart. */
function blocksOf(lines: readonly Line[]): readonly (readonly Line[])[] {
  const blank = lines.map((line) => isBlank([line]));
  const inner = blank.slice(blank.indexOf(false), blank.lastIndexOf(false));
  const areSetApart = inner.includes(true);
  const blocks: Line[][] = [];
  for (const [i, line] of lines.entries()) {
    const continues = i > 0 && blank[i] === blank[i - 1] && (blank[i] || areSetApart);
    if (continues) blocks.at(-1)?.push(line);
    else blocks.push([line]);
  }
  return blocks.flatMap((block) => (fits(block) ? [block] : block.map((line) => [line])));
}

function fits(block: readonly Line[]): boolean {
  return isBlank(block) || textOf(block).length <= recordLimits.portionCharactersMax;
}
function isBlank(block: readonly Line[]): boolean {
  return block.every((line) => line.text.trim() === '');
}
function textOf(block: readonly Line[]): string {
  return block.map(({ text, end }) => text + end).join('');
}

function titleOf(portion: string): string {
  const line = (linesOf(portion)[0]?.text ?? '').trim();
  const max = recordLimits.titleCharactersMax;
  if (line.length <= max) return line;
  // One character more shows whether the cut falls at the end of a word.
  const atWord = /^([\s\S]*\S)\s/.exec(cutText(line, max + 1))?.[1];
  return atWord ?? cutText(line, max);
}
