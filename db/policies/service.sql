-- Public keys, names and addresses: every officer needs them to read who wrote what.
create policy officer_reads on service for select to tansiq_officer using ((select app_role()) is not null);
-- ACC-22: an administrator connects a partner, unconfirmed; who we are is written once, by the set-up.
create policy administrator_adds on service for insert to tansiq_officer
  with check ((select app_role()) = 'administrator' and not is_self and confirmed_at is null and vouched_by is null);
-- KEY-2: the officer who compared the fingerprints by voice signs for it (the trigger service_change sees to that).
-- EXC-3: the same roles say how batches travel to it.
create policy officer_confirms on service for update to tansiq_officer
  using ((select app_role()) in ('liaison', 'director', 'administrator') and not is_self)
  with check (not is_self);
-- The engine checks signatures and seals with these keys, and takes newer cards.
create policy node_all on service to tansiq_node using (true) with check (true);
-- The sign-in page says whose node it is.
create policy sign_in_reads_self on service for select to tansiq_sign_in using (is_self);
create policy definer_reads on service for select to tansiq_definer using (true);

grant select, insert on service to tansiq_officer;
grant update (confirmed_at, confirmed_by, revoked_at, carrier) on service to tansiq_officer;
grant select, insert, update on service to tansiq_node;
grant select (id, is_self, code, names, url) on service to tansiq_sign_in;
grant select (id, is_self, confirmed_at, revoked_at, vouched_by) on service to tansiq_definer;
