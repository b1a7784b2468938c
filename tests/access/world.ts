/**
 * A database in which every clause of every access policy decides over some row: records around a few bases, varied by one
 * and by two things at a time, the agreements of partners that differ in one term each, and the rows that hang on records.
 */
import type { Client } from 'pg';
import { agreementRow, agreementsOf } from './agreements.ts';
import { addWithoutRecord } from './engine-rows.ts';
import { type Add, at, disabledOfficer, type Row, services, someOfficer, uuid, type World } from './names.ts';
import { plain, type RecordOf, records } from './records.ts';
import { correctionRow, disclosureRows, headRow, holderRow, linkRow, releaseRow, revisionRow } from './rows.ts';

type Tables = { [table: string]: Row[] };

/** All rows, by table. */
export function buildWorld(officers: readonly Row[], officerDesks: readonly Row[]): World {
  const tables: Tables = { officer: [...officers], officer_desk: [...officerDesks] };
  const add = (table: string, ...rows: Row[]) => {
    tables[table] = [...(tables[table] ?? []), ...rows];
  };
  for (const [n, { id }] of officers.entries()) addOwn(add, String(id), n);
  for (const id of new Set([...Object.values(services), ...Object.keys(agreementsOf)])) add('service', serviceRow(id));
  let next = 1;
  for (const [partner, agreements] of Object.entries(agreementsOf)) {
    for (const agreement of agreements) add('agreement', agreementRow(partner, agreement, next++));
  }
  for (const [n, of] of records().entries()) addRecord(add, of, n);
  addRevisions(add);
  addOnDesks(add);
  addWithoutRecord(add);
  return tables;
}

/** What belongs to one officer alone. */
function addOwn(add: (table: string, row: Row) => void, officer: string, n: number): void {
  add('draft', { id: uuid(17, n), officer, content: {}, version: 1, updated_at: at(1) });
  add('idempotency', { officer, key: 'key', request_hash: '\\x00', status: 200, reply: {}, at: at(1) });
  const token_hash = `\\x${n.toString(16).padStart(64, '0')}`;
  add('session', { token_hash, officer, created_at: at(1), expires_at: at(2), last_seen_at: at(1) });
}

function serviceRow(id: string): Row {
  const confirmed = !([services.unconfirmed, services.vouched, services.vouchedRevoked] as string[]).includes(id);
  return {
    id,
    is_self: id === services.self,
    code: id,
    names: { ar: id, fr: id, en: id },
    url: null,
    inception_key: '\\x00',
    signing_keys: {},
    sealing_key_id: 'key',
    sealing_key: '\\x00',
    card: 'card',
    added_at: at(0),
    confirmed_at: confirmed ? at(1) : null,
    confirmed_by: null,
    revoked_at: id === services.revoked || id === services.vouchedRevoked ? at(2) : null,
    carrier: 'link',
    vouched_by: id.startsWith('vouched') ? services.meridian : null,
    keys_version: 1,
    revoked_keys: {},
    keys_told: 0,
    keys_told_at: null,
  };
}

function addRecord(add: Add, of: RecordOf, n: number): void {
  const hash = `record ${n}`;
  const id = uuid(1, n);
  add('record_revision', revisionRow(of, hash, id));
  const disclosures = disclosureRows(hash, of);
  add('disclosure', ...disclosures);
  if (of.head !== null) add('record_head', headRow(id, of, hash, of.head));
  add('record_desk', ...of.desks.map((desk) => ({ record_id: id, desk, added_by: null, added_at: at(1) })));
  add('release', ...of.releases.map((release, i) => releaseRow(uuid(3, n * 4 + i), id, hash, release)));
  add('holder', ...of.heldBy.map((holder) => holderRow(id, hash, holder)));
  if (of.link !== null) add('record_link', linkRow(id, hash, of.link.type, uuid(4, n), of.link.origin));
  if (of.correctsFor !== null) {
    add('correction', correctionRow(id, hash, of.origin, uuid(5, n)));
    add('holder', holderRow(uuid(5, n), `corrected ${n}`, of.correctsFor));
  }
  if (of.permission !== null) {
    const digests = of.permission.digests === 'all' ? disclosures.map(({ digest }) => digest) : [];
    const itself = of.permission.is === 'itself';
    add('permission', {
      record_id: itself ? id : uuid(6, n),
      hash: itself ? hash : `permission ${n}`,
      revision: 1,
      origin: of.permission.origin,
      use: of.permission.use,
      decision: of.permission.decision,
      grantee: of.permission.grantee,
      onward_to: of.permission.onwardTo,
      about_record: itself ? uuid(6, n) : id,
      about_hash: itself ? `permitted ${n}` : hash,
      digests,
      portions: null,
      purpose: null,
      valid_until: of.permission.validUntil,
      request: null,
      decided_at: at(1),
    });
  }
  if (of.laden) load(add, of, n, hash, id);
}

