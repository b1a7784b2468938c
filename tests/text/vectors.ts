/** Texts, and what TXT-1 to TXT-3 say of each: the first place that is unfit, in UTF-16 code units from 0. */
export interface TextVectors {
  readonly cases: readonly TextCase[];
}
interface TextCase {
  readonly name: string;
  readonly text: string;
  /** Absent: a text of many lines. */
  readonly line?: true;
  readonly unfitAt?: number;
  readonly blank?: true;
}

const fit: readonly (readonly [string, string])[] = [
  ['French with a soft hyphen and apostrophes', 'Un d\u00e9p\u00f4t d\u2019ex\u00adplosifs'],
  ['accents of their own', 'Cafe\u0301 de la Co\u0302te'],
  ['vowelled Arabic', '\u0628\u0650\u0633\u0652\u0645\u0650'],
  ['a tanwin behind a space', '\u0634\u0643\u0631\u0627 \u064b'],
  ['a non-joiner within Persian', '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645'],
  ['a non-joiner twice', '\u0647\u0627\u200c\u200c\u06cc'],
  ['a non-joiner between a Latin word and its Persian ending', 'PDF\u200c\u0647\u0627'],
  ['a joiner that gives a letter its form', '\u0647\u0640\u200d'],
  ['a joiner within Devanagari', '\u0915\u094d\u200d\u0937'],
  [
    'pictures that are joined, varied and coloured',
    '\u{1f469}\u200d\u{1f692} \u2764\ufe0f 1\ufe0f\u20e3 \u{1f44d}\u{1f3fd} a',
  ],
  ['a variant of an ideograph', '\u6f22\u{e0100}'],
  ['marks of direction', '\u200fABC\u200e \u061c12'],
  ['an isolate within a line', 'a \u2068\u0628\u2069 c'],
  ['an embedding within a line, as telephones copy numbers', '\u0647\u0627\u062a\u0641 \u202a+213 550-12\u202c'],
  ['an override around a number, as telephones copy numbers', 'tel \u202d+1 (555) 01\u202c'],
  ['isolates within one another, on two lines', '\u2067a\u2066b\u2069\u2069\n\u2068c\u2069'],
  ['lines and columns', 'a\tb\nc\r\nd'],
];

const unfit: readonly (readonly [string, string, number])[] = [
  ['U+0000', 'a\0b', 1],
  ['an escape sequence', 'a\u001b[2J', 1],
  ['a carriage return', 'hidden \r overwritten', 7],
  ['a backspace', 'b\b\b\bx', 1],
  ['DEL', 'a\u007f', 1],
  ['a control of ISO 6429 in one character', 'a\u009b31m', 1],
  ['a separator of lines', 'a\u2028b', 1],
  ['a separator of paragraphs', 'a\u2029b', 1],
  ['an override from right to left', '\u062a\u0642\u0631\u064a\u0631\u202egpj.exe', 5],
  ['an override from right to left that ends', 'a\u202eb\u202c', 1],
  ['an override from left to right around letters', 'a\u202d\u0628\u202c', 1],
  ['an embedding that does not end', 'a\u202bb', 1],
  ['the end of an embedding that did not begin', 'a\u202cb', 1],
  ['an isolate that does not end', 'a\u2067b', 1],
  ['the end of an isolate that did not begin', 'a\u2069b\u2068', 1],
  ['an isolate that ends in another line', 'a\u2068b\nc\u2069', 1],
  ['isolate and embedding across one another', '\u2066\u202aa\u2069\u202c', 0],
  ['a space without width', 'a\u200bb', 1],
  ['a word joiner', 'a\u2060b', 1],
  ['a byte order mark', '\ufeffa', 0],
  ['an invisible operator', 'a\u2062b', 1],
  ['a joiner between Latin letters', 'pa\u200dssword', 2],
  ['a non-joiner behind a Latin letter', 'a\u200c', 1],
  ['three joiners', '\u0645\u200c\u200c\u200c\u0645', 1],
  ['a selector that varies nothing', 'a\ufe0f', 1],
  ['a selector without a picture', '1\ufe0f', 1],
  ['a selector of mathematics', 'a\ufe01', 1],
  ['a selector of ideographs behind a letter', 'a\u{e0101}', 1],
  ['a tag', 'a\u{e0041}', 1],
  ['a filler that counts as a letter', 'a\u3164', 1],
  ['a grapheme joiner', 'a\u034fb', 1],
  ['a deprecated control', 'a\u206ab', 1],
  ['an annotation between lines', 'a\ufff9b\ufffac\ufffb', 1],
  ['a mark at the start', '\u0301a', 0],
  ['a mark at the start of a line', 'a\n\u0301b', 2],
  ['a mark behind a mark of direction', '\u200f\u0301a', 0],
  ['a tower of marks', `e${'\u0301'.repeat(9)}`, 9],
  ['private use', 'a\ue000', 1],
  ['private use beyond the first plane', 'a\u{f0000}', 1],
  ['a noncharacter', 'a\ufdd0', 1],
  ['a noncharacter at the end of a plane', 'a\u{1ffff}', 1],
];

const blank: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['space', ' \u00a0 '],
  ['marks of direction', '\u200f\u200e'],
  ['signs', '— … !'],
];

export function textVectors(): TextVectors {
  return {
    cases: [
      ...fit.map(([name, text]) => ({ name, text })),
      ...unfit.map(([name, text, unfitAt]) => ({ name, text, unfitAt })),
      { name: 'a line feed in a line', text: 'a\nb', line: true, unfitAt: 1 },
      { name: 'a tab in a line', text: 'a\tb', line: true, unfitAt: 1 },
      ...blank.map(([name, text]) => ({ name: `nothing to read: ${name}`, text, blank: true as const })),
    ],
  };
}
