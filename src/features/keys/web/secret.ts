/**
 * The secret as paper and hand change it: spaces, hyphens and case do not count, nor do letters that look like digits
 * (Crockford's base 32). The node reads it in the same way.
 */
const plain = (typed: string): string =>
  typed.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');

export const isTypedBack = (typed: string, secret: string): boolean =>
  plain(typed) !== '' && plain(typed) === plain(secret);
