-- The database roles of a node. They belong to the whole cluster, so two databases may create them at the same moment:
-- every step looks before it acts and is repeated by the migrator when another session was faster.
--
--   tansiq_owner    owns the tables; sees no row (FORCE), used only while migrating
--   tansiq_definer  owns the few functions and views that policies stand on; may read what they read, nothing else
--   tansiq_session  what a connection is between transactions: may become one of the next four, and nothing else
--   tansiq_officer, tansiq_partner, tansiq_node, tansiq_sign_in   on whose behalf a transaction runs
do $$
declare
  name text;
  -- since PostgreSQL 16 membership alone does not allow `set role`
  may_become text := case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end;
  how text := case when current_setting('server_version_num')::int >= 160000 then ' with inherit false, set true' else '' end;
  membership text[];
  -- member, role
  memberships text[][] := array[
    array['tansiq_session', 'tansiq_officer'],
    array['tansiq_session', 'tansiq_partner'],
    array['tansiq_session', 'tansiq_node'],
    array['tansiq_session', 'tansiq_sign_in'],
    -- so that the owner can hand over functions and views to the definer
    array['tansiq_owner', 'tansiq_definer']
  ];
begin
  foreach name in array array['tansiq_owner', 'tansiq_definer', 'tansiq_session',
                              'tansiq_officer', 'tansiq_partner', 'tansiq_node', 'tansiq_sign_in'] loop
    if not exists (select 1 from pg_roles where rolname = name) then
      -- noinherit: a member has the rights of a role only after `set role`
      execute format('create role %I nologin noinherit nosuperuser nocreatedb nocreaterole nobypassrls', name);
    end if;
  end loop;
  foreach membership slice 1 in array memberships loop
    if not pg_has_role(membership[1], membership[2], may_become) then
      execute format('grant %I to %I', membership[2], membership[1]) || how;
    end if;
  end loop;
  -- A superuser may become anyone; another owner that has just made the roles may not, until it says so itself.
  if not pg_has_role(current_user, 'tansiq_owner', may_become) then
    execute format('grant tansiq_owner to %I', current_user) || how;
  end if;
end $$;
