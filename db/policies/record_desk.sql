-- Which desks work on a record is itself told only to those who see the record.
create policy officer_reads on record_desk for select to tansiq_officer
  using (exists (select 1 from record_revision r where r.record_id = record_desk.record_id));
-- Whoever sees a record may bring another desk in. A new record of one's own stands on no desk yet, so nobody sees it:
-- its author puts it on the first ones. Else an officer could open any record by putting it on the own desk.
create policy officer_adds on record_desk for insert to tansiq_officer with check (
  (select app_writes())
  and added_by = (select app_officer())
  and (
    exists (select 1 from record_revision r where r.record_id = record_desk.record_id)
    or (
      exists (select 1 from gate.own_revision o where o.record_id = record_desk.record_id)
      and not exists (
        select 1 from gate.desk_adder a
        where a.record_id = record_desk.record_id and a.added_by is distinct from (select app_officer())
      )
    )
  )
);
create policy node_all on record_desk to tansiq_node using (true) with check (true);
create policy definer_reads on record_desk for select to tansiq_definer using (true);

grant select, insert on record_desk to tansiq_officer;
grant select, insert on record_desk to tansiq_node;
grant select (record_id, desk, added_by) on record_desk to tansiq_definer;
