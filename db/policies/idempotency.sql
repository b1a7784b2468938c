-- The reply that is given again may hold content: only to the officer who got it first.
create policy officer_own on idempotency to tansiq_officer
  using (officer = (select app_officer()) and (select app_role()) is not null)
  with check (officer = (select app_officer()) and (select app_role()) is not null);

grant select, insert on idempotency to tansiq_officer;
