-- The one place that says who sees a record; every other table with content asks this one.
-- Officers: clearance, compartments and a desk that works on it (need to know). Oversight: by origin (ACC-21).
-- Administrators: nothing (ACC-22).
create policy officer_reads on record_revision for select to tansiq_officer using (
  case (select app_role())
    when 'administrator' then false
    when 'oversight' then origin = any ((select app_oversight_origins())::text[])
    else level <= (select app_clearance())
      and compartments <@ (select app_compartments())::text[]
      and exists (
        select 1 from gate.open_desk d
        where d.record_id = record_revision.record_id and d.desk = any ((select app_desks())::text[])
      )
  end
);
-- REC-1: officers write our own records; what partners wrote comes in by the exchange alone.
create policy officer_writes_own on record_revision for insert to tansiq_officer
  with check ((select app_writes()) and origin = (select app_self()) and received_from is null);
-- A partner is a principal too (ACC-02, REL-1). Sees what was released to it and it may hold: an agreement in force
-- covers level, compartments and the release's purpose; the record names it, or anyone. Records that make trust
-- (service, agreement, assent) travel before there is an agreement. Nothing of a third service's: that is the next policy's.
create policy partner_reads on record_revision for select to tansiq_partner using (
  status = 'active'
  and not exists (select 1 from gate.fallen_record f where f.record_id = record_revision.record_id)
  and origin = (select app_self())
  and (select app_partner_open())
  and (releasable_to is null or (select app_partner()) = any (releasable_to))
  and exists (
    select 1 from gate.open_release x
    where x.hash = record_revision.hash and x.recipient = (select app_partner())
      and (
        (kind in ('service', 'agreement', 'assent') and record_revision.purpose = 'administration')
        or x.purpose = any (
          (select t.purposes from app_partner_terms() t)::text[])
      )
  )
  and (
    (kind in ('service', 'agreement', 'assent') and purpose = 'administration')
    or (
      level <= (select t.ceiling from app_partner_terms() t)
      and compartments <@ (select t.compartments from app_partner_terms() t)::text[]
    )
  )
);
-- COR-1: what a holder must learn reaches it whatever became of the agreement; a revoked partner learns nothing.
create policy partner_is_told on record_revision for select to tansiq_partner using (
  origin = (select app_self())
  and (select app_partner_open())
  and exists (
    select 1 from gate.open_release x where x.hash = record_revision.hash and x.recipient = (select app_partner()))
  and exists (
    select 1 from gate.told_anyway t where t.hash = record_revision.hash and t.partner = (select app_partner()))
);
-- REL-3: another's record goes onward where its origin permits just this, from us to this partner, and what is agreed with
-- the partner covers it. The permission itself goes ahead of it.
create policy partner_reads_onward on record_revision for select to tansiq_partner using (
  status = 'active'
  and not exists (select 1 from gate.fallen_record f where f.record_id = record_revision.record_id)
  and origin <> (select app_self())
  and (select app_partner_open())
  and exists (
    select 1 from gate.open_release x
    where x.hash = record_revision.hash and x.recipient = (select app_partner())
      and x.purpose = any (
        (select t.purposes from app_partner_terms() t)::text[])
  )
  and exists (
    select 1 from gate.onward_permission p
    where record_revision.hash in (p.hash, p.permission_hash) and p.origin = record_revision.origin
      and p.grantee = (select app_self()) and p.partner = (select app_partner())
  )
  and level <= (select t.ceiling from app_partner_terms() t)
  and compartments <@ (select t.compartments from app_partner_terms() t)::text[]
);
-- EXC-5: a service known through another gets, sealed in letters, what we permitted it to be given and what it must learn.
create policy partner_reads_by_letter on record_revision for select to tansiq_partner using (
  origin = (select app_self())
  and (select app_partner_vouched())
  and (
    exists (
      select 1 from gate.told_anyway t where t.hash = record_revision.hash and t.partner = (select app_partner()))
    or (
      status = 'active'
      and not exists (select 1 from gate.fallen_record f where f.record_id = record_revision.record_id)
      and exists (
        select 1 from gate.onward_permission p
        where p.hash = record_revision.hash and p.origin = (select app_self()) and p.partner = (select app_partner())
      )
    )
  )
);
-- The exchange stores what arrives and sends what is released.
create policy node_all on record_revision to tansiq_node using (true) with check (true);
create policy definer_reads on record_revision for select to tansiq_definer using (true);

-- Nobody updates or deletes a revision: its hash is signed.
grant select, insert on record_revision to tansiq_officer;
grant select on record_revision to tansiq_partner;
grant select, insert on record_revision to tansiq_node;
-- A copy with more disclosures may bring the list of who may hold it, which a smaller copy did not show.
grant update (releasable_to) on record_revision to tansiq_node;
grant select (hash, record_id, origin, status, kind) on record_revision to tansiq_definer;

-- Was read by the policies before these: a database that had it keeps it no longer.
set local role tansiq_definer;
drop view if exists gate.agreement_now;
set local role tansiq_owner;
