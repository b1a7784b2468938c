-- Who asks. Identity is one setting per transaction; everything else is looked up here from it, never passed in by the
-- application. SECURITY DEFINER with a pinned search_path, owned by tansiq_definer, which may read only these columns.
-- Policies call them as `(select app_clearance())`, so that they run once per query and not once per row; in PL/pgSQL, whose
-- plans last for the session: SQL functions that are not inlined are planned anew by every query that calls them.
grant usage on schema public to tansiq_officer, tansiq_partner, tansiq_node, tansiq_sign_in;
grant usage, create on schema public to tansiq_definer;
set local role tansiq_definer;

create or replace function app_officer() returns uuid language plpgsql stable parallel safe
  set search_path = pg_catalog, pg_temp as $$
begin
  return nullif(current_setting('app.officer', true), '')::uuid;
end $$;

create or replace function app_partner() returns text language plpgsql stable parallel safe
  set search_path = pg_catalog, pg_temp as $$
begin
  return nullif(current_setting('app.partner', true), '');
end $$;

-- COR-3: the quarantined records that this transaction names in order to resolve them; set by the database adapter alone.
create or replace function app_resolving() returns uuid[] language plpgsql stable parallel safe
  set search_path = pg_catalog, pg_temp as $$
begin
  return coalesce(string_to_array(nullif(current_setting('app.resolving', true), ''), ',')::uuid[], '{}');
end $$;

-- The node's own date (UTC): the demo and the tests move it.
create or replace function app_today() returns date language plpgsql stable parallel safe
  set search_path = pg_catalog, pg_temp as $$
begin
  return coalesce(nullif(current_setting('app.today', true), '')::date, (now() at time zone 'UTC')::date);
end $$;

-- A disabled officer is nobody from the next query on.
create or replace function app_role() returns text language plpgsql stable parallel safe security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select o.role from public.officer o where o.id = public.app_officer() and o.disabled_at is null
  );
end $$;

create or replace function app_clearance() returns smallint language plpgsql stable parallel safe security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select o.clearance from public.officer o where o.id = public.app_officer() and o.disabled_at is null
  );
end $$;

create or replace function app_compartments() returns text[] language plpgsql stable parallel safe security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select o.compartments from public.officer o where o.id = public.app_officer() and o.disabled_at is null
  );
end $$;

create or replace function app_desks() returns text[] language plpgsql stable parallel safe security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select coalesce(array_agg(d.desk), '{}')
    from public.officer_desk d join public.officer o on o.id = d.officer
    where d.officer = public.app_officer() and o.disabled_at is null
  );
end $$;

-- The roles that write content. Oversight reads all and changes nothing (ACC-21); administrators read none (ACC-22).
create or replace function app_writes() returns boolean language plpgsql stable parallel safe security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  return coalesce(public.app_role() in ('liaison', 'analyst', 'case-officer', 'director'), false);
end $$;

create or replace function app_self() returns text language plpgsql stable parallel safe security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select s.id from public.service s where s.is_self
  );
end $$;

-- ACC-21: what the oversight body reads: our own records, and a partner's where the newest agreement that both sides
-- assented to says so. An agreement that ended still governs what came under it.
create or replace function app_oversight_origins() returns text[] language plpgsql stable parallel safe security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select coalesce(array_agg(o.id), '{}') from (
      select s.id from public.service s where s.is_self
      union all
      select n.partner from (
        select distinct on (a.partner) a.partner, a.oversight_included
        from public.agreement a
        where a.our_assent_at is not null and a.their_assent_at is not null
        order by a.partner, greatest(a.our_assent_at, a.their_assent_at) desc, a.record_id desc
      ) n where n.oversight_included
    ) o
  );
end $$;

-- KEY-2, KEY-1: nothing for a partner whose fingerprint nobody compared, or that was revoked.
create or replace function app_partner_open() returns boolean language plpgsql stable parallel safe security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select exists (
      select 1 from public.service s
      where s.id = public.app_partner() and not s.is_self and s.confirmed_at is not null and s.revoked_at is null
    )
  );
end $$;

-- ACC-02: the terms with the partner that asks, today; where several agreements are in force, the one assented last.
create or replace function app_partner_terms()
  returns table (ceiling smallint, compartments text[], purposes text[]) language plpgsql stable parallel safe security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  return query
    select a.ceiling, a.compartments, a.purposes
    from public.agreement a
    where a.partner = public.app_partner()
      and a.our_assent_at is not null and a.their_assent_at is not null and a.ended_at is null
      and public.app_today() between a.valid_from and a.valid_until
      -- REC-5: what a newer revision replaced does not come back when that one expires
      and not exists (
        select 1 from public.agreement n
        where n.record_id = a.record_id and n.revision > a.revision
          and n.our_assent_at is not null and n.their_assent_at is not null
      )
    order by greatest(a.our_assent_at, a.their_assent_at) desc, a.record_id desc
    limit 1;
end $$;

revoke execute on function app_partner_terms() from public;
grant execute on function app_partner_terms() to tansiq_partner;

-- KEY-2: a service known only through another gets nothing but sealed letters; none once it is revoked.
create or replace function app_partner_vouched() returns boolean language plpgsql stable parallel safe security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  return (
    select exists (
      select 1 from public.service s
      where s.id = public.app_partner() and not s.is_self and s.vouched_by is not null
        and s.confirmed_at is null and s.revoked_at is null
    )
  );
end $$;

set local role tansiq_owner;
revoke create on schema public from tansiq_definer;

-- ACC-22: nobody gives himself rights. Column grants are the same for all officers, so this is where the own row is told
-- from another's: of the own row an officer, administrators too, changes the language and nothing else.
create or replace function officer_change_allowed() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp as $$
begin
  if current_user = 'tansiq_officer'
     and (new.id = public.app_officer() or public.app_role() is distinct from 'administrator')
     and (to_jsonb(new) - 'language') is distinct from (to_jsonb(old) - 'language') then
    raise exception 'an officer changes only the own language' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create or replace trigger officer_change before update on officer
  for each row execute function officer_change_allowed();

-- KEY-2: a confirmation is signed by the officer who compared the fingerprints, once; it is not taken back but revoked,
-- and what was revoked stays so.
create or replace function service_change_allowed() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp as $$
begin
  if current_user = 'tansiq_officer' and (
    (
      (new.confirmed_at, new.confirmed_by) is distinct from (old.confirmed_at, old.confirmed_by)
      and (old.confirmed_at is not null or new.confirmed_by is distinct from public.app_officer())
    )
    or (old.revoked_at is not null and new.revoked_at is distinct from old.revoked_at)
  ) then
    raise exception 'a service is confirmed once, in the own name' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create or replace trigger service_change before update on service
  for each row execute function service_change_allowed();
