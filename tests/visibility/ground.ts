import { randomUUID } from 'node:crypto';
import type { Database, Tx } from '#src/ports/database.ts';
import type { Store } from '#src/ports/store.ts';
import { newRecord, nextRecordId } from '#src/ports/store-records.contract.ts';
import type { OfficerRole } from '#src/ports/tables.ts';
import type { Marking } from '#src/protocol/marking/marking.ts';
import type { RecordDraft, VerifiedRecord } from '#src/protocol/record/record.ts';
import { openMarking } from '#tests/record/drafts.ts';
import type { Party } from '#tests/record/parties.ts';

export const node = { kind: 'node' } as const;
export const signIn = { kind: 'sign-in' } as const;
export const asOfficer = (officer: string) => ({ kind: 'officer', officer }) as const;

export interface OfficerOf {
  readonly role: OfficerRole;
  readonly clearance: number;
  readonly compartments: readonly string[];
  readonly desks: readonly string[];
}

/** The first administrator, as the set-up makes one. */
export async function firstAdministrator(database: Database): Promise<string> {
  const id = randomUUID();
  await database.asActor(signIn, (tx) => insertOfficer(tx, id, 'administrator', 0, []));
  return id;
}

/** An officer, made by an administrator as in the product. Returns its id. */
export async function addOfficer(database: Database, administrator: string, of: OfficerOf): Promise<string> {
  const id = randomUUID();
  await database.asActor(asOfficer(administrator), async (tx) => {
    await insertOfficer(tx, id, of.role, of.clearance, of.compartments);
    for (const desk of of.desks) await tx.insertInto('officer_desk').values({ officer: id, desk }).execute();
  });
  return id;
}

async function insertOfficer(
  tx: Tx,
  id: string,
  role: OfficerRole,
  clearance: number,
  compartments: readonly string[],
) {
  await tx
    .insertInto('officer')
    .values({
      id,
      login: `login-${id}`,
      display_name: `officer ${role}`,
      role,
      clearance,
      compartments: [...compartments],
      language: 'ar',
      passphrase_hash: 'a hash that nobody reads',
      disabled_at: null,
      created_at: new Date(0),
    })
    .execute();
}

export const markingOf = (level: Marking['level'], compartments: readonly string[] = []): Marking => ({
  ...openMarking,
  level,
  compartments: [...compartments].sort(),
});

/** A record of `by`, stored as the exchange stores it, active, on these desks, with portions of these markings. */
export async function storeRecord(
  store: Store,
  by: Party,
  about: {
    marking: Marking;
    desks?: readonly string[];
    portions?: readonly Marking[];
    state?: 'active' | 'quarantined' | 'equivocal';
    received?: boolean;
    draft?: Partial<RecordDraft>;
  },
): Promise<VerifiedRecord> {
  const record = newRecord(by, {
    marking: about.marking,
    portions: (about.portions ?? [about.marking]).map((marking, i) => ({
      text: `portion ${i}`,
      nature: 'fact',
      marking,
    })),
    ...about.draft,
  });
  await store.unit(async (unit) => {
    await unit.putRecord(record, about.received ? by.id : null, 1);
    await unit.setHead(
      {
        record: record.id,
        origin: record.origin,
        kind: record.kind,
        hash: record.hash,
        revision: record.revision,
        state: about.state ?? 'active',
      },
      1,
    );
    for (const desk of about.desks ?? ['liaison']) await unit.putOnDesk(record.id, desk, null, 1);
  });
  return record;
}

/** An agreement with `partner` that is in force today and for years. */
export async function agreeWith(
  store: Store,
  partner: string,
  by: Party,
  terms: { ceiling: number; compartments?: readonly string[]; oversightIncluded?: boolean; assentAt?: number },
): Promise<void> {
  const record = newRecord(by, { kind: 'agreement', purpose: 'administration', marking: openMarking, portions: [] });
  await store.unit(async (unit) => {
    await unit.putRecord(record, null, 1);
    await unit.putAgreement({
      record: nextRecordId(),
      hash: record.hash,
      revision: 1,
      partner,
      ceiling: terms.ceiling,
      compartments: terms.compartments ?? [],
      purposes: ['terrorism-prevention'],
      validFrom: '2020-01-01',
      validUntil: '2099-12-31',
      oversightIncluded: terms.oversightIncluded ?? false,
      ourAssentAt: terms.assentAt ?? 1,
      theirAssentAt: terms.assentAt ?? 1,
      endedAt: null,
      endedBy: null,
    });
  });
}

export async function release(store: Store, record: VerifiedRecord, recipient: string): Promise<string> {
  const id = randomUUID();
  await store.unit((unit) =>
    unit.putRelease(
      {
        id,
        reference: { origin: record.origin, record: record.id, revision: record.revision, hash: record.hash },
        recipient,
        purpose: record.purpose,
        withheld: [],
      },
      null,
      1,
    ),
  );
  return id;
}
