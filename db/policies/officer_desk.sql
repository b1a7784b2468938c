create policy officer_reads on officer_desk for select to tansiq_officer using ((select app_role()) is not null);
-- ACC-22: nobody gives himself a need to know.
create policy administrator_adds on officer_desk for insert to tansiq_officer
  with check ((select app_role()) = 'administrator' and officer <> (select app_officer()));
create policy administrator_removes on officer_desk for delete to tansiq_officer
  using ((select app_role()) = 'administrator' and officer <> (select app_officer()));
create policy sign_in_reads on officer_desk for select to tansiq_sign_in using (true);
create policy definer_reads on officer_desk for select to tansiq_definer using (true);

grant select, insert, delete on officer_desk to tansiq_officer;
grant select on officer_desk to tansiq_sign_in;
grant select on officer_desk to tansiq_definer;
