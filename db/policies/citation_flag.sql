-- COR-3: a flag is seen by whoever sees the record that cites, also where the cited one is quarantined or on no desk of
-- theirs: it names an identifier that the citing record discloses anyway, and says only that it was corrected.
create policy officer_reads on citation_flag for select to tansiq_officer
  using (exists (select 1 from record_revision r where r.record_id = citation_flag.citing_record));
-- Raised by the engine, for every record that cites, whoever may see it.
create policy node_all on citation_flag to tansiq_node using (true) with check (true);

grant select on citation_flag to tansiq_officer;
grant select, insert on citation_flag to tansiq_node;
