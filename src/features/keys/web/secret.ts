/** Spaces and line breaks are how paper shows a secret, not part of it. */
export const withoutSpaces = (typed: string): string => typed.replace(/\s+/g, '');

export const isTypedBack = (typed: string, secret: string): boolean =>
  withoutSpaces(typed) !== '' && withoutSpaces(typed) === withoutSpaces(secret);

const groupCharacters = 4;

/** In groups of four, to be read and typed; a secret that is grouped already stays as it is. */
export function inGroups(secret: string): string {
  if (/\s/.test(secret)) return secret;
  return secret.replace(new RegExp(`(.{${groupCharacters}})(?=.)`, 'g'), '$1 ');
}
