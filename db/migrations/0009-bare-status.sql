-- COR-3: whether a revision that is held by its signature alone was taken back: nothing active follows it. Its payload says so.
alter table skipped_revision add column status text;
update skipped_revision set status =
  convert_from(
    decode(
      translate(split_part(jwt, '.', 2), '-_', '+/') || repeat('=', (4 - length(split_part(jwt, '.', 2)) % 4) % 4),
      'base64'
    ),
    'UTF8'
  )::json ->> 'status';
alter table skipped_revision alter column status set not null;
alter table skipped_revision add check (status in ('active', 'withdrawn', 'erased'));
