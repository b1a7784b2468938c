const unit = (text: string, at: number) => text.charCodeAt(at);

/** At most so many UTF-16 code units from the start, never half of a surrogate pair: half of one cannot be signed. */
export function cutText(text: string, charactersMax: number): string {
  if (text.length <= charactersMax) return text;
  const splitsPair = unit(text, charactersMax - 1) >= 0xd800 && unit(text, charactersMax - 1) <= 0xdbff;
  return text.slice(0, splitsPair ? charactersMax - 1 : charactersMax);
}

/**
 * TXT-1, TXT-2: characters that stand in no text: controls but tab and the end of a line, halves of surrogate pairs, separators of
 * lines, whatever is not shown (Default_Ignorable_Code_Point, Unicode 17) but for what the rules below let stand in its
 * place, interlinear annotation, private use, noncharacters.
 */
const nowhere =
  '\\r(?!\\n)|[\\0-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180e\\u200b\\u2028\\u2029\\u202e\\u2060-\\u2065' +
  '\\u206a-\\u206f\\u3164\\ufe00-\\ufe0d\\ufeff\\uffa0\\ufff0-\\ufffb\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}' +
  '\\u{e0000}-\\u{e00ff}\\u{e01f0}-\\u{e0fff}\\p{Co}\\p{Cs}\\p{Noncharacter_Code_Point}]';

/** Scripts whose letters take other forms where a joiner stands. */
const joining = ['Arab', 'Syrc', 'Mong', 'Nkoo', 'Mand', 'Phag', 'Rohg', 'Adlm', 'Deva', 'Beng', 'Guru', 'Gujr']
  .concat('Orya', 'Taml', 'Telu', 'Knda', 'Mlym', 'Sinh', 'Khmr', 'Mymr', 'Tibt', 'Java', 'Bali')
  .map((script) => `\\p{scx=${script}}`)
  .join('');

const outOfPlace = [
  nowhere,
  // Joiners: at most two, beside a letter that they form, or between two pictures.
  `(?<![${joining}\\u200c\\u200d])(?!\\u200d(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f]\\u200d)\\p{Extended_Pictographic})` +
    `[\\u200c\\u200d]+(?![${joining}\\u200c\\u200d])`,
  '[\\u200c\\u200d]{3,}',
  // Variation selectors: behind what they vary.
  '(?<!\\p{Extended_Pictographic}|[#*0-9](?=[\\ufe0e\\ufe0f]\\u20e3))[\\ufe0e\\ufe0f]',
  '(?<!\\p{sc=Mong})[\\u180b-\\u180d\\u180f]',
  '(?<!\\p{Unified_Ideograph})[\\u{e0100}-\\u{e01ef}]',
  // A mark with nothing to stand on takes what stands before the text; a tower of them covers its neighbours.
  '^(?:[^\\S\\n]|[\\u00ad\\u061c\\u200c-\\u200f\\u202a-\\u202d\\u2066-\\u2069])*\\p{M}',
  '(?<=\\p{M}{8})\\p{M}',
  // An override, but around nothing that it could turn round: so telephones copy numbers.
  '\\u202d(?![0-9 \\u00a0\\u202f+()./-]{1,40}\\u202c)',
].join('|');

/** Most texts have none of these, and need no second look. */
const worthALook =
  /[^\t\n -~\u00a0-\u00ac\u00ae-\u02ff\u0600-\u0605\u0620-\u064a\u0660-\u066f\u0671-\u06d5\u2010-\u2027\u2030-\u205e]/u;
const unfit = new RegExp(outOfPlace, 'mu');
const everyUnfit = new RegExp(outOfPlace, 'gmu');
const visible = /[\p{L}\p{N}]/u;

/**
 * TXT-1, TXT-2: where the first character stands that may not stand there, in UTF-16 code units; null where all may. Of one
 * `line` no tab and no line feed is a part.
 */
export function unfitAt(text: string, of: 'lines' | 'line' = 'lines'): number | null {
  const broken = of === 'line' ? text.search(/[\t\n]/) : -1;
  if (broken >= 0) return broken;
  if (!worthALook.test(text)) return null;
  const found = text.search(unfit);
  return found >= 0 ? found : (unpaired(text)[0] ?? null);
}

/** For showing what is not known to be fit: each character that may not stand there by its number, `⟨U+202E⟩`. */
export function markUnfit(text: string): string {
  if (!worthALook.test(text)) return text;
  const marked = text.replace(everyUnfit, (found) => found.replace(/[^ \t]/gu, number));
  const alone = new Set(unpaired(marked));
  if (alone.size === 0) return marked;
  return marked.replace(/[\u202a-\u202d\u2066-\u2069]/g, (mark, at: number) => (alone.has(at) ? number(mark) : mark));
}

function number(character: string): string {
  return `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

/** TXT-3: something in it is read: a letter or a digit. */
export function isVisible(text: string): boolean {
  return visible.test(text);
}

/**
 * TXT-2: where embeddings and isolates stand that do not end in the line in which they begin, inside out, or end what did
 * not begin: they would turn what stands around them. In ascending order.
 */
function unpaired(text: string): readonly number[] {
  const alone: number[] = [];
  let open: { readonly at: number; readonly by: string }[] = [];
  const giveUp = () => {
    for (const { at } of open) alone.push(at);
    open = [];
  };
  for (const { index, 0: character } of text.matchAll(/[\n\u202a-\u202d\u2066-\u2069]/g)) {
    if (character === '\n') giveUp();
    else if (character !== popEmbedding && character !== popIsolate) {
      open.push({ at: index, by: character >= '\u2066' ? popIsolate : popEmbedding });
    } else if (open.at(-1)?.by === character) open.pop();
    else {
      giveUp();
      alone.push(index);
    }
  }
  giveUp();
  return alone;
}
const popEmbedding = '\u202c';
const popIsolate = '\u2069';
