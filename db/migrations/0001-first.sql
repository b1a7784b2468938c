-- The first tables. Row-level security and grants stand per table in db/policies, with their reasons.

-- Who we are, and every service that we know. One word for identity everywhere: the fingerprint of the inception key.
create table service (
  id text primary key,
  is_self boolean not null default false,
  code text not null unique,
  names jsonb not null,
  url text,
  inception_key bytea not null,
  signing_keys jsonb not null,
  sealing_key_id text not null,
  sealing_key bytea not null,
  -- the signed service record that this row was read from
  card text not null,
  added_at timestamptz not null,
  -- KEY-2: officers compared the fingerprints by voice
  confirmed_at timestamptz,
  confirmed_by uuid,
  revoked_at timestamptz
);
create unique index service_one_self on service (is_self) where is_self;

create table officer (
  id uuid primary key,
  login text not null unique,
  display_name text not null,
  role text not null check (role in ('liaison', 'analyst', 'case-officer', 'director', 'oversight', 'administrator')),
  clearance smallint not null check (clearance between 0 and 4),
  compartments text[] not null default '{}',
  language text not null check (language in ('ar', 'fr', 'en')),
  passphrase_hash text not null,
  disabled_at timestamptz,
  created_at timestamptz not null
);
create table officer_desk (
  officer uuid not null references officer (id),
  desk text not null,
  primary key (officer, desk)
);
create table session (
  -- SHA-256 of the token; the token itself is only in the officer's cookie
  token_hash bytea primary key,
  officer uuid not null references officer (id),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_seen_at timestamptz not null
);

-- Every revision of every record that we hold, own or received: the bare signed JWT and its clear fields.
create table record_revision (
  hash text primary key,
  record_id uuid not null,
  revision integer not null check (revision >= 1),
  previous text,
  kind text not null,
  status text not null check (status in ('active', 'withdrawn', 'erased')),
  origin text not null references service (id),
  language text not null,
  created_at timestamptz not null,
  purpose text not null,
  legal_basis text not null,
  review_by date not null,
  grading_source text,
  grading_information text,
  handling jsonb not null,
  tlp text,
  pap text,
  -- the security label of the record itself
  level smallint not null check (level between 0 and 4),
  compartments text[] not null,
  -- null: any partner whose agreement covers it; empty: nobody outside
  releasable_to text[],
  jwt text not null,
  received_from text references service (id),
  stored_at timestamptz not null
);
create index record_revision_by_record on record_revision (record_id, revision);

-- Which revision of a record counts now.
create table record_head (
  record_id uuid primary key,
  origin text not null references service (id),
  kind text not null,
  hash text not null references record_revision (hash),
  revision integer not null,
  state text not null check (state in ('active', 'quarantined', 'equivocal')),
  updated_at timestamptz not null
);
create index record_head_recent on record_head (updated_at desc, record_id desc);

-- REC-2: each portion and each sensitive field is one disclosure, and one labelled row.
create table disclosure (
  hash text not null references record_revision (hash),
  digest text not null,
  path text not null,
  encoded text not null,
  value jsonb not null,
  level smallint not null check (level between 0 and 4),
  compartments text[] not null,
  releasable_to text[],
  primary key (hash, digest)
);
create index disclosure_by_path on disclosure (hash, path);

create table record_link (
  hash text not null references record_revision (hash),
  record_id uuid not null,
  type text not null,
  target_record uuid not null,
  target_revision integer not null,
  target_hash text not null,
  target_origin text not null,
  primary key (hash, type, target_hash)
);
create index record_link_by_target on record_link (target_record);

-- Need to know: the desks whose officers work on a record.
create table record_desk (
  record_id uuid not null,
  desk text not null,
  added_by uuid,
  added_at timestamptz not null,
  primary key (record_id, desk)
);

-- Agreements as they stand with each partner; written only by the admission of agreement and assent records.
create table agreement (
  record_id uuid primary key,
  hash text not null references record_revision (hash),
  partner text not null references service (id),
  ceiling smallint not null check (ceiling between 0 and 4),
  compartments text[] not null,
  purposes text[] not null,
  valid_from date not null,
  valid_until date not null,
  oversight_included boolean not null,
  our_assent_at timestamptz,
  their_assent_at timestamptz,
  ended_at timestamptz,
  ended_by text
);
create index agreement_by_partner on agreement (partner);

