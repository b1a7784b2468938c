-- The terms with partners are the frame of everyone's work, and hold no information on persons.
create policy officer_reads on agreement for select to tansiq_officer using ((select app_role()) is not null);
-- Written only by the admission of agreement and assent records, our own among them.
create policy node_all on agreement to tansiq_node using (true) with check (true);
create policy definer_reads on agreement for select to tansiq_definer using (true);

grant select on agreement to tansiq_officer;
grant select, insert, update on agreement to tansiq_node;
grant select (record_id, revision, partner, ceiling, compartments, purposes, valid_from, valid_until, oversight_included,
  our_assent_at, their_assent_at, ended_at) on agreement to tansiq_definer;
