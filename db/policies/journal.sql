-- ACC-12. Officers read the lines of records that they see, oversight all, administrators those about no record.
create policy officer_reads on journal for select to tansiq_officer using (
  case (select app_role())
    when 'oversight' then true
    when 'administrator' then record_id is null
    else record_id is not null
      and exists (select 1 from record_revision r where r.record_id = journal.record_id)
  end
);
-- Everyone writes in the own name only.
create policy officer_writes on journal for insert to tansiq_officer with check (
  (select app_role()) is not null and actor_kind = 'officer' and actor = (select app_officer())::text);
create policy node_writes on journal for insert to tansiq_node with check (actor_kind in ('node', 'partner'));
create policy node_reads on journal for select to tansiq_node using (true);
create policy sign_in_writes on journal for insert to tansiq_sign_in with check (actor_kind = 'sign-in');

-- JRN-1: append-only. No role has update or delete, and a trigger refuses them to all.
grant select, insert on journal to tansiq_officer;
grant select, insert on journal to tansiq_node;
grant insert on journal to tansiq_sign_in;
