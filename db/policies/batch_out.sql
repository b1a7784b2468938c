-- Payloads on their way: the engine alone. Partners get them sealed, officers read records.
create policy node_all on batch_out to tansiq_node using (true) with check (true);

grant select, insert, update on batch_out to tansiq_node;
