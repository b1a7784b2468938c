/** Everybody on whose behalf a transaction may run. */
import { becomeActor } from '#src/adapters/postgres/become.ts';
import type { Actor } from '#src/ports/database.ts';
import { type Row, someOfficer, today } from './names.ts';

export interface Principal {
  readonly name: string;
  readonly actor: Actor;
  /** Null: no officer, or one who is disabled or unknown. */
  readonly officer: OfficerOf | null;
  /** COR-3: the quarantined records that the transaction names in order to resolve them. */
  readonly resolving: readonly string[];
}
export interface OfficerOf {
  readonly id: string;
  readonly role: string;
  readonly clearance: number;
  readonly compartments: readonly string[];
  readonly desks: readonly string[];
}

const uuid = (n: number) => `00000000-0000-4000-8007-${n.toString(16).padStart(12, '0')}`;
const officerOf = (
  n: number,
  role: string,
  clearance: number,
  compartments: readonly string[],
  desks: readonly string[],
): OfficerOf => ({ id: uuid(n), role, clearance, compartments, desks });

/** The second has marked, released and reviewed what stands in the world. */
const officers: { readonly [name: string]: OfficerOf } = {
  analyst: { ...officerOf(1, 'analyst', 2, ['A'], ['analysis']), id: someOfficer },
  'liaison officer at two desks': officerOf(2, 'liaison', 4, ['A', 'B'], ['liaison', 'elsewhere']),
  'case officer without clearance': officerOf(3, 'case-officer', 0, [], ['analysis']),
  'director without a desk': officerOf(4, 'director', 4, ['A', 'B'], []),
  oversight: officerOf(5, 'oversight', 0, [], []),
  'oversight with desks': officerOf(6, 'oversight', 4, ['A', 'B'], ['analysis', 'liaison']),
  administrator: officerOf(7, 'administrator', 4, ['A', 'B'], ['analysis', 'liaison', 'elsewhere']),
};
const disabled: { readonly [name: string]: OfficerOf } = {
  'disabled analyst': officerOf(8, 'analyst', 4, ['A', 'B'], ['analysis', 'liaison', 'elsewhere']),
  'disabled administrator': officerOf(9, 'administrator', 4, [], []),
  'disabled oversight': officerOf(10, 'oversight', 4, [], []),
};

/** A quarantined record of the world that the resolving officer would else not see. */
export function principals(resolvable: readonly string[], partners: readonly string[]): readonly Principal[] {
  const officer = (name: string, of: OfficerOf, active: boolean, resolving: readonly string[] = []): Principal => ({
    name,
    actor: { kind: 'officer', officer: of.id },
    officer: active ? of : null,
    resolving,
  });
  const other = (name: string, actor: Actor): Principal => ({ name, actor, officer: null, resolving: [] });
  return [
    ...Object.entries(officers).map(([name, of]) => officer(name, of, true)),
    officer('analyst who resolves', officers['analyst'] as OfficerOf, true, resolvable),
    ...Object.entries(disabled).map(([name, of]) => officer(name, of, false)),
    officer('officer who is nobody', officerOf(99, 'analyst', 4, [], []), false),
    ...partners.map((service) => other(`partner ${service}`, { kind: 'partner', service })),
    other('node', { kind: 'node' }),
    other('sign-in', { kind: 'sign-in' }),
  ];
}

export function officerRows(): { officers: readonly Row[]; desks: readonly Row[] } {
  const all = [...Object.values(officers), ...Object.values(disabled)];
  const gone = new Set(Object.values(disabled).map(({ id }) => id));
  return {
    officers: all.map(({ id, role, clearance, compartments }) => ({
      id,
      login: id,
      display_name: role,
      role,
      clearance,
      compartments,
      language: 'ar',
      passphrase_hash: 'hash',
      disabled_at: gone.has(id) ? '2026-01-01T00:00:00Z' : null,
      created_at: '2026-01-01T00:00:00Z',
    })),
    desks: all.flatMap(({ id, desks }) => desks.map((desk) => ({ officer: id, desk }))),
  };
}

/** The statements that make the rest of a transaction run as this principal. */
export function become({ actor, resolving }: Principal): string {
  return `set local app.today = '${today}'; set local app.resolving = '${resolving.join(',')}'; ${becomeActor(actor)}`;
}
