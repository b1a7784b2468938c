-- How far each delivery is, for whoever sees the revision.
create policy officer_reads on release for select to tansiq_officer
  using (exists (select 1 from record_revision r where r.hash = release.hash));
-- REL-1: nobody releases what he does not see, in another's name, or as already sent.
create policy officer_releases on release for insert to tansiq_officer with check (
  (select app_writes())
  and released_by = (select app_officer())
  and state = 'queued'
  and exists (
    select 1 from record_revision r
    where r.hash = release.hash
      and (
        r.origin = (select app_self())
        -- REL-3: another's record, and the permission that goes ahead of it, only as its origin permits.
        or exists (
          select 1 from gate.onward_permission p
          where release.hash in (p.hash, p.permission_hash) and p.origin = r.origin
            and p.grantee = (select app_self()) and p.partner = release.recipient
        )
      )
  )
);
-- REL-2: what turns out, as it is asked for, not to be releasable stays on the board with its reason.
create policy officer_refuses_own on release for update to tansiq_officer
  using ((select app_writes()) and released_by = (select app_officer()) and state = 'queued')
  with check (released_by = (select app_officer()) and state = 'refused' and refused_by = (select app_self()));
create policy node_all on release to tansiq_node using (true) with check (true);
create policy definer_reads on release for select to tansiq_definer using (true);

grant select, insert on release to tansiq_officer;
grant update (state, refused_code, refused_by, refused_at) on release to tansiq_officer;
grant select, insert, update on release to tansiq_node;
grant select (hash, recipient, purpose, state) on release to tansiq_definer;
