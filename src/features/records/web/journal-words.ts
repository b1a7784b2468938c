import type { Text } from '#src/web/i18n/use-text.ts';
import type { RecordMessages } from './messages.ar.ts';

/** The words of an act. It may end with what it was for, or with what was answered: `permission.asked.judicial`. */
export function actWords(of: Text<RecordMessages>['of'], act: string): string {
  const whole = of('act', act);
  const cut = act.lastIndexOf('.');
  if (whole !== act || cut === -1) return whole;
  const [kind, aim] = [act.slice(0, cut), act.slice(cut + 1)];
  const known = of('act', kind);
  return known === kind ? act : `${known} (${of('actFor', aim)})`;
}

const identifier = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[\w-]{43})$/;

/** What a line keeps as its reason: a desk with why it was assigned, or a code or a text. Identifiers tell a reader nothing. */
export function reasonOf({ act, reason }: { act: string; reason: string | null }): { desk?: string; said?: string } {
  if (reason === null || identifier.test(reason)) return {};
  if (act !== 'desk.assigned') return { said: reason };
  const cut = reason.indexOf(': ');
  return cut === -1 ? { desk: reason } : { desk: reason.slice(0, cut), said: reason.slice(cut + 2) };
}

/** The kind whose captions have the words of the codes that an act gives as its reason, and the field they stand in. */
export function captionOfReason(act: string): readonly [kind: string, field: string] | null {
  if (act === 'record.quarantined') return ['correction', 'change'];
  return act === 'permission.revoked' ? ['permission', 'ground'] : null;
}
