-- A revision without its disclosures has no label, so no officer may see one: it only closes a gap in a chain (REC-4).
create policy node_all on skipped_revision to tansiq_node using (true) with check (true);

-- So that an officer may ask for the revisions of a record at all: without a policy, none of these are among them.
grant select (hash, record_id, revision, status) on skipped_revision to tansiq_officer;
grant select, insert on skipped_revision to tansiq_node;
