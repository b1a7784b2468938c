-- Public keys and when they changed: every officer may know them, as with service.
create policy officer_reads on key_statement for select to tansiq_officer using ((select app_role()) is not null);
-- KEY-1: only the engine keeps a statement, after it has verified it; none is ever removed.
create policy node_all on key_statement to tansiq_node using (true) with check (true);

grant select on key_statement to tansiq_officer;
grant select, insert on key_statement to tansiq_node;
grant update (in_force) on key_statement to tansiq_node;
