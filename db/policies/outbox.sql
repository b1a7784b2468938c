-- How much waits for a partner is on the partner page; what waits (message, release) is the engine's.
create policy officer_counts on outbox for select to tansiq_officer using ((select app_role()) is not null);
-- A release that the officer made, or the notice that a record was read.
create policy officer_queues on outbox for insert to tansiq_officer with check (
  (select app_writes())
  and sequence is null
  and (
    exists (select 1 from release x where x.id = outbox.release_id and x.recipient = outbox.peer)
    or message ->> 'type' = 'read-notice'
  )
);
create policy node_all on outbox to tansiq_node using (true) with check (true);

grant select (id, peer, queued_at, epoch, sequence), insert on outbox to tansiq_officer;
grant select, insert, update, delete on outbox to tansiq_node;
