-- A link says something of the record that carries it: visible with that revision.
create policy officer_reads on record_link for select to tansiq_officer
  using (exists (select 1 from record_revision r where r.hash = record_link.hash));
create policy officer_writes_own on record_link for insert to tansiq_officer
  with check ((select app_writes()) and exists (select 1 from gate.own_revision o where o.hash = record_link.hash));
create policy node_all on record_link to tansiq_node using (true) with check (true);
create policy definer_reads on record_link for select to tansiq_definer using (true);

grant select, insert on record_link to tansiq_officer;
grant select, insert on record_link to tansiq_node;
grant select (hash, type, target_record, target_origin) on record_link to tansiq_definer;
