/**
 * Who may read which row, said a second time and without SQL: from the rules of the accountability document and of the
 * protocol, not from the policies. Both are compared over all rows of the world.
 */

import { lookUp, newestAssented, type Terms, termsOf, text } from './known.ts';
import { type RecordRow, type Row, services, today, type World } from './names.ts';
import type { Principal } from './principals.ts';

export type MayRead = (row: Row) => boolean;
/** Of each table: what names a row of it, and for each kind of principal which rows it reads; absent: it has no right to the table. */
export interface TableReaders {
  readonly key: string;
  readonly keyOf: (row: Row) => string;
  readonly officer?: (principal: Principal) => MayRead;
  readonly partner?: (service: string) => MayRead;
  readonly node?: true;
  readonly 'sign-in'?: MayRead;
}

const writers = ['liaison', 'analyst', 'case-officer', 'director'];
export const writes = ({ officer }: Principal): boolean => officer !== null && writers.includes(officer.role);
const everyOfficer = ({ officer }: Principal): MayRead => {
  const is = officer !== null;
  return () => is;
};
const nobody: MayRead = () => false;
const within = (some: readonly string[], all: readonly string[]) => some.every((one) => all.includes(one));

type Readers = { readonly [table: string]: TableReaders };

export interface Rules {
  readonly readers: Readers;
  /** Of disclosures, where every record may be read: what they decide by themselves. */
  readonly disclosuresAlone: Readers;
  /** Whether an officer reads this revision. */
  readonly seesRevision: (principal: Principal, hash: string) => boolean;
  /** Whether an officer reads any revision of this record. */
  readonly seesRecord: (principal: Principal, record: string) => boolean;
  /** Whether the record's origin lets us give this revision to this partner today. */
  readonly mayPassOn: (hash: string, partner: string) => boolean;
}

