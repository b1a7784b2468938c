-- Hashes of sealed letters that went through here: the engine alone.
create policy node_all on letter_carried to tansiq_node using (true) with check (true);

grant select, insert on letter_carried to tansiq_node;
