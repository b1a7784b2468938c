-- Run by whoever migrates, before anything else: the owner gets its two schemas, and the list of what was applied.
grant usage, create on schema public to tansiq_owner with grant option;
create schema if not exists gate authorization tansiq_owner;
set local role tansiq_owner;

-- What was applied to this database, by file and SHA-256. Read and written only while migrating.
create table if not exists schema_step (
  path text primary key,
  sha256 text not null,
  applied_at timestamptz not null default now()
);
alter table schema_step enable row level security;
alter table schema_step force row level security;
drop policy if exists owner_all on schema_step;
create policy owner_all on schema_step to tansiq_owner using (true) with check (true);
