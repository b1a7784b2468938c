-- Views that policies look through, where a policy must know of rows that its reader may not see: a plain subquery would
-- meet the reader's own policies, and often the policy that is just being evaluated. They run as tansiq_definer. The
-- readers may select from them but have no usage on the schema, so that only a stored policy can name them, no query.
grant usage, create on schema gate to tansiq_definer;
set local role tansiq_definer;

-- Need to know: the desks that open a record. COR-3: a quarantined record is open to no desk, so that no search, list or
-- citation meets it, unless the transaction names it as the one to be resolved.
create or replace view gate.open_desk as
  select d.record_id, d.desk from public.record_desk d
  where d.record_id = any ((select public.app_resolving())::uuid[])
    or not exists (select 1 from public.record_head h where h.record_id = d.record_id and h.state = 'quarantined');

-- Records that nobody is given any more: withdrawn, erased, or contradicted by their own origin.
create or replace view gate.fallen_record as
  select h.record_id from public.record_head h where h.state <> 'active';

-- ACC-14: what an erasure takes away: everything disclosed of the record whose current revision is the erasure, and what
-- the titles of its replies, and of what is about it, quote.
create or replace view gate.erasable as
  select r.hash, true as whole
  from public.record_revision r
  join public.record_head h on h.record_id = r.record_id
  join public.record_revision e on e.hash = h.hash
  where e.status = 'erased'
  union all
  select l.hash, false
  from public.record_link l
  join public.record_head h on h.record_id = l.target_record
  join public.record_revision e on e.hash = h.hash
  where l.type in ('about', 'replies-to') and e.status = 'erased';

-- COR-1: who is told also without an agreement in force: a withdrawal or an erasure goes to whoever holds the record, a
-- correction to whoever holds what it is about, an answer to the service that asked for it.
create or replace view gate.told_anyway as
  select r.hash, h.holder as partner
  from public.record_revision r join public.holder h on h.record_id = r.record_id
  where r.status <> 'active'
  union all
  select c.hash, h.holder
  from public.correction c join public.holder h on h.record_id = c.about_record
  union all
  select l.hash, l.target_origin
  from public.record_link l join public.record_revision r on r.hash = l.hash
  where l.type = 'replies-to' and r.kind = 'correction-answer'
  union all
  -- PRM-1: a permission is told to those whom it names, a request for one to the origin of what it is about.
  select p.hash, p.grantee from public.permission p join public.service s on s.id = p.origin where s.is_self
  union all
  select p.hash, p.onward_to from public.permission p join public.service s on s.id = p.origin
  where s.is_self and p.onward_to is not null
  union all
  select l.hash, l.target_origin
  from public.record_link l join public.record_revision r on r.hash = l.hash
  where l.type = 'about' and r.kind = 'permission-request';

-- REL-3, PRM-1: what its origin permits one service to give another today, of one revision, disclosure by disclosure.
create or replace view gate.onward_permission as
  select p.hash as permission_hash, p.about_hash as hash, p.origin, p.grantee, p.onward_to as partner, p.digests
  from public.permission p
  where p.use = 'onward' and p.decision = 'granted' and p.valid_until >= public.app_today();

-- Revisions that we wrote ourselves.
create or replace view gate.own_revision as
  select r.hash, r.record_id from public.record_revision r join public.service s on s.id = r.origin where s.is_self;

-- Who put a record on a desk.
create or replace view gate.desk_adder as
  select d.record_id, d.added_by from public.record_desk d;

-- Releases that count: to whom, for what.
create or replace view gate.open_release as
  select x.hash, x.recipient, x.purpose from public.release x where x.state <> 'refused';

create or replace view gate.officer_count as
  select count(*) as officers from public.officer;

grant select on gate.open_desk, gate.own_revision, gate.desk_adder, gate.fallen_record, gate.onward_permission
  to tansiq_officer;
grant select on gate.open_release, gate.fallen_record, gate.told_anyway, gate.onward_permission
  to tansiq_partner;
grant select on gate.erasable to tansiq_node;
grant select on gate.officer_count to tansiq_sign_in;
set local role tansiq_owner;
revoke create on schema gate from tansiq_definer;
