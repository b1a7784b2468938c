/**
 * NIST SP 800-63B, 3.1.1.2: what guessers try first is refused: a common passphrase, two of them together, or one with an
 * ending; rows of keys, repetitions, and the names that stand around it.
 */
export interface Around {
  /** Logins, names and codes of the officer and the service, in whatever language. */
  readonly names: readonly string[];
}

/** Whether it takes few guesses: fewer than three things that a guesser would have to find. */
export async function isGuessedEarly(passphrase: string, { names }: Around): Promise<boolean> {
  const common = await commonOnes();
  const personal = new Set(names.flatMap((name) => [plain(name), ...name.split(/[\s.\-_]+/u).map(plain)]));
  for (const short of [...personal]) if ([...short].length < 3) personal.delete(short);
  const typed = passphrase.normalize('NFKC').toLowerCase();
  return [typed, withoutDisguise(typed)].some((text) => pieces(plain(text), common, personal) < piecesMin);
}

const piecesMin = 3;
const digitWeight = 1 / 3;
const wordLengthMax = 32;

/** Letters that are written as figures and signs. */
const disguises: { readonly [sign: string]: string } = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
  '€': 'e',
};
const withoutDisguise = (text: string) => [...text].map((sign) => disguises[sign] ?? sign).join('');

/** Letters and digits alone, the same however they are spaced, accented or vowelled. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\p{M}ـ]/gu, '')
    .replace(/[أإآٱ]/gu, 'ا')
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** What our languages have and the list does not, which comes from services in Latin script. */
const ours = [
  ...['كلمة المرور', 'عبارة المرور', 'كلمة السر', 'الرقم السري', 'بسم الله الرحمن الرحيم', 'بسم الله', 'الحمد لله'],
  ...['لا إله إلا الله', 'الله أكبر', 'محمد رسول الله', 'السلام عليكم', 'إن شاء الله', 'ما شاء الله', 'سبحان الله'],
  ...['mot de passe', 'phrase secrète', 'bonjour', 'je t’aime', 'azerty', 'soleil', 'administrateur', 'administrator'],
  ...[
    'passphrase',
    'password',
    'bismillah',
    'inshallah',
    'mashallah',
    'service',
    'tansiq',
    'تنسيق',
    'changeme',
    'letmein',
  ],
];
/** What fingers and memory run along, forwards and backwards. */
const rows = [
  ...['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'azertyuiop', 'qsdfghjklm'],
  ...['wxcvbn', 'qwertzuiop', 'yxcvbnm', '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p', 'qazwsxedcrfvtgbyhnujmikolp'],
  ...['ابتثجحخدذرزسشصضطظعغفقكلمنهوي', 'ابجدهوزحطيكلمنسعفصقرشتثخذضظغ', 'ضصثقفغعهخحجد', 'شسيبلاتنمكط', 'ئءؤرىةوزظ'],
].flatMap((row) => [row, [...row].reverse().join('')]);
const rowLengthMin = 3;

let loaded: Promise<ReadonlySet<string>> | undefined;
/** 50,000 words are read only where a passphrase is chosen. */
function commonOnes(): Promise<ReadonlySet<string>> {
  loaded ??= import('@zxcvbn-ts/language-common').then(({ dictionary }) => {
    const words = [...dictionary['passwords-common'], ...ours].map((word) => plain(word));
    return new Set(words.filter((word) => word.length >= 4 && /\p{L}/u.test(word)));
  });
  return loaded;
}

/** The least number of pieces that make up the text; what is common counts one, what is around it or repeats nothing. */
function pieces(text: string, common: ReadonlySet<string>, personal: ReadonlySet<string>): number {
  const least = Array<number>(text.length + 1).fill(Number.POSITIVE_INFINITY);
  least[0] = 0;
  const reach = (from: number, to: number, weight: number) => {
    least[to] = Math.min(least[to] ?? 0, (least[from] ?? 0) + weight);
  };
  for (let at = 0; at < text.length; at++) {
    reach(at, at + 1, weightOf(text, at));
    for (let length = 2; length <= wordLengthMax && at + length <= text.length; length++) {
      const word = text.slice(at, at + length);
      if (personal.has(word) || text.slice(Math.max(0, at - length), at) === word) reach(at, at + length, 0);
      else if (length >= rowLengthMin && rows.some((row) => row.includes(word))) reach(at, at + length, 0);
      else if (common.has(word)) reach(at, at + length, 1);
      else if (/^(19|20)\d\d$/.test(word)) reach(at, at + length, 0);
    }
  }
  return least[text.length] ?? 0;
}

function weightOf(text: string, at: number): number {
  const sign = text.charAt(at);
  if (at > 0 && text.charAt(at - 1) === sign) return 0;
  return /\p{N}/u.test(sign) ? digitWeight : 1;
}