export function rulesOf(world: World): Rules {
  const known = lookUp(world);
  const { self } = services;

  // ACC-21
  function overseen(origin: string): boolean {
    if (origin === self) return true;
    return (
      newestAssented(known.agreements.filter((row) => row['partner'] === origin))[0]?.['oversight_included'] === true
    );
  }

  const officerReads = ({ officer, resolving }: Principal, record: RecordRow): boolean => {
    if (officer === null || officer.role === 'administrator') return false;
    if (officer.role === 'oversight') return overseen(record.origin);
    const open = known.headState.get(record.record_id) !== 'quarantined' || resolving.includes(record.record_id);
    return (
      open &&
      record.level <= officer.clearance &&
      within(record.compartments, officer.compartments) &&
      (known.desks.get(record.record_id) ?? []).some((row) => officer.desks.includes(text(row['desk'])))
    );
  };

  const covers = (terms: Terms | null, of: { level: number; compartments: readonly string[] }) =>
    terms !== null && of.level <= terms.ceiling && within(of.compartments, terms.compartments);
  const foundsTrust = ({ kind, purpose }: RecordRow) =>
    ['service', 'agreement', 'assent'].includes(kind) && purpose === 'administration';

  /** COR-1, PRM-1: who must be told of a record whatever is agreed. */
  function mustBeTold(record: RecordRow, partner: string): boolean {
    const holds = (id: string) => (known.holders.get(id) ?? []).some((row) => row['holder'] === partner);
    const linked = (type: string) =>
      (known.links.get(record.hash) ?? []).some((row) => row['type'] === type && row['target_origin'] === partner);
    return (
      (record.status !== 'active' && holds(record.record_id)) ||
      (known.corrections.get(record.hash) ?? []).some((row) => holds(text(row['about_record']))) ||
      (record.kind === 'correction-answer' && linked('replies-to')) ||
      (record.kind === 'permission-request' && linked('about')) ||
      known.permissions.some(
        (row) =>
          row['hash'] === record.hash &&
          row['origin'] === self &&
          (row['grantee'] === partner || row['onward_to'] === partner),
      )
    );
  }
  /** REL-3: permissions of the record's origin that are in force today and let it go on to this partner. */
  const permitted = (record: RecordRow, partner: string) =>
    known.permissions.filter(
      (row) =>
        row['use'] === 'onward' &&
        row['decision'] === 'granted' &&
        text(row['valid_until']) >= today &&
        row['onward_to'] === partner &&
        row['origin'] === record.origin &&
        (row['about_hash'] === record.hash || row['hash'] === record.hash),
    );

  /** What a partner reads of one record, and why, so that the parts of it can be told from one another. */
  function partnerOf(partner: string) {
    const service = known.service.get(partner);
    const isTrusted = service !== undefined && !service['is_self'] && service['revoked_at'] === null;
    const open = isTrusted && service['confirmed_at'] !== null;
    const byLetter = isTrusted && service['confirmed_at'] === null && service['vouched_by'] !== null;
    const terms = termsOf(known.agreements, partner);
    const released = ({ hash }: RecordRow) =>
      (known.releases.get(hash) ?? []).filter((row) => row['recipient'] === partner && row['state'] !== 'refused');
    const forAgreedPurpose = (record: RecordRow) =>
      released(record).some((row) => terms?.purposes.includes(text(row['purpose'])) ?? false);

    function readsRecord(record: RecordRow): boolean {
      const current = record.status === 'active' && !known.isFallen(record.record_id);
      if (record.origin !== self) {
        const ours = permitted(record, partner).some((row) => row['grantee'] === self);
        return current && open && ours && forAgreedPurpose(record) && covers(terms, record);
      }
      if (byLetter) {
        const mayGo = permitted(record, partner).some((row) => row['about_hash'] === record.hash);
        return mustBeTold(record, partner) || (current && mayGo);
      }
      if (!open) return false;
      if (released(record).length > 0 && mustBeTold(record, partner)) return true;
      const named = record.releasable_to === null || record.releasable_to.includes(partner);
      const agreed = foundsTrust(record)
        ? released(record).length > 0
        : forAgreedPurpose(record) && covers(terms, record);
      return current && named && agreed;
    }
    /** Of a record that it reads. */
    function readsDisclosure(row: Row, record: RecordRow): boolean {
      const label = row as unknown as { level: number; compartments: string[]; releasable_to: string[] | null };
      const own = record.origin === self;
      const named = label.releasable_to === null || label.releasable_to.includes(partner);
      if (own && named && (foundsTrust(record) || covers(terms, label))) return true;
      if (row['path'] !== 'releasableTo' && mustBeTold(record, partner)) return true;
      return permitted(record, partner).some((permission) => {
        const bringsIt = permission['hash'] === record.hash && !own && permission['grantee'] === self;
        if (bringsIt) return true;
        if (permission['about_hash'] !== record.hash) return false;
        if (!(permission['digests'] as string[]).includes(text(row['digest']))) return false;
        return (own && byLetter) || (permission['grantee'] === self && covers(terms, label));
      });
    }
    return { readsRecord, readsDisclosure };
  }

  const revision = (row: Row) => known.revisionByHash.get(text(row['hash']));
  const seesRecord = (principal: Principal, record: string) =>
    (known.revisionsOf.get(record) ?? []).some((one) => officerReads(principal, one));
  const withRevision =
    (principal: Principal): MayRead =>
    (row) => {
      const record = revision(row);
      return record !== undefined && officerReads(principal, record);
    };
  const withRecord =
    (column: string) =>
    (principal: Principal): MayRead =>
    (row) =>
      seesRecord(principal, text(row[column]));

  const by = (...columns: string[]) => ({
    key: columns.map((column) => `${column}::text`).join(` || '/' || `),
    keyOf: (row: Row) => columns.map((column) => text(row[column])).join('/'),
  });
  const engineOnly = (...columns: string[]): TableReaders => ({ ...by(...columns), node: true });
  const forEveryOfficer = (...columns: string[]): TableReaders => ({
    ...engineOnly(...columns),
    officer: everyOfficer,
  });

  const disclosures = (alone: boolean): TableReaders => ({
    ...by('digest'),
    officer: (principal) => (row) => {
      const { officer } = principal;
      const record = revision(row);
      if (record === undefined || officer === null) return false;
      if (!alone && !officerReads(principal, record)) return false;
      if (officer.role === 'oversight') return true;
      const { level, compartments } = row as unknown as { level: number; compartments: string[] };
      return level <= officer.clearance && within(compartments, officer.compartments);
    },
    partner: (service) => {
      const { readsRecord, readsDisclosure } = partnerOf(service);
      return (row) => {
        const record = revision(row);
        return record !== undefined && (alone || readsRecord(record)) && readsDisclosure(row, record);
      };
    },
    node: true,
  });

  const readers: Readers = {
    record_revision: {
      ...by('hash'),
      officer: (principal) => (row) => officerReads(principal, row as RecordRow),
      partner: (service) => {
        const { readsRecord } = partnerOf(service);
        return (row) => readsRecord(row as RecordRow);
      },
      node: true,
    },
    disclosure: disclosures(false),
    agreement: forEveryOfficer('hash'),
    batch_in: engineOnly('peer'),
    batch_out: engineOnly('peer'),
    bundle_export: forEveryOfficer('id'),
    citation_flag: { ...engineOnly('citing_record', 'cited_hash'), officer: withRecord('citing_record') },
    citation_review: { ...by('citing_record', 'cited_hash'), officer: withRecord('citing_record') },
    correction: { ...engineOnly('hash', 'record_id'), officer: withRevision },
    correction_ask: {
      ...engineOnly('correction'),
      officer: (principal) => {
        const read = withRevision(principal);
        const seen = new Set((world['correction'] ?? []).filter(read).map((row) => row['record_id']));
        return (row) => seen.has(row['correction']);
      },
    },
    draft: { ...by('id'), officer: ownIf(writes) },
    held_message: engineOnly('peer'),
    holder: { ...engineOnly('hash', 'holder'), officer: withRevision },
    idempotency: { ...by('officer', 'key'), officer: ownIf(({ officer }) => officer !== null) },
    inbound_refusal: forEveryOfficer('id'),
    journal: {
      ...by('seq'),
      officer: (principal) => {
        const { officer } = principal;
        if (officer?.role === 'oversight') return () => true;
        if (officer?.role === 'administrator') return (row) => row['record_id'] === null;
        return (row) => row['record_id'] !== null && seesRecord(principal, text(row['record_id']));
      },
      node: true,
    },
    key_statement: forEveryOfficer('hash'),
    letter_carried: engineOnly('hash'),
    link: forEveryOfficer('peer'),
    link_evidence: {
      ...engineOnly('id'),
      officer: ({ officer }) => {
        const may = officer !== null && officer.role !== 'analyst' && officer.role !== 'case-officer';
        return () => may;
      },
    },
    officer: { ...by('id'), officer: everyOfficer, 'sign-in': () => true },
    officer_desk: { ...by('officer', 'desk'), officer: everyOfficer, 'sign-in': () => true },
    outbox: forEveryOfficer('id'),
    permission: { ...engineOnly('record_id'), officer: withRecord('about_record') },
    read_mark: {
      ...by('record_id'),
      officer: (principal) => {
        const seen = withRevision(principal);
        const own = ownIf(() => true)(principal);
        return (row) => own(row) || seen(row);
      },
    },
    record_cite: { ...engineOnly('hash'), officer: withRevision },
    record_desk: { ...engineOnly('record_id', 'desk'), officer: withRecord('record_id') },
    record_head: { ...engineOnly('record_id'), officer: withRevision },
    record_link: { ...engineOnly('hash', 'type'), officer: withRevision },
    recovery: forEveryOfficer('id'),
    recovery_partner: forEveryOfficer('recovery'),
    release: { ...engineOnly('id'), officer: withRevision },
    service: { ...engineOnly('id'), officer: everyOfficer, 'sign-in': (row) => row['is_self'] === true },
    session: {
      ...by('officer'),
      officer:
        ({ officer }) =>
        () =>
          officer?.role === 'administrator',
      'sign-in': () => true,
    },
    skipped_revision: { ...engineOnly('hash'), officer: () => nobody },
    use_entry: { ...by('id'), officer: withRevision },
  };
  return {
    readers,
    disclosuresAlone: { disclosure: disclosures(true) },
    seesRecord,
    seesRevision: (principal, hash) => withRevision(principal)({ hash }),
    mayPassOn: (hash, partner) => {
      const record = known.revisionByHash.get(hash);
      return record !== undefined && permitted(record, partner).some((row) => row['grantee'] === self);
    },
  };
}

/** Rows of the principal's own; by the identity that it claims, so that a disabled one is told apart by `may` alone. */
function ownIf(may: (principal: Principal) => boolean): (principal: Principal) => MayRead {
  return (principal) => {
    const id = principal.actor.kind === 'officer' ? principal.actor.officer : null;
    const allowed = may(principal);
    return (row) => allowed && row['officer'] === id;
  };
}
