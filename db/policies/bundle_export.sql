-- EXC-3: what was exported and whether it is confirmed stands on the partner page: places and times, no content.
create policy officer_reads on bundle_export for select to tansiq_officer using ((select app_role()) is not null);
-- The file is made by the engine, which alone sees the batches; it names the officer who asked.
create policy node_all on bundle_export to tansiq_node using (true) with check (true);

grant select on bundle_export to tansiq_officer;
grant select, insert, update on bundle_export to tansiq_node;
