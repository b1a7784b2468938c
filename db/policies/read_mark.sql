-- Colleagues on a record see that it was read: the first reading is the one told to its origin.
create policy officer_reads on read_mark for select to tansiq_officer
  using (officer = (select app_officer()) or exists (select 1 from record_revision r where r.hash = read_mark.hash));
create policy officer_marks on read_mark for insert to tansiq_officer with check (
  officer = (select app_officer()) and exists (select 1 from record_revision r where r.hash = read_mark.hash));
create policy officer_marks_again on read_mark for update to tansiq_officer
  using (officer = (select app_officer()))
  with check (officer = (select app_officer()) and exists (select 1 from record_revision r where r.hash = read_mark.hash));

grant select, insert on read_mark to tansiq_officer;
grant update (hash, read_at) on read_mark to tansiq_officer;
