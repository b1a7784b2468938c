-- EXC-4: how far each partner has returned what it holds of us: counts and times.
create policy officer_reads on recovery_partner for select to tansiq_officer using ((select app_role()) is not null);
create policy node_all on recovery_partner to tansiq_node using (true) with check (true);

grant select on recovery_partner to tansiq_officer;
grant select, insert, update on recovery_partner to tansiq_node;
