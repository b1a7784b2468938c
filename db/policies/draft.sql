-- An unfinished text is its author's alone.
create policy author_all on draft to tansiq_officer
  using (officer = (select app_officer()) and (select app_writes()))
  with check (officer = (select app_officer()) and (select app_writes()));

grant select, insert, update, delete on draft to tansiq_officer;
