/** Arabic-Indic and Persian digits as Latin ones: what an officer hears may be typed with either keyboard. */
const latinDigit = (digit: string): string => String((digit.codePointAt(0) ?? 0) & 0xf);

/** The digits of a spoken fingerprint in eight groups of four, as far as they were typed (KEY-2). */
export function spokenGroups(typed: string): string {
  const digits = typed
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, latinDigit)
    .replace(/\D/g, '')
    .slice(0, 32);
  return digits.replace(/(\d{4})(?=\d)/g, '$1 ');
}

export const isWholeFingerprint = (groups: string): boolean => groups.replaceAll(' ', '').length === 32;
