-- COR-1 … COR-4: corrections, who was asked and what draws on what. Policies stand in db/policies.

-- What a revision draws on: its citations and its links `derived-from`.
create table record_cite (
  hash text not null references record_revision (hash),
  record_id uuid not null,
  cited_record uuid not null,
  cited_revision integer not null,
  cited_hash text not null,
  cited_origin text not null,
  primary key (hash, cited_hash)
);
create index record_cite_by_record on record_cite (record_id);
create index record_cite_by_cited on record_cite (cited_record);

-- REC-4.5: revisions that went past us, known by their signature alone. No label, no content: the engine's own.
create table skipped_revision (
  hash text primary key,
  record_id uuid not null,
  revision integer not null check (revision >= 1),
  previous text,
  origin text not null references service (id),
  jwt text not null,
  received_from text references service (id),
  stored_at timestamptz not null
);
create index skipped_revision_by_record on skipped_revision (record_id, revision);

-- One correction record, ours or a partner's, as the board and the inbox ask for it.
create table correction (
  record_id uuid primary key,
  hash text not null references record_revision (hash),
  origin text not null references service (id),
  change text not null check (change in ('corrected', 'withdrawn', 'erased')),
  respond_by date not null,
  about_record uuid not null,
  -- the revision that counts from now on, and its number
  about_hash text not null,
  about_revision integer not null,
  superseded_hash text not null,
  issued_at timestamptz not null
);
create index correction_by_about on correction (about_record, about_revision);

-- COR-4: whom we asked, and when again. What was delivered and answered is told by receipts and answers.
create table correction_ask (
  correction uuid not null references correction (record_id),
  holder text not null references service (id),
  asked_at timestamptz not null,
  reminded_at timestamptz,
  primary key (correction, holder)
);

-- COR-3: a record that cites another which was corrected since; stands until the citing record is reviewed or revised.
create table citation_flag (
  citing_record uuid not null,
  cited_record uuid not null,
  cited_origin text not null,
  -- the revision that brought it about; citations of it or of a later one are not concerned
  cited_hash text not null,
  cited_revision integer not null,
  change text not null check (change in ('corrected', 'withdrawn', 'erased')),
  since timestamptz not null,
  primary key (citing_record, cited_record, cited_hash)
);
create index citation_flag_by_cited on citation_flag (cited_record);
create table citation_review (
  citing_record uuid not null,
  cited_record uuid not null,
  cited_hash text not null,
  decision text not null check (decision in ('stands')),
  reason text not null,
  officer uuid not null references officer (id),
  reviewed_at timestamptz not null,
  primary key (citing_record, cited_record, cited_hash),
  foreign key (citing_record, cited_record, cited_hash) references citation_flag (citing_record, cited_record, cited_hash)
);

-- REC-5: a new revision of an agreement waits beside the one in force until both have assented to it.
alter table agreement add column revision integer not null default 1;
alter table agreement alter column revision drop default;
alter table agreement drop constraint agreement_pkey;
alter table agreement add primary key (record_id, hash);
