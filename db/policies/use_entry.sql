-- ACC-08: where a record is used is known to whoever sees the record, so that no correction misses it (COR-2).
create policy officer_reads on use_entry for select to tansiq_officer
  using (exists (select 1 from record_revision r where r.hash = use_entry.hash));
-- In the own name, and only of what one sees.
create policy officer_enters on use_entry for insert to tansiq_officer with check (
  (select app_writes())
  and officer = (select app_officer())
  and exists (select 1 from record_revision r where r.hash = use_entry.hash and r.record_id = use_entry.record_id)
);

-- Nobody changes or removes one: it may be asked for in court.
grant select, insert on use_entry to tansiq_officer;
