import type { PermissionView } from '#src/features/permissions/contract.ts';
import { permissionWords } from '#src/kinds/permission/captions.ts';
import type { Say } from './messages.ts';

/** One permission a line, and under it what limits or explains it. Paragraphs are counted from 1, as a person does. */
export function permissionLines(permissions: readonly PermissionView[], say: Say): string[] {
  if (permissions.length === 0) return [say('permission.none')];
  return permissions.flatMap((permission) => {
    const { use, grantee, onwardTo, portions, validUntil, state, request } = permission;
    const arrow = say.language === 'ar' ? '←' : '→';
    const named = onwardTo === null ? grantee.code : `${grantee.code} ${arrow} ${onwardTo.code}`;
    const what = permissionWords.captions[`use/${use}`]?.[say.language] ?? use;
    const limits = [
      ...(portions === null
        ? []
        : [say('permission.paragraphs', { portions: portions.map((index) => index + 1).join(', ') })]),
      ...(validUntil === null ? [] : [say('permission.until', { day: validUntil })]),
    ];
    const words = [permission.reason, permission.conditions, groundOf(permission, say), permission.explanation];
    return [
      `${what} · ${named} · ${say(`permission.state-${state}`)}`,
      `  ${permission.permission ?? request ?? ''}`,
      ...(limits.length === 0 ? [] : [`  ${limits.join(' · ')}`]),
      ...words.flatMap((word) => (word === null ? [] : [`  ${word}`])),
    ];
  });
}

function groundOf({ ground }: PermissionView, say: Say): string | null {
  return ground === null ? null : (permissionWords.captions[`ground/${ground}`]?.[say.language] ?? ground);
}
