-- Colleagues on the citing record read who reviewed it, and why it stands.
create policy officer_reads on citation_review for select to tansiq_officer
  using (exists (select 1 from record_revision r where r.record_id = citation_review.citing_record));
-- COR-3: a named officer says so, in the own name, of a record of ours.
create policy officer_reviews on citation_review for insert to tansiq_officer with check (
  (select app_writes())
  and officer = (select app_officer())
  and exists (
    select 1 from record_revision r
    where r.record_id = citation_review.citing_record and r.origin = (select app_self())
  )
);

grant select, insert on citation_review to tansiq_officer;
