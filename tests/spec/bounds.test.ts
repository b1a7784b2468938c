/** ADM-2: the table of bounds in the specification, and the schemas that are made from the code, say the same. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Day, SecondInUtc } from '#src/kinds/schema.ts';
import { dateLimits } from '#src/protocol/calendar.ts';
import { forms, schemaOf } from '../../tools/spec/schemas.ts';

interface Node {
  readonly type?: string;
  readonly const?: unknown;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: { readonly [member: string]: Node };
}
const { pattern: dayPattern } = Day as unknown as Node;
const { pattern: secondPattern } = SecondInUtc as unknown as Node;

/** `member least most` of every time and number at any depth. */
function boundsIn(schema: unknown, member: string): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const node = schema as Node;
  if (node.const !== undefined) return [];
  if (node.pattern === dayPattern) return [`${member} ${dateLimits.firstDay} ${dateLimits.lastDay}`];
  if (node.pattern === secondPattern)
    return [`${member} ${dateLimits.firstDay}T00:00:00Z ${dateLimits.lastDay}T23:59:59Z`];
  if (node.type === 'integer' || node.type === 'number') return [`${member} ${node.minimum} ${node.maximum}`];
  return Object.entries(schema).flatMap(([key, inner]) =>
    key === 'properties'
      ? Object.entries(inner as object).flatMap(([name, property]) => boundsIn(property, name))
      : key === 'allOf'
        ? []
        : boundsIn(inner, member),
  );
}

function boundsOfTable(): string[] {
  const text = readFileSync(new URL('../../spec/protocol.md', import.meta.url), 'utf8');
  const rows = text.split('| member | least | most | refusal |')[1]?.split('\n\n')[0]?.split('\n').slice(2) ?? [];
  return rows.flatMap((row) => {
    const [, names = '', least = '', most = ''] = row.split('|').map((cell) => cell.trim());
    const members = [...names.matchAll(/`([a-zA-Z]+)`/g)].map(([, name]) => name);
    const [leasts, mosts] = [least.split(' · '), most.split(' · ')];
    return members.map((name, nth) => `${name} ${leasts[nth] ?? leasts[0]} ${mosts[nth] ?? mosts[0]}`);
  });
}

it('[ADM-2] every time and every number of every form has its least and its most in the table, and the table no other', () => {
  const ofCode = forms.flatMap((form) => boundsIn(schemaOf(form), form.name));
  expect(ofCode.length).toBeGreaterThan(30);
  expect([...new Set(boundsOfTable())].toSorted()).toEqual([...new Set(ofCode)].toSorted());
});
