-- REL-3, PRM-1, EXC-5: permissions, where records are used, services known through others, letters carried.

-- KEY-2: the service through which alone this one is known; null once officers connect it. Codes are display only, so one
-- that is vouched for may call itself as another is called.
alter table service add column vouched_by text references service (id);
alter table service drop constraint service_code_key;
create unique index service_code on service (code) where vouched_by is null;
create index service_by_voucher on service (vouched_by) where vouched_by is not null;

-- One permission record, ours or another's, as its newest revision has it; written by its admission, our own among them.
create table permission (
  record_id uuid primary key,
  hash text not null references record_revision (hash),
  revision integer not null,
  origin text not null references service (id),
  use text not null check (use in ('judicial', 'onward', 'publication', 'other-purpose')),
  decision text not null check (decision in ('granted', 'refused', 'revoked')),
  -- by fingerprint: whoever is named need not be known here
  grantee text not null,
  onward_to text,
  about_record uuid not null,
  about_hash text not null,
  digests text[] not null,
  portions integer[],
  purpose text,
  valid_until date,
  request uuid,
  decided_at timestamptz not null,
  check ((use = 'onward') = (onward_to is not null)),
  check ((decision = 'granted') = (valid_until is not null))
);
create index permission_by_about on permission (about_record);
create index permission_by_hash on permission (about_hash);

-- ACC-08, ACC-09: where this service uses a record, beyond reading it.
create table use_entry (
  id uuid primary key,
  record_id uuid not null,
  hash text not null references record_revision (hash),
  use text not null check (use in ('judicial', 'publication', 'other-purpose')),
  reference text not null,
  stage text,
  purpose text,
  -- null where the marking asks for none
  permission uuid references permission (record_id),
  officer uuid not null references officer (id),
  at timestamptz not null
);
create index use_entry_by_record on use_entry (record_id, at desc);

-- EXC-5: letters carried on, by their hash, so that each is carried once.
create table letter_carried (
  hash text primary key,
  at timestamptz not null
);

-- ADM-1: several messages of one letter may wait, each for itself; 0 outside a letter.
alter table held_message add column within integer not null default 0;
alter table held_message drop constraint held_message_pkey;
alter table held_message add primary key (peer, epoch, sequence, message_index, within);

create index holder_by_holder on holder (holder);
create index record_revision_by_origin on record_revision (origin, stored_at desc);
