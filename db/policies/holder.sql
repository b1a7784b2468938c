-- REL-3: who holds what, for whoever sees the revision; written by receipts and notices, not by hand.
create policy officer_reads on holder for select to tansiq_officer
  using (exists (select 1 from record_revision r where r.hash = holder.hash));
create policy node_all on holder to tansiq_node using (true) with check (true);
create policy definer_reads on holder for select to tansiq_definer using (true);

grant select on holder to tansiq_officer;
grant select, insert, update on holder to tansiq_node;
grant select (record_id, holder) on holder to tansiq_definer;
