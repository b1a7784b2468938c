-- Codes and times of what was refused at our door, for the partner page; never content.
create policy officer_reads on inbound_refusal for select to tansiq_officer using ((select app_role()) is not null);
create policy node_all on inbound_refusal to tansiq_node using (true) with check (true);

grant select on inbound_refusal to tansiq_officer;
-- ADM-2: the oldest make room, or a stranger could fill the disk.
grant select, insert, delete on inbound_refusal to tansiq_node;
