-- What is not admitted yet is nobody's to read: the engine alone.
create policy node_all on held_message to tansiq_node using (true) with check (true);

grant select, insert, delete on held_message to tansiq_node;
