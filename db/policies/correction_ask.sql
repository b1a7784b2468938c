-- COR-4: whom we asked stands on the board of whoever sees the correction.
create policy officer_reads on correction_ask for select to tansiq_officer
  using (exists (select 1 from correction c where c.record_id = correction_ask.correction));
-- Who holds a record is known to the engine, also where an officer may not see every revision of it.
create policy node_all on correction_ask to tansiq_node using (true) with check (true);

grant select on correction_ask to tansiq_officer;
grant select, insert, update on correction_ask to tansiq_node;