/** One row of each table that hangs on a record. Nobody else is named in them, so that they open nothing. */
function load(add: Add, of: RecordOf, n: number, hash: string, id: string): void {
  const elsewhere = uuid(8, n);
  add('citation_flag', {
    citing_record: id,
    cited_record: elsewhere,
    cited_origin: of.origin,
    cited_hash: `cited ${n}`,
    cited_revision: 1,
    change: 'withdrawn',
    since: at(1),
  });
  add('citation_flag', {
    citing_record: id,
    cited_record: elsewhere,
    cited_origin: of.origin,
    cited_hash: 'not reviewed yet',
    cited_revision: 1,
    change: 'erased',
    since: at(1),
  });
  add('citation_review', {
    citing_record: id,
    cited_record: elsewhere,
    cited_hash: `cited ${n}`,
    decision: 'stands',
    reason: 'reason',
    officer: someOfficer,
    reviewed_at: at(1),
  });
  add('correction', correctionRow(uuid(9, n), hash, of.origin, elsewhere));
  add('correction_ask', { correction: uuid(9, n), holder: services.sahara, asked_at: at(1), reminded_at: null });
  add('holder', holderRow(uuid(10, n), hash, 'nobody'));
  add('journal', {
    seq: 1_000 + n,
    at: at(1),
    actor_kind: 'node',
    actor: null,
    act: 'act',
    record_id: id,
    record_hash: hash,
    service: null,
    reason: null,
    leaf_hash: '\\x00',
  });
  add('permission', {
    record_id: uuid(11, n),
    hash: `judicial ${n}`,
    revision: 1,
    origin: of.origin,
    use: 'judicial',
    decision: 'refused',
    grantee: 'nobody',
    onward_to: null,
    about_record: id,
    about_hash: hash,
    digests: [],
    portions: null,
    purpose: null,
    valid_until: null,
    request: null,
    decided_at: at(1),
  });
  for (const officer of [someOfficer, disabledOfficer]) {
    add('read_mark', { record_id: id, officer, hash, read_at: at(1) });
  }
  add('record_cite', {
    hash,
    record_id: id,
    cited_record: elsewhere,
    cited_revision: 1,
    cited_hash: `cited ${n}`,
    cited_origin: of.origin,
  });
  add('record_link', linkRow(id, hash, 'supersedes', elsewhere, 'nobody'));
  add(
    'release',
    releaseRow(uuid(12, n), id, hash, { to: 'other-purpose', state: 'queued', purpose: of.purpose }, someOfficer),
  );
  const disabled = { to: 'unagreed', state: 'queued', purpose: of.purpose };
  if (n === 1) add('release', releaseRow(uuid(20, n), id, hash, disabled, disabledOfficer));
  const sent = { to: 'unconfirmed', state: 'sent', purpose: of.purpose };
  if (n === 0) add('release', releaseRow(uuid(19, n), id, hash, sent, someOfficer));
  add('use_entry', {
    id: uuid(13, n),
    record_id: id,
    hash,
    use: 'judicial',
    reference: 'reference',
    stage: null,
    purpose: null,
    permission: null,
    officer: someOfficer,
    at: at(1),
  });
}

/** Records that nobody but an author sees, by who put them on their desks. */
export const addedBy = {
  author: uuid(18, 1),
  authorAndColleague: uuid(18, 2),
  colleague: uuid(18, 3),
} as const;

function addOnDesks(add: Add): void {
  const colleague = uuid(7, 2);
  const adders = [
    [addedBy.author, [someOfficer]],
    [addedBy.authorAndColleague, [someOfficer, colleague]],
    [addedBy.colleague, [colleague]],
  ] as const;
  for (const [id, officers] of adders) {
    add('record_revision', revisionRow({ ...plain, level: 4 }, `on desks ${id}`, id));
    add(
      'record_desk',
      ...officers.map((added_by, n) => ({ record_id: id, desk: `desk ${n}`, added_by, added_at: at(1) })),
    );
  }
}

const linkTypes = ['replies-to', 'about', 'supersedes'];

/** What an erasure reaches: its own earlier revision whole, and the title of what replies to it. */
function addRevisions(add: Add): void {
  const erasure: RecordOf = { ...plain, status: 'erased' };
  for (const [n, newest] of [erasure, { ...plain, status: 'withdrawn' } as RecordOf, plain].entries()) {
    const id = uuid(14, n);
    add('record_revision', revisionRow(plain, `chain ${n} 1`, id), revisionRow(newest, `chain ${n} 2`, id, 2));
    add('disclosure', ...disclosureRows(`chain ${n} 1`, plain), ...disclosureRows(`chain ${n} 2`, newest));
    add('record_head', headRow(id, newest, `chain ${n} 2`, newest.status === 'active' ? 'active' : 'quarantined'));
    for (const type of linkTypes) {
      const reply = `${type} ${n}`;
      const replyId = uuid(15, n * linkTypes.length + linkTypes.indexOf(type));
      add('record_revision', revisionRow(plain, reply, replyId));
      add('disclosure', ...disclosureRows(reply, plain));
      add('record_link', linkRow(replyId, reply, type, id, services.self));
    }
  }
}

/** Fills an empty, migrated database. `client` has all rights. */
export async function fill(client: Client, world: World): Promise<void> {
  await client.query('begin');
  // Rows that point at rows that are not there are part of the world; so are lines of the journal
  await client.query(`set local session_replication_role = replica`);
  for (const [table, rows] of Object.entries(world)) {
    const columns = Object.keys(rows[0] ?? {});
    const list = columns.map((column) => `"${column}"`).join(', ');
    await client.query(
      `insert into ${table} (${list}) overriding system value
       select ${list} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      [JSON.stringify(rows)],
    );
  }
  await client.query('commit');
  await client.query('analyze');
}