-- One revision for one partner: the row that makes a record visible to that partner at all.
create table release (
  id uuid primary key,
  record_id uuid not null,
  hash text not null references record_revision (hash),
  recipient text not null references service (id),
  purpose text not null,
  -- disclosure digests that the releasing officer holds back although the partner might see them
  withheld text[] not null default '{}',
  released_by uuid references officer (id),
  released_at timestamptz not null,
  state text not null check (state in ('queued', 'sent', 'delivered', 'refused')),
  epoch integer,
  sequence integer,
  message_index integer,
  -- what went: the digests in the copy sent
  digests text[],
  sent_at timestamptz,
  delivered_at timestamptz,
  read_at timestamptz,
  refused_at timestamptz,
  refused_code text,
  -- ours before sending, or theirs
  refused_by text
);
-- A refused release may be tried again, and stays on file.
create unique index release_once on release (hash, recipient) where state <> 'refused';
create index release_by_record on release (record_id);
create index release_by_recipient on release (recipient, released_at desc);

-- REL-3: who holds what. granted: released, no receipt; reported: by a relay; confirmed: by the holder itself.
create table holder (
  record_id uuid not null,
  hash text not null references record_revision (hash),
  holder text not null references service (id),
  via text references service (id),
  state text not null check (state in ('granted', 'reported', 'confirmed')),
  digests text[] not null,
  since timestamptz not null,
  confirmed_at timestamptz,
  primary key (hash, holder)
);
create index holder_by_record on holder (record_id);

-- The exchange: one link per peer, its protocol state as one value, its queues beside it.
create table link (
  peer text primary key references service (id),
  state jsonb not null,
  next_attempt_at timestamptz,
  last_contact_at timestamptz,
  last_failure_at timestamptz,
  last_failure text
);
create table outbox (
  id bigint generated always as identity primary key,
  peer text not null references service (id),
  message jsonb,
  release_id uuid references release (id),
  queued_at timestamptz not null,
  epoch integer,
  sequence integer,
  check ((message is null) <> (release_id is null))
);
create index outbox_waiting on outbox (peer, id) where sequence is null;
create table batch_out (
  peer text not null references service (id),
  epoch integer not null,
  sequence integer not null,
  hash text not null,
  signed_header text not null,
  -- emptied once the peer's receipt is verified
  payload bytea,
  formed_at timestamptz not null,
  receipted_at timestamptz,
  primary key (peer, epoch, sequence)
);
create table batch_in (
  peer text not null references service (id),
  epoch integer not null,
  sequence integer not null,
  hash text not null,
  received_at timestamptz not null,
  primary key (peer, epoch, sequence)
);
-- ADM-1: what waits for something else (a revision before, an agreement) and is tried again.
create table held_message (
  peer text not null references service (id),
  epoch integer not null,
  sequence integer not null,
  message_index integer not null,
  sd_jwt text not null,
  code text not null,
  waits_for text,
  held_at timestamptz not null,
  primary key (peer, epoch, sequence, message_index)
);
-- What was refused at our door, for the partner page: codes and times, never content.
create table inbound_refusal (
  id bigint generated always as identity primary key,
  peer text,
  code text not null,
  at timestamptz not null
);

create table read_mark (
  record_id uuid not null,
  officer uuid not null references officer (id),
  hash text not null,
  read_at timestamptz not null,
  primary key (record_id, officer)
);

create table draft (
  id uuid primary key,
  officer uuid not null references officer (id),
  content jsonb not null,
  version integer not null,
  updated_at timestamptz not null
);

-- Idempotency keys of writes that came from outside: the first answer is given again.
create table idempotency (
  officer uuid not null references officer (id),
  key text not null,
  request_hash bytea not null,
  status integer not null,
  reply jsonb not null,
  at timestamptz not null,
  primary key (officer, key)
);

-- JRN-1, JRN-2: append-only; identifiers and hashes, never content.
create table journal (
  seq bigint generated always as identity primary key,
  at timestamptz not null,
  actor_kind text not null,
  actor text,
  act text not null,
  record_id uuid,
  record_hash text,
  service text,
  -- a code or an identifier; free text only where an officer states a reason
  reason text,
  -- RFC 6962 leaf hash of the entry's canonical JSON
  leaf_hash bytea not null
);
create index journal_by_record on journal (record_id, seq);
create function journal_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the journal is append-only';
end $$;
create trigger journal_no_change before update or delete on journal
  for each row execute function journal_is_append_only();
create trigger journal_no_truncate before truncate on journal
  for each statement execute function journal_is_append_only();
