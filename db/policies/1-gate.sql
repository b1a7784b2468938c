-- Views that policies look through, where a policy must know of rows that its reader may not see: a plain subquery would
-- meet the reader's own policies, and often the policy that is just being evaluated. They run as tansiq_definer. The
-- readers may select from them but have no usage on the schema, so that only a stored policy can name them, no query.
grant usage, create on schema gate to tansiq_definer;
set local role tansiq_definer;

-- Need to know: the desks that open a record. COR-3: a quarantined record is open to no desk.
create or replace view gate.open_desk as
  select d.record_id, d.desk from public.record_desk d
  where not exists (select 1 from public.record_head h where h.record_id = d.record_id and h.state = 'quarantined');

-- Revisions that we wrote ourselves.
create or replace view gate.own_revision as
  select r.hash, r.record_id from public.record_revision r join public.service s on s.id = r.origin where s.is_self;

-- Who put a record on a desk.
create or replace view gate.desk_adder as
  select d.record_id, d.added_by from public.record_desk d;

-- Releases that count: to whom, for what.
create or replace view gate.open_release as
  select x.hash, x.recipient, x.purpose from public.release x where x.state <> 'refused';

-- ACC-02: the terms with each partner today; where several agreements are in force, the one assented last.
create or replace view gate.agreement_now as
  select distinct on (a.partner) a.partner, a.ceiling, a.compartments, a.purposes
  from public.agreement a
  where a.our_assent_at is not null and a.their_assent_at is not null and a.ended_at is null
    and public.app_today() between a.valid_from and a.valid_until
  order by a.partner, greatest(a.our_assent_at, a.their_assent_at) desc, a.record_id desc;

create or replace view gate.officer_count as
  select count(*) as officers from public.officer;

grant select on gate.open_desk, gate.own_revision, gate.desk_adder to tansiq_officer;
grant select on gate.open_release, gate.agreement_now to tansiq_partner;
grant select on gate.officer_count to tansiq_sign_in;
set local role tansiq_owner;
revoke create on schema gate from tansiq_definer;
