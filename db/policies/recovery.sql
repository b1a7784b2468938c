-- EXC-4: every officer is told why nothing can be issued. Only the engine begins and ends it: a director's word to go on
-- is checked in the application and carried out by the engine, which knows what was asked of whom.
create policy officer_reads on recovery for select to tansiq_officer using ((select app_role()) is not null);
create policy node_all on recovery to tansiq_node using (true) with check (true);

grant select on recovery to tansiq_officer;
grant select, insert, update on recovery to tansiq_node;
