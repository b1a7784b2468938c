-- EXC-4: signed headers and receipts, without any content; those who speak with the partner about it read them.
create policy officer_reads on link_evidence for select to tansiq_officer
  using ((select app_role()) in ('liaison', 'director', 'administrator', 'oversight'));
create policy node_all on link_evidence to tansiq_node using (true) with check (true);

grant select on link_evidence to tansiq_officer;
-- Evidence is only ever added.
grant select, insert on link_evidence to tansiq_node;
