-- Token hashes are for the sign-in alone: whoever read them could not use them, and still has no reason to.
create policy sign_in_all on session to tansiq_sign_in using (true) with check (true);
-- An administrator who disables an officer ends the sessions: sees whose they are, not their tokens.
create policy administrator_finds on session for select to tansiq_officer using ((select app_role()) = 'administrator');
create policy administrator_ends on session for delete to tansiq_officer using ((select app_role()) = 'administrator');

grant select, insert, update, delete on session to tansiq_sign_in;
grant select (officer, created_at, last_seen_at), delete on session to tansiq_officer;
