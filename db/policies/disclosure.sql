-- REC-2: each portion and each field is one labelled row. The record first, then the row's own label.
create policy officer_reads on disclosure for select to tansiq_officer using (
  exists (select 1 from record_revision r where r.hash = disclosure.hash)
  and (
    (select app_role()) = 'oversight'
    or (level <= (select app_clearance()) and compartments <@ (select app_compartments())::text[])
  )
);
create policy officer_writes_own on disclosure for insert to tansiq_officer
  with check ((select app_writes()) and exists (select 1 from gate.own_revision o where o.hash = disclosure.hash));
-- A partner: the record first, which every condition looks at once (one policy for each would plan the record's own anew).
create policy partner_reads on disclosure for select to tansiq_partner using (
  exists (
    select 1 from record_revision r
    where r.hash = disclosure.hash
      and (
        -- The tear-line: of our own a partner sees the portions that it may hold, and not that there are others.
        (
          r.origin = (select app_self())
          and (disclosure.releasable_to is null or (select app_partner()) = any (disclosure.releasable_to))
          and (
            (r.kind in ('service', 'agreement', 'assent') and r.purpose = 'administration')
            or (
              disclosure.level <= (select t.ceiling from app_partner_terms() t)
              and disclosure.compartments <@ (select t.compartments from app_partner_terms() t)::text[]
            )
          )
        )
        -- COR-1: of what it must learn a holder sees everything but who else may hold it (REC-2.6): there is no content in it.
        or (
          disclosure.path <> 'releasableTo'
          and exists (select 1 from gate.told_anyway t where t.hash = r.hash and t.partner = (select app_partner()))
        )
        -- REL-3, PRM-1: of another's record, and of our own in a letter, just what its origin permits, digest by digest. What
        -- the copy says of its own label still counts; to whom it may go, the permission says.
        or exists (
          select 1 from gate.onward_permission p
          where p.hash = r.hash and p.origin = r.origin and p.partner = (select app_partner())
            and disclosure.digest = any (p.digests)
            and (
              (r.origin = (select app_self()) and (select app_partner_vouched()))
              or (
                p.grantee = (select app_self())
                and disclosure.level <= (select t.ceiling from app_partner_terms() t)
                and disclosure.compartments <@ (select t.compartments from app_partner_terms() t)::text[]
              )
            )
        )
        -- Of a permission of another's that goes ahead of what it permits, everything.
        or exists (
          select 1 from gate.onward_permission p
          where p.permission_hash = r.hash and p.origin = r.origin and p.partner = (select app_partner())
            and r.origin <> (select app_self()) and p.grantee = (select app_self())
        )
      )
  )
);
-- The exchange stores what arrives and sends what is released.
create policy node_reads on disclosure for select to tansiq_node using (true);
create policy node_stores on disclosure for insert to tansiq_node with check (true);
-- ACC-14: the origin's signed erasure, and nothing less, lets content go; the engine carries it out.
create policy node_erases on disclosure for delete to tansiq_node using (
  exists (select 1 from gate.erasable e where e.hash = disclosure.hash and (e.whole or disclosure.path = 'title')));

-- Nobody updates one: its digest is signed. ACC-14: an erasure deletes them; the signed revision stays.
grant select, insert on disclosure to tansiq_officer;
grant select on disclosure to tansiq_partner;
grant select, insert, delete on disclosure to tansiq_node;
