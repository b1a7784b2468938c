-- EXC-2 … EXC-4: how batches travel, epochs, what is kept of a contradiction, and the return after a restore.

-- EXC-3: over a link, as files carried by hand, or through a diode that lets no receipt back.
alter table service add column carrier text not null default 'link' check (carrier in ('link', 'file', 'one-way'));

-- What a partner signed, so that it can be held against a second batch under the same sequence.
alter table batch_in add column signed_header text;

-- What was sent stays, so that it can go again to a partner that was restored from a backup.
create index outbox_sent on outbox (peer, epoch, sequence) where sequence is not null;

-- Files that were exported. Confirmed is one whose last batch a verified receipt covers.
create table bundle_export (
  id bigint generated always as identity primary key,
  peer text not null references service (id),
  at timestamptz not null,
  officer uuid references officer (id),
  epoch integer not null,
  first_sequence integer not null,
  last_sequence integer not null,
  messages integer not null,
  confirmed_at timestamptz
);
create index bundle_export_by_peer on bundle_export (peer, id desc);

-- EXC-4: what a partner signed that contradicts what it had signed before, or what we hold. JWS, nothing of the content.
create table link_evidence (
  id bigint generated always as identity primary key,
  peer text not null references service (id),
  at timestamptz not null,
  code text not null,
  -- batch: of theirs; receipt: about ours
  about text not null check (about in ('batch', 'receipt')),
  epoch integer not null,
  sequence integer not null,
  -- what stood there before, where it is known
  known text,
  signed text not null
);
create index link_evidence_by_peer on link_evidence (peer, id desc);

-- EXC-4: after a restore this node issues nothing of its own until its partners have returned what they hold of it.
create table recovery (
  id bigint generated always as identity primary key,
  began_at timestamptz not null,
  ended_at timestamptz
);
create unique index recovery_one_open on recovery ((true)) where ended_at is null;
create table recovery_partner (
  recovery bigint not null references recovery (id),
  peer text not null references service (id),
  asked_at timestamptz not null,
  done_at timestamptz,
  returned integer not null default 0,
  primary key (recovery, peer)
);

-- Link states and messages of before. FORCE would hide the rows from the owner too; policies are applied after this.
alter table link no force row level security;
alter table outbox no force row level security;
update link set state = jsonb_set(jsonb_set(state,
  '{out}', (state -> 'out') || '{"base": {"epoch": 1, "through": 0}, "formed": {"epoch": 1, "through": 0}, "asking": null}' || jsonb_build_object('unreceipted', (
    select coalesce(jsonb_agg(sent || '{"confirmedThen": {"epoch": 1, "through": 0}}' order by sent -> 'sequence'), '[]')
    from jsonb_array_elements(state -> 'out' -> 'unreceipted') sent
  ))),
  '{in}', (state -> 'in') || '{"answers": null}');
update outbox set message = message || '{"epoch": 1}' where message ->> 'type' = 'refusal';
alter table link force row level security;
alter table outbox force row level security;
