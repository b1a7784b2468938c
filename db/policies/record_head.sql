-- Visible with the revision that it points at.
create policy officer_reads on record_head for select to tansiq_officer
  using (exists (select 1 from record_revision r where r.hash = record_head.hash));
-- REC-1: heads of our own records move by our officers; a partner's head moves by the exchange.
create policy officer_writes_own on record_head for insert to tansiq_officer
  with check ((select app_writes()) and origin = (select app_self()) and state = 'active');
-- COR-3: what was withdrawn is never revived, nor what contradicts itself; a withdrawn record may still be erased.
create policy officer_moves_own on record_head for update to tansiq_officer
  using ((select app_writes()) and origin = (select app_self()) and state <> 'equivocal')
  with check (
    origin = (select app_self())
    and (state = 'quarantined' or state = 'active'
      and not exists (select 1 from gate.fallen_record f where f.record_id = record_head.record_id))
  );
create policy node_all on record_head to tansiq_node using (true) with check (true);
create policy definer_reads on record_head for select to tansiq_definer using (true);

grant select, insert on record_head to tansiq_officer;
grant update (hash, revision, state, updated_at) on record_head to tansiq_officer;
grant select, insert, update on record_head to tansiq_node;
grant select (record_id, hash, state) on record_head to tansiq_definer;
