-- PRM-1: who may do what with a record, for whoever sees the record; what a permission says beyond that is in its record.
create policy officer_reads on permission for select to tansiq_officer
  using (exists (select 1 from record_revision r where r.record_id = permission.about_record));
-- Written only by the admission of permission records, our own among them.
create policy node_all on permission to tansiq_node using (true) with check (true);
create policy definer_reads on permission for select to tansiq_definer using (true);

grant select on permission to tansiq_officer;
grant select, insert, update on permission to tansiq_node;
grant select (record_id, hash, origin, use, decision, grantee, onward_to, about_record, about_hash, digests, valid_until)
  on permission to tansiq_definer;
