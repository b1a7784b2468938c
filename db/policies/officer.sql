-- Colleagues' names stand in journals and on desks. The passphrase hash is granted to nobody but the sign-in.
create policy officer_reads on officer for select to tansiq_officer using ((select app_role()) is not null);
create policy administrator_adds on officer for insert to tansiq_officer
  with check ((select app_role()) = 'administrator');
-- ACC-22: nobody gives himself rights. Of the own row the trigger officer_change lets only the language through.
create policy administrator_changes_others on officer for update to tansiq_officer
  using ((select app_role()) = 'administrator' and id <> (select app_officer()))
  with check (id <> (select app_officer()));
create policy officer_chooses_language on officer for update to tansiq_officer
  using (id = (select app_officer()) and (select app_role()) is not null)
  with check (id = (select app_officer()));
create policy sign_in_reads on officer for select to tansiq_sign_in using (true);
-- The set-up makes the first administrator; afterwards only an administrator makes officers.
create policy sign_in_makes_first on officer for insert to tansiq_sign_in
  with check (role = 'administrator' and (select c.officers from gate.officer_count c) = 0);
-- An officer changes the own passphrase after the sign-in has verified the one before; what else stands there it cannot change.
create policy sign_in_changes_passphrase on officer for update to tansiq_sign_in
  using (disabled_at is null) with check (true);
create policy definer_reads on officer for select to tansiq_definer using (true);

grant select (id, login, display_name, role, clearance, compartments, language, disabled_at, created_at)
  on officer to tansiq_officer;
grant insert on officer to tansiq_officer;
grant update (display_name, role, clearance, compartments, language, passphrase_hash, disabled_at)
  on officer to tansiq_officer;
grant select, insert, update (passphrase_hash) on officer to tansiq_sign_in;
grant select (id, role, clearance, compartments, disabled_at) on officer to tansiq_definer;
