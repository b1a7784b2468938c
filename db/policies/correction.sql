-- Visible with the correction record itself. It says of the corrected record no more than that record's hash does.
create policy officer_reads on correction for select to tansiq_officer
  using (exists (select 1 from record_revision r where r.hash = correction.hash));
-- Read out of the signed record by the engine alone, ours like a partner's.
create policy node_all on correction to tansiq_node using (true) with check (true);
create policy definer_reads on correction for select to tansiq_definer using (true);

grant select on correction to tansiq_officer;
grant select, insert on correction to tansiq_node;
grant select (record_id, hash, origin, about_record) on correction to tansiq_definer;
