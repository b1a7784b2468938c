-- Delivery health on the partner page: sequences and times, no content.
create policy officer_reads on link for select to tansiq_officer using ((select app_role()) is not null);
create policy node_all on link to tansiq_node using (true) with check (true);

grant select on link to tansiq_officer;
grant select, insert, update on link to tansiq_node;
