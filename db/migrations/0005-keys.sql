-- KEY-1: a service's own signed statements of its keys. Version 1 is its card.
create table key_statement (
  service text not null references service (id),
  version integer not null check (version >= 2),
  hash text not null,
  jws text not null,
  -- false: contradicts the one in force, kept as evidence
  in_force boolean not null,
  kept_at timestamptz not null,
  primary key (service, hash)
);
create unique index key_statement_in_force on key_statement (service, version) where in_force;

-- What the statements in force come to. service.signing_keys holds the current key and the retired ones.
alter table service add column keys_version integer not null default 1;
alter table service add column revoked_keys jsonb not null default '{}';

-- The newest of our own statements that this partner has shown to know.
alter table service add column keys_told integer not null default 0;
alter table service add column keys_told_at timestamptz;
