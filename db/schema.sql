-- Written by tools/schema-dump.ts. Not run by anything: db/migrations and db/policies are.

create table agreement (
  record_id uuid not null,
  hash text not null,
  partner text not null,
  ceiling smallint not null,
  compartments text[] not null,
  purposes text[] not null,
  valid_from date not null,
  valid_until date not null,
  oversight_included boolean not null,
  our_assent_at timestamp with time zone,
  their_assent_at timestamp with time zone,
  ended_at timestamp with time zone,
  ended_by text,
  revision integer not null,
  constraint agreement_pkey PRIMARY KEY (record_id, hash),
  constraint agreement_hash_fkey FOREIGN KEY (hash) REFERENCES record_revision(hash),
  constraint agreement_partner_fkey FOREIGN KEY (partner) REFERENCES service(id),
  constraint agreement_ceiling_check CHECK (((ceiling >= 0) AND (ceiling <= 4)))
);
CREATE INDEX agreement_by_partner ON public.agreement USING btree (partner);
-- owner tansiq_owner; row-level security enabled, forced
create policy definer_reads on agreement for select to tansiq_definer
  using (true);
create policy node_all on agreement for all to tansiq_node
  using (true)
  with check (true);
create policy officer_reads on agreement for select to tansiq_officer
  using ((( SELECT app_role() AS app_role) IS NOT NULL));
grant select (record_id, partner, ceiling, compartments, purposes, valid_from, valid_until, oversight_included, our_assent_at, their_assent_at, ended_at, revision) on agreement to tansiq_definer;
grant insert, select, update on agreement to tansiq_node;
grant select on agreement to tansiq_officer;

create table batch_in (
  peer text not null,
  epoch integer not null,
  sequence integer not null,
  hash text not null,
  received_at timestamp with time zone not null,
  signed_header text,
  constraint batch_in_pkey PRIMARY KEY (peer, epoch, sequence),
  constraint batch_in_peer_fkey FOREIGN KEY (peer) REFERENCES service(id)
);
-- owner tansiq_owner; row-level security enabled, forced
create policy node_all on batch_in for all to tansiq_node
  using (true)
  with check (true);
grant insert, select on batch_in to tansiq_node;

create table batch_out (
  peer text not null,
  epoch integer not null,
  sequence integer not null,
  hash text not null,
  signed_header text not null,
  payload bytea,
  formed_at timestamp with time zone not null,
  receipted_at timestamp with time zone,
  constraint batch_out_pkey PRIMARY KEY (peer, epoch, sequence),
  constraint batch_out_peer_fkey FOREIGN KEY (peer) REFERENCES service(id)
);
-- owner tansiq_owner; row-level security enabled, forced
create policy node_all on batch_out for all to tansiq_node
  using (true)
  with check (true);
grant insert, select, update on batch_out to tansiq_node;

create table bundle_export (
  id bigint not null generated always as identity,
  peer text not null,
  at timestamp with time zone not null,
  officer uuid,
  epoch integer not null,
  first_sequence integer not null,
  last_sequence integer not null,
  messages integer not null,
  confirmed_at timestamp with time zone,
  constraint bundle_export_pkey PRIMARY KEY (id),
  constraint bundle_export_officer_fkey FOREIGN KEY (officer) REFERENCES officer(id),
  constraint bundle_export_peer_fkey FOREIGN KEY (peer) REFERENCES service(id)
);
CREATE INDEX bundle_export_by_peer ON public.bundle_export USING btree (peer, id DESC);
-- owner tansiq_owner; row-level security enabled, forced
create policy node_all on bundle_export for all to tansiq_node
  using (true)
  with check (true);
create policy officer_reads on bundle_export for select to tansiq_officer
  using ((( SELECT app_role() AS app_role) IS NOT NULL));
grant insert, select, update on bundle_export to tansiq_node;
grant select on bundle_export to tansiq_officer;

create table citation_flag (
  citing_record uuid not null,
  cited_record uuid not null,
  cited_origin text not null,
  cited_hash text not null,
  cited_revision integer not null,
  change text not null,
  since timestamp with time zone not null,
  constraint citation_flag_pkey PRIMARY KEY (citing_record, cited_record, cited_hash),
  constraint citation_flag_change_check CHECK ((change = ANY (ARRAY['corrected'::text, 'withdrawn'::text, 'erased'::text])))
);
CREATE INDEX citation_flag_by_cited ON public.citation_flag USING btree (cited_record);
-- owner tansiq_owner; row-level security enabled, forced
create policy node_all on citation_flag for all to tansiq_node
  using (true)
  with check (true);
create policy officer_reads on citation_flag for select to tansiq_officer
  using ((EXISTS ( SELECT 1 FROM record_revision r WHERE (r.record_id = citation_flag.citing_record))));
grant insert, select on citation_flag to tansiq_node;
grant select on citation_flag to tansiq_officer;

create table citation_review (
  citing_record uuid not null,
  cited_record uuid not null,
  cited_hash text not null,
  decision text not null,
  reason text not null,
  officer uuid not null,
  reviewed_at timestamp with time zone not null,
  constraint citation_review_pkey PRIMARY KEY (citing_record, cited_record, cited_hash),
  constraint citation_review_citing_record_cited_record_cited_hash_fkey FOREIGN KEY (citing_record, cited_record, cited_hash) REFERENCES citation_flag(citing_record, cited_record, cited_hash),
  constraint citation_review_officer_fkey FOREIGN KEY (officer) REFERENCES officer(id),
  constraint citation_review_decision_check CHECK ((decision = 'stands'::text))
);
-- owner tansiq_owner; row-level security enabled, forced
create policy officer_reads on citation_review for select to tansiq_officer
  using ((EXISTS ( SELECT 1 FROM record_revision r WHERE (r.record_id = citation_review.citing_record))));
create policy officer_reviews on citation_review for insert to tansiq_officer
  with check ((( SELECT app_writes() AS app_writes) AND (officer = ( SELECT app_officer() AS app_officer)) AND (EXISTS ( SELECT 1 FROM record_revision r WHERE ((r.record_id = citation_review.citing_record) AND (r.origin = ( SELECT app_self() AS app_self)))))));
grant insert, select on citation_review to tansiq_officer;

create table correction (
  record_id uuid not null,
  hash text not null,
  origin text not null,
  change text not null,
  respond_by date not null,
  about_record uuid not null,
  about_hash text not null,
  about_revision integer not null,
  superseded_hash text not null,
  issued_at timestamp with time zone not null,
  constraint correction_pkey PRIMARY KEY (record_id),
  constraint correction_hash_fkey FOREIGN KEY (hash) REFERENCES record_revision(hash),
  constraint correction_origin_fkey FOREIGN KEY (origin) REFERENCES service(id),
  constraint correction_change_check CHECK ((change = ANY (ARRAY['corrected'::text, 'withdrawn'::text, 'erased'::text])))
);
CREATE INDEX correction_by_about ON public.correction USING btree (about_record, about_revision);
-- owner tansiq_owner; row-level security enabled, forced
create policy definer_reads on correction for select to tansiq_definer
  using (true);
create policy node_all on correction for all to tansiq_node
  using (true)
  with check (true);
create policy officer_reads on correction for select to tansiq_officer
  using ((EXISTS ( SELECT 1 FROM record_revision r WHERE (r.hash = correction.hash))));
grant select (record_id, hash, origin, about_record) on correction to tansiq_definer;
grant insert, select on correction to tansiq_node;
grant select on correction to tansiq_officer;

create table correction_ask (
  correction uuid not null,
  holder text not null,
  asked_at timestamp with time zone not null,
  reminded_at timestamp with time zone,
  constraint correction_ask_pkey PRIMARY KEY (correction, holder),
  constraint correction_ask_correction_fkey FOREIGN KEY (correction) REFERENCES correction(record_id),
  constraint correction_ask_holder_fkey FOREIGN KEY (holder) REFERENCES service(id)
);
-- owner tansiq_owner; row-level security enabled, forced
create policy node_all on correction_ask for all to tansiq_node
  using (true)
  with check (true);
create policy officer_reads on correction_ask for select to tansiq_officer
  using ((EXISTS ( SELECT 1 FROM correction c WHERE (c.record_id = correction_ask.correction))));
grant insert, select, update on correction_ask to tansiq_node;
grant select on correction_ask to tansiq_officer;

create table disclosure (
  hash text not null,
  digest text not null,
  path text not null,
  encoded text not null,
  value jsonb not null,
  level smallint not null,
  compartments text[] not null,
  releasable_to text[],
  constraint disclosure_pkey PRIMARY KEY (hash, digest),
  constraint disclosure_hash_fkey FOREIGN KEY (hash) REFERENCES record_revision(hash),
  constraint disclosure_level_check CHECK (((level >= 0) AND (level <= 4)))
);
CREATE INDEX disclosure_by_path ON public.disclosure USING btree (hash, path);
-- owner tansiq_owner; row-level security enabled, forced
create policy node_erases on disclosure for delete to tansiq_node
  using ((EXISTS ( SELECT 1 FROM gate.erasable e WHERE ((e.hash = disclosure.hash) AND (e.whole OR (disclosure.path = 'title'::text))))));
create policy node_reads on disclosure for select to tansiq_node
  using (true);
create policy node_stores on disclosure for insert to tansiq_node
  with check (true);
create policy officer_reads on disclosure for select to tansiq_officer
  using (((EXISTS ( SELECT 1 FROM record_revision r WHERE (r.hash = disclosure.hash))) AND ((( SELECT app_role() AS app_role) = 'oversight'::text) OR ((level <= ( SELECT app_clearance() AS app_clearance)) AND (compartments <@ ( SELECT app_compartments() AS app_compartments))))));
create policy officer_writes_own on disclosure for insert to tansiq_officer
  with check ((( SELECT app_writes() AS app_writes) AND (EXISTS ( SELECT 1 FROM gate.own_revision o WHERE (o.hash = disclosure.hash)))));
create policy partner_reads on disclosure for select to tansiq_partner
  using ((EXISTS ( SELECT 1 FROM record_revision r WHERE ((r.hash = disclosure.hash) AND (((r.origin = ( SELECT app_self() AS app_self)) AND ((disclosure.releasable_to IS NULL) OR (( SELECT app_partner() AS app_partner) = ANY (disclosure.releasable_to))) AND (((r.kind = ANY (ARRAY['service'::text, 'agreement'::text, 'assent'::text])) AND (r.purpose = 'administration'::text)) OR ((disclosure.level <= ( SELECT t.ceiling FROM app_partner_terms() t(ceiling, compartments, purposes))) AND (disclosure.compartments <@ ( SELECT t.compartments FROM app_partner_terms() t(ceiling, compartments, purposes)))))) OR ((disclosure.path <> 'releasableTo'::text) AND (EXISTS ( SELECT 1 FROM gate.told_anyway t WHERE ((t.hash = r.hash) AND (t.partner = ( SELECT app_partner() AS app_partner)))))) OR (EXISTS ( SELECT 1 FROM gate.onward_permission p WHERE ((p.hash = r.hash) AND (p.origin = r.origin) AND (p.partner = ( SELECT app_partner() AS app_partner)) AND (disclosure.digest = ANY (p.digests)) AND (((r.origin = ( SELECT app_self() AS app_self)) AND ( SELECT app_partner_vouched() AS app_partner_vouched)) OR ((p.grantee = ( SELECT app_self() AS app_self)) AND (disclosure.level <= ( SELECT t.ceiling FROM app_partner_terms() t(ceiling, compartments, purposes))) AND (disclosure.compartments <@ ( SELECT t.compartments FROM app_partner_terms() t(ceiling, compartments, purposes)))))))) OR (EXISTS ( SELECT 1 FROM gate.onward_permission p WHERE ((p.permission_hash = r.hash) AND (p.origin = r.origin) AND (p.partner = ( SELECT app_partner() AS app_partner)) AND (r.origin <> ( SELECT app_self() AS app_self)) AND (p.grantee = ( SELECT app_self() AS app_self))))))))));
grant delete, insert, select on disclosure to tansiq_node;
grant insert, select on disclosure to tansiq_officer;
grant select on disclosure to tansiq_partner;

create table draft (
  id uuid not null,
  officer uuid not null,
  content jsonb not null,
  version integer not null,
  updated_at timestamp with time zone not null,
  constraint draft_pkey PRIMARY KEY (id),
  constraint draft_officer_fkey FOREIGN KEY (officer) REFERENCES officer(id)
);
-- owner tansiq_owner; row-level security enabled, forced
create policy author_all on draft for all to tansiq_officer
  using (((officer = ( SELECT app_officer() AS app_officer)) AND ( SELECT app_writes() AS app_writes)))
  with check (((officer = ( SELECT app_officer() AS app_officer)) AND ( SELECT app_writes() AS app_writes)));
grant delete, insert, select, update on draft to tansiq_officer;

create table held_message (
  peer text not null,
  epoch integer not null,
  sequence integer not null,
  message_index integer not null,
  sd_jwt text not null,
  code text not null,
  waits_for text,
  held_at timestamp with time zone not null,
  within integer not null default 0,
  constraint held_message_pkey PRIMARY KEY (peer, epoch, sequence, message_index, within),
  constraint held_message_peer_fkey FOREIGN KEY (peer) REFERENCES service(id)
);
-- owner tansiq_owner; row-level security enabled, forced
create policy node_all on held_message for all to tansiq_node
  using (true)
  with check (true);
grant delete, insert, select on held_message to tansiq_node;

create table holder (
  record_id uuid not null,
  hash text not null,
  holder text not null,
  via text,
  state text not null,
  digests text[] not null,
  since timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  constraint holder_pkey PRIMARY KEY (hash, holder),
  constraint holder_hash_fkey FOREIGN KEY (hash) REFERENCES record_revision(hash),
  constraint holder_holder_fkey FOREIGN KEY (holder) REFERENCES service(id),
  constraint holder_via_fkey FOREIGN KEY (via) REFERENCES service(id),
  constraint holder_state_check CHECK ((state = ANY (ARRAY['granted'::text, 'reported'::text, 'confirmed'::text])))
);
CREATE INDEX holder_by_holder ON public.holder USING btree (holder);
CREATE INDEX holder_by_record ON public.holder USING btree (record_id);
-- owner tansiq_owner; row-level security enabled, forced
create policy definer_reads on holder for select to tansiq_definer
  using (true);
create policy node_all on holder for all to tansiq_node
  using (true)
  with check (true);
create policy officer_reads on holder for select to tansiq_officer
  using ((EXISTS ( SELECT 1 FROM record_revision r WHERE (r.hash = holder.hash))));
grant select (record_id, holder) on holder to tansiq_definer;
grant insert, select, update on holder to tansiq_node;
grant select on holder to tansiq_officer;

create table idempotency (
  officer uuid not null,
  key text not null,
  request_hash bytea not null,
  status integer not null,
  reply jsonb not null,
  at timestamp with time zone not null,
  constraint idempotency_pkey PRIMARY KEY (officer, key),
  constraint idempotency_officer_fkey FOREIGN KEY (officer) REFERENCES officer(id)
);
-- owner tansiq_owner; row-level security enabled, forced
create policy officer_own on idempotency for all to tansiq_officer
  using (((officer = ( SELECT app_officer() AS app_officer)) AND (( SELECT app_role() AS app_role) IS NOT NULL)))
  with check (((officer = ( SELECT app_officer() AS app_officer)) AND (( SELECT app_role() AS app_role) IS NOT NULL)));
grant insert, select on idempotency to tansiq_officer;

create table inbound_refusal (
  id bigint not null generated always as identity,
  peer text,
  code text not null,
  at timestamp with time zone not null,
  constraint inbound_refusal_pkey PRIMARY KEY (id)
);
CREATE INDEX inbound_refusal_by_peer ON public.inbound_refusal USING btree (peer, id);
-- owner tansiq_owner; row-level security enabled, forced
create policy node_all on inbound_refusal for all to tansiq_node
  using (true)
  with check (true);
create policy officer_reads on inbound_refusal for select to tansiq_officer
  using ((( SELECT app_role() AS app_role) IS NOT NULL));
grant delete, insert, select on inbound_refusal to tansiq_node;
grant select on inbound_refusal to tansiq_officer;

create table journal (
  seq bigint not null generated always as identity,
  at timestamp with time zone not null,
  actor_kind text not null,
  actor text,
  act text not null,
  record_id uuid,
  record_hash text,
  service text,
  reason text,
  leaf_hash bytea not null,
  constraint journal_pkey PRIMARY KEY (seq)
);
CREATE INDEX journal_by_record ON public.journal USING btree (record_id, seq);
-- owner tansiq_owner; row-level security enabled, forced
create policy node_reads on journal for select to tansiq_node
  using (true);
create policy node_writes on journal for insert to tansiq_node
  with check ((actor_kind = ANY (ARRAY['node'::text, 'partner'::text])));
create policy officer_reads on journal for select to tansiq_officer
  using ( CASE ( SELECT app_role() AS app_role) WHEN 'oversight'::text THEN true WHEN 'administrator'::text THEN (record_id IS NULL) ELSE ((record_id IS NOT NULL) AND (EXISTS ( SELECT 1 FROM record_revision r WHERE (r.record_id = journal.record_id)))) END);
create policy officer_writes on journal for insert to tansiq_officer
  with check (((( SELECT app_role() AS app_role) IS NOT NULL) AND (actor_kind = 'officer'::text) AND (actor = (( SELECT app_officer() AS app_officer))::text)));
create policy sign_in_writes on journal for insert to tansiq_sign_in
  with check ((actor_kind = 'sign-in'::text));
grant insert, select on journal to tansiq_node;
grant insert, select on journal to tansiq_officer;
grant insert on journal to tansiq_sign_in;

create table key_statement (
  service text not null,
  version integer not null,
  hash text not null,
  jws text not null,
  in_force boolean not null,
  kept_at timestamp with time zone not null,
  constraint key_statement_pkey PRIMARY KEY (service, hash),
  constraint key_statement_service_fkey FOREIGN KEY (service) REFERENCES service(id),
  constraint key_statement_version_check CHECK ((version >= 2))
);
CREATE UNIQUE INDEX key_statement_in_force ON public.key_statement USING btree (service, version) WHERE in_force;
-- owner tansiq_owner; row-level security enabled, forced
create policy node_all on key_statement for all to tansiq_node
  using (true)
  with check (true);
create policy officer_reads on key_statement for select to tansiq_officer
  using ((( SELECT app_role() AS app_role) IS NOT NULL));
grant insert, select, update (in_force) on key_statement to tansiq_node;
grant select on key_statement to tansiq_officer;

create table letter_carried (
  hash text not null,
  at timestamp with time zone not null,
  constraint letter_carried_pkey PRIMARY KEY (hash)
);
-- owner tansiq_owner; row-level security enabled, forced
create policy node_all on letter_carried for all to tansiq_node
  using (true)
  with check (true);
grant insert, select on letter_carried to tansiq_node;

create table link (
  peer text not null,
  state jsonb not null,
  next_attempt_at timestamp with time zone,
  last_contact_at timestamp with time zone,
  last_failure_at timestamp with time zone,
  last_failure text,
  clock_ahead_ms double precision,
  constraint link_pkey PRIMARY KEY (peer),
  constraint link_peer_fkey FOREIGN KEY (peer) REFERENCES service(id)
);
-- owner tansiq_owner; row-level security enabled, forced
create policy node_all on link for all to tansiq_node
  using (true)
  with check (true);
create policy officer_reads on link for select to tansiq_officer
  using ((( SELECT app_role() AS app_role) IS NOT NULL));
grant insert, select, update on link to tansiq_node;
grant select on link to tansiq_officer;

create table link_evidence (
  id bigint not null generated always as identity,
  peer text not null,
  at timestamp with time zone not null,
  code text not null,
  about text not null,
  epoch integer not null,
  sequence integer not null,
  known text,
  signed text not null,
  constraint link_evidence_pkey PRIMARY KEY (id),
  constraint link_evidence_peer_fkey FOREIGN KEY (peer) REFERENCES service(id),
  constraint link_evidence_about_check CHECK ((about = ANY (ARRAY['batch'::text, 'receipt'::text])))
);
CREATE INDEX link_evidence_by_peer ON public.link_evidence USING btree (peer, id DESC);
-- owner tansiq_owner; row-level security enabled, forced
create policy node_all on link_evidence for all to tansiq_node
  using (true)
  with check (true);
create policy officer_reads on link_evidence for select to tansiq_officer
  using ((( SELECT app_role() AS app_role) = ANY (ARRAY['liaison'::text, 'director'::text, 'administrator'::text, 'oversight'::text])));
grant insert, select on link_evidence to tansiq_node;
grant select on link_evidence to tansiq_officer;

create table officer (
  id uuid not null,
  login text not null,
  display_name text not null,
  role text not null,
  clearance smallint not null,
  compartments text[] not null default '{}'::text[],
  language text not null,
  passphrase_hash text not null,
  disabled_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint officer_pkey PRIMARY KEY (id),
  constraint officer_login_key UNIQUE (login),
  constraint officer_clearance_check CHECK (((clearance >= 0) AND (clearance <= 4))),
  constraint officer_language_check CHECK ((language = ANY (ARRAY['ar'::text, 'fr'::text, 'en'::text]))),
  constraint officer_role_check CHECK ((role = ANY (ARRAY['liaison'::text, 'analyst'::text, 'case-officer'::text, 'director'::text, 'oversight'::text, 'administrator'::text])))
);
-- owner tansiq_owner; row-level security enabled, forced
create policy definer_reads on officer for select to tansiq_definer
  using (true);
create policy administrator_adds on officer for insert to tansiq_officer
  with check ((( SELECT app_role() AS app_role) = 'administrator'::text));
create policy administrator_changes_others on officer for update to tansiq_officer
  using (((( SELECT app_role() AS app_role) = 'administrator'::text) AND (id <> ( SELECT app_officer() AS app_officer))))
  with check ((id <> ( SELECT app_officer() AS app_officer)));
create policy officer_chooses_language on officer for update to tansiq_officer
  using (((id = ( SELECT app_officer() AS app_officer)) AND (( SELECT app_role() AS app_role) IS NOT NULL)))
  with check ((id = ( SELECT app_officer() AS app_officer)));
create policy officer_reads on officer for select to tansiq_officer
  using ((( SELECT app_role() AS app_role) IS NOT NULL));
create policy sign_in_changes_passphrase on officer for update to tansiq_sign_in
  using ((disabled_at IS NULL))
  with check (true);
create policy sign_in_makes_first on officer for insert to tansiq_sign_in
  with check (((role = 'administrator'::text) AND (( SELECT c.officers FROM gate.officer_count c) = 0)));
create policy sign_in_reads on officer for select to tansiq_sign_in
  using (true);
grant select (id, role, clearance, compartments, disabled_at) on officer to tansiq_definer;
grant insert, select (id, login, display_name, role, clearance, compartments, language, disabled_at, created_at), update (display_name, role, clearance, compartments, language, passphrase_hash, disabled_at) on officer to tansiq_officer;
grant insert, select, update (passphrase_hash) on officer to tansiq_sign_in;

create table officer_desk (
  officer uuid not null,
  desk text not null,
  constraint officer_desk_pkey PRIMARY KEY (officer, desk),
  constraint officer_desk_officer_fkey FOREIGN KEY (officer) REFERENCES officer(id)
);
-- owner tansiq_owner; row-level security enabled, forced
create policy definer_reads on officer_desk for select to tansiq_definer
  using (true);
create policy administrator_adds on officer_desk for insert to tansiq_officer
  with check (((( SELECT app_role() AS app_role) = 'administrator'::text) AND (officer <> ( SELECT app_officer() AS app_officer))));
create policy administrator_removes on officer_desk for delete to tansiq_officer
  using (((( SELECT app_role() AS app_role) = 'administrator'::text) AND (officer <> ( SELECT app_officer() AS app_officer))));
create policy officer_reads on officer_desk for select to tansiq_officer
  using ((( SELECT app_role() AS app_role) IS NOT NULL));
create policy sign_in_reads on officer_desk for select to tansiq_sign_in
  using (true);
grant select on officer_desk to tansiq_definer;
grant delete, insert, select on officer_desk to tansiq_officer;
grant select on officer_desk to tansiq_sign_in;

create table outbox (
  id bigint not null generated always as identity,
  peer text not null,
  message jsonb,
  release_id uuid,
  queued_at timestamp with time zone not null,
  epoch integer,
  sequence integer,
  constraint outbox_pkey PRIMARY KEY (id),
  constraint outbox_peer_fkey FOREIGN KEY (peer) REFERENCES service(id),
  constraint outbox_release_id_fkey FOREIGN KEY (release_id) REFERENCES release(id),
  constraint outbox_check CHECK (((message IS NULL) <> (release_id IS NULL)))
);
CREATE INDEX outbox_sent ON public.outbox USING btree (peer, epoch, sequence) WHERE (sequence IS NOT NULL);
CREATE INDEX outbox_waiting ON public.outbox USING btree (peer, id) WHERE (sequence IS NULL);
CREATE INDEX outbox_waiting_answer ON public.outbox USING btree (peer, ((message ->> 'type'::text))) WHERE ((sequence IS NULL) AND (message IS NOT NULL));
-- owner tansiq_owner; row-level security enabled, forced
create policy node_all on outbox for all to tansiq_node
  using (true)
  with check (true);
create policy officer_counts on outbox for select to tansiq_officer
  using ((( SELECT app_role() AS app_role) IS NOT NULL));
create policy officer_queues on outbox for insert to tansiq_officer
  with check ((( SELECT app_writes() AS app_writes) AND (sequence IS NULL) AND ((EXISTS ( SELECT 1 FROM release x WHERE ((x.id = outbox.release_id) AND (x.recipient = outbox.peer)))) OR ((message ->> 'type'::text) = 'read-notice'::text))));
grant delete, insert, select, update on outbox to tansiq_node;
grant insert, select (id, peer, queued_at, epoch, sequence) on outbox to tansiq_officer;

create table permission (
  record_id uuid not null,
  hash text not null,
  revision integer not null,
  origin text not null,
  use text not null,
  decision text not null,
  grantee text not null,
  onward_to text,
  about_record uuid not null,
  about_hash text not null,
  digests text[] not null,
  portions integer[],
  purpose text,
  valid_until date,
  request uuid,
  decided_at timestamp with time zone not null,
  constraint permission_pkey PRIMARY KEY (record_id),
  constraint permission_hash_fkey FOREIGN KEY (hash) REFERENCES record_revision(hash),
  constraint permission_origin_fkey FOREIGN KEY (origin) REFERENCES service(id),
  constraint permission_check CHECK (((use = 'onward'::text) = (onward_to IS NOT NULL))),
  constraint permission_check1 CHECK (((decision = 'granted'::text) = (valid_until IS NOT NULL))),
  constraint permission_decision_check CHECK ((decision = ANY (ARRAY['granted'::text, 'refused'::text, 'revoked'::text]))),
  constraint permission_use_check CHECK ((use = ANY (ARRAY['judicial'::text, 'onward'::text, 'publication'::text, 'other-purpose'::text])))
);
CREATE INDEX permission_by_about ON public.permission USING btree (about_record);
CREATE INDEX permission_by_hash ON public.permission USING btree (about_hash);
-- owner tansiq_owner; row-level security enabled, forced
create policy definer_reads on permission for select to tansiq_definer
  using (true);
create policy node_all on permission for all to tansiq_node
  using (true)
  with check (true);
create policy officer_reads on permission for select to tansiq_officer
  using ((EXISTS ( SELECT 1 FROM record_revision r WHERE (r.record_id = permission.about_record))));
grant select (record_id, hash, origin, use, decision, grantee, onward_to, about_record, about_hash, digests, valid_until) on permission to tansiq_definer;
grant insert, select, update on permission to tansiq_node;
grant select on permission to tansiq_officer;

create table read_mark (
  record_id uuid not null,
  officer uuid not null,
  hash text not null,
  read_at timestamp with time zone not null,
  constraint read_mark_pkey PRIMARY KEY (record_id, officer),
  constraint read_mark_officer_fkey FOREIGN KEY (officer) REFERENCES officer(id)
);
-- owner tansiq_owner; row-level security enabled, forced
create policy officer_marks on read_mark for insert to tansiq_officer
  with check (((officer = ( SELECT app_officer() AS app_officer)) AND (EXISTS ( SELECT 1 FROM record_revision r WHERE (r.hash = read_mark.hash)))));
create policy officer_marks_again on read_mark for update to tansiq_officer
  using ((officer = ( SELECT app_officer() AS app_officer)))
  with check (((officer = ( SELECT app_officer() AS app_officer)) AND (EXISTS ( SELECT 1 FROM record_revision r WHERE (r.hash = read_mark.hash)))));
create policy officer_reads on read_mark for select to tansiq_officer
  using (((officer = ( SELECT app_officer() AS app_officer)) OR (EXISTS ( SELECT 1 FROM record_revision r WHERE (r.hash = read_mark.hash)))));
grant insert, select, update (hash, read_at) on read_mark to tansiq_officer;

create table record_cite (
  hash text not null,
  record_id uuid not null,
  cited_record uuid not null,
  cited_revision integer not null,
  cited_hash text not null,
  cited_origin text not null,
  constraint record_cite_pkey PRIMARY KEY (hash, cited_hash),
  constraint record_cite_hash_fkey FOREIGN KEY (hash) REFERENCES record_revision(hash)
);
CREATE INDEX record_cite_by_cited ON public.record_cite USING btree (cited_record);
CREATE INDEX record_cite_by_record ON public.record_cite USING btree (record_id);
-- owner tansiq_owner; row-level security enabled, forced
create policy node_all on record_cite for all to tansiq_node
  using (true)
  with check (true);
create policy officer_reads on record_cite for select to tansiq_officer
  using ((EXISTS ( SELECT 1 FROM record_revision r WHERE (r.hash = record_cite.hash))));
create policy officer_writes_own on record_cite for insert to tansiq_officer
  with check ((( SELECT app_writes() AS app_writes) AND (EXISTS ( SELECT 1 FROM gate.own_revision o WHERE (o.hash = record_cite.hash)))));
grant insert, select on record_cite to tansiq_node;
grant insert, select on record_cite to tansiq_officer;

create table record_desk (
  record_id uuid not null,
  desk text not null,
  added_by uuid,
  added_at timestamp with time zone not null,
  constraint record_desk_pkey PRIMARY KEY (record_id, desk)
);
-- owner tansiq_owner; row-level security enabled, forced
create policy definer_reads on record_desk for select to tansiq_definer
  using (true);
create policy node_all on record_desk for all to tansiq_node
  using (true)
  with check (true);
create policy officer_adds on record_desk for insert to tansiq_officer
  with check ((( SELECT app_writes() AS app_writes) AND (added_by = ( SELECT app_officer() AS app_officer)) AND ((EXISTS ( SELECT 1 FROM record_revision r WHERE (r.record_id = record_desk.record_id))) OR ((EXISTS ( SELECT 1 FROM gate.own_revision o WHERE (o.record_id = record_desk.record_id))) AND (NOT (EXISTS ( SELECT 1 FROM gate.desk_adder a WHERE ((a.record_id = record_desk.record_id) AND (a.added_by IS DISTINCT FROM ( SELECT app_officer() AS app_officer))))))))));
create policy officer_reads on record_desk for select to tansiq_officer
  using ((EXISTS ( SELECT 1 FROM record_revision r WHERE (r.record_id = record_desk.record_id))));
grant select (record_id, desk, added_by) on record_desk to tansiq_definer;
grant insert, select on record_desk to tansiq_node;
grant insert, select on record_desk to tansiq_officer;

create table record_head (
  record_id uuid not null,
  origin text not null,
  kind text not null,
  hash text not null,
  revision integer not null,
  state text not null,
  updated_at timestamp with time zone not null,
  constraint record_head_pkey PRIMARY KEY (record_id),
  constraint record_head_hash_fkey FOREIGN KEY (hash) REFERENCES record_revision(hash),
  constraint record_head_origin_fkey FOREIGN KEY (origin) REFERENCES service(id),
  constraint record_head_state_check CHECK ((state = ANY (ARRAY['active'::text, 'quarantined'::text, 'equivocal'::text])))
);
CREATE INDEX record_head_recent ON public.record_head USING btree (updated_at DESC, record_id DESC);
-- owner tansiq_owner; row-level security enabled, forced
create policy definer_reads on record_head for select to tansiq_definer
  using (true);
create policy node_all on record_head for all to tansiq_node
  using (true)
  with check (true);
create policy officer_moves_own on record_head for update to tansiq_officer
  using ((( SELECT app_writes() AS app_writes) AND (origin = ( SELECT app_self() AS app_self)) AND (state <> 'equivocal'::text)))
  with check (((origin = ( SELECT app_self() AS app_self)) AND ((state = 'quarantined'::text) OR ((state = 'active'::text) AND (NOT (EXISTS ( SELECT 1 FROM gate.fallen_record f WHERE (f.record_id = record_head.record_id))))))));
create policy officer_reads on record_head for select to tansiq_officer
  using ((EXISTS ( SELECT 1 FROM record_revision r WHERE (r.hash = record_head.hash))));
create policy officer_writes_own on record_head for insert to tansiq_officer
  with check ((( SELECT app_writes() AS app_writes) AND (origin = ( SELECT app_self() AS app_self)) AND (state = 'active'::text)));
grant select (record_id, hash, state) on record_head to tansiq_definer;
grant insert, select, update on record_head to tansiq_node;
grant insert, select, update (hash, revision, state, updated_at) on record_head to tansiq_officer;

create table record_link (
  hash text not null,
  record_id uuid not null,
  type text not null,
  target_record uuid not null,
  target_revision integer not null,
  target_hash text not null,
  target_origin text not null,
  constraint record_link_pkey PRIMARY KEY (hash, type, target_hash),
  constraint record_link_hash_fkey FOREIGN KEY (hash) REFERENCES record_revision(hash)
);
CREATE INDEX record_link_by_target ON public.record_link USING btree (target_record);
-- owner tansiq_owner; row-level security enabled, forced
create policy definer_reads on record_link for select to tansiq_definer
  using (true);
create policy node_all on record_link for all to tansiq_node
  using (true)
  with check (true);
create policy officer_reads on record_link for select to tansiq_officer
  using ((EXISTS ( SELECT 1 FROM record_revision r WHERE (r.hash = record_link.hash))));
create policy officer_writes_own on record_link for insert to tansiq_officer
  with check ((( SELECT app_writes() AS app_writes) AND (EXISTS ( SELECT 1 FROM gate.own_revision o WHERE (o.hash = record_link.hash)))));
grant select (hash, type, target_record, target_origin) on record_link to tansiq_definer;
grant insert, select on record_link to tansiq_node;
grant insert, select on record_link to tansiq_officer;

create table record_revision (
  hash text not null,
  record_id uuid not null,
  revision integer not null,
  previous text,
  kind text not null,
  status text not null,
  origin text not null,
  language text not null,
  created_at timestamp with time zone not null,
  purpose text not null,
  legal_basis text not null,
  review_by date not null,
  grading_source text,
  grading_information text,
  handling jsonb not null,
  tlp text,
  pap text,
  level smallint not null,
  compartments text[] not null,
  releasable_to text[],
  jwt text not null,
  received_from text,
  stored_at timestamp with time zone not null,
  constraint record_revision_pkey PRIMARY KEY (hash),
  constraint record_revision_origin_fkey FOREIGN KEY (origin) REFERENCES service(id),
  constraint record_revision_received_from_fkey FOREIGN KEY (received_from) REFERENCES service(id),
  constraint record_revision_level_check CHECK (((level >= 0) AND (level <= 4))),
  constraint record_revision_revision_check CHECK ((revision >= 1)),
  constraint record_revision_status_check CHECK ((status = ANY (ARRAY['active'::text, 'withdrawn'::text, 'erased'::text])))
);
CREATE INDEX record_revision_by_origin ON public.record_revision USING btree (origin, stored_at DESC);
CREATE INDEX record_revision_by_record ON public.record_revision USING btree (record_id, revision);
-- owner tansiq_owner; row-level security enabled, forced
create policy definer_reads on record_revision for select to tansiq_definer
  using (true);
create policy node_all on record_revision for all to tansiq_node
  using (true)
  with check (true);
create policy officer_reads on record_revision for select to tansiq_officer
  using ( CASE ( SELECT app_role() AS app_role) WHEN 'administrator'::text THEN false WHEN 'oversight'::text THEN (origin = ANY (( SELECT app_oversight_origins() AS app_oversight_origins)::text[])) ELSE ((level <= ( SELECT app_clearance() AS app_clearance)) AND (compartments <@ ( SELECT app_compartments() AS app_compartments)) AND (EXISTS ( SELECT 1 FROM gate.open_desk d WHERE ((d.record_id = record_revision.record_id) AND (d.desk = ANY (( SELECT app_desks() AS app_desks)::text[])))))) END);
create policy officer_writes_own on record_revision for insert to tansiq_officer
  with check ((( SELECT app_writes() AS app_writes) AND (origin = ( SELECT app_self() AS app_self)) AND (received_from IS NULL)));
create policy partner_is_told on record_revision for select to tansiq_partner
  using (((origin = ( SELECT app_self() AS app_self)) AND ( SELECT app_partner_open() AS app_partner_open) AND (EXISTS ( SELECT 1 FROM gate.open_release x WHERE ((x.hash = record_revision.hash) AND (x.recipient = ( SELECT app_partner() AS app_partner))))) AND (EXISTS ( SELECT 1 FROM gate.told_anyway t WHERE ((t.hash = record_revision.hash) AND (t.partner = ( SELECT app_partner() AS app_partner)))))));
create policy partner_reads on record_revision for select to tansiq_partner
  using (((status = 'active'::text) AND (NOT (EXISTS ( SELECT 1 FROM gate.fallen_record f WHERE (f.record_id = record_revision.record_id)))) AND (origin = ( SELECT app_self() AS app_self)) AND ( SELECT app_partner_open() AS app_partner_open) AND ((releasable_to IS NULL) OR (( SELECT app_partner() AS app_partner) = ANY (releasable_to))) AND (EXISTS ( SELECT 1 FROM gate.open_release x WHERE ((x.hash = record_revision.hash) AND (x.recipient = ( SELECT app_partner() AS app_partner)) AND (((record_revision.kind = ANY (ARRAY['service'::text, 'agreement'::text, 'assent'::text])) AND (record_revision.purpose = 'administration'::text)) OR (x.purpose = ANY (( SELECT t.purposes FROM app_partner_terms() t(ceiling, compartments, purposes))::text[])))))) AND (((kind = ANY (ARRAY['service'::text, 'agreement'::text, 'assent'::text])) AND (purpose = 'administration'::text)) OR ((level <= ( SELECT t.ceiling FROM app_partner_terms() t(ceiling, compartments, purposes))) AND (compartments <@ ( SELECT t.compartments FROM app_partner_terms() t(ceiling, compartments, purposes)))))));
create policy partner_reads_by_letter on record_revision for select to tansiq_partner
  using (((origin = ( SELECT app_self() AS app_self)) AND ( SELECT app_partner_vouched() AS app_partner_vouched) AND ((EXISTS ( SELECT 1 FROM gate.told_anyway t WHERE ((t.hash = record_revision.hash) AND (t.partner = ( SELECT app_partner() AS app_partner))))) OR ((status = 'active'::text) AND (NOT (EXISTS ( SELECT 1 FROM gate.fallen_record f WHERE (f.record_id = record_revision.record_id)))) AND (EXISTS ( SELECT 1 FROM gate.onward_permission p WHERE ((p.hash = record_revision.hash) AND (p.origin = ( SELECT app_self() AS app_self)) AND (p.partner = ( SELECT app_partner() AS app_partner)))))))));
create policy partner_reads_onward on record_revision for select to tansiq_partner
  using (((status = 'active'::text) AND (NOT (EXISTS ( SELECT 1 FROM gate.fallen_record f WHERE (f.record_id = record_revision.record_id)))) AND (origin <> ( SELECT app_self() AS app_self)) AND ( SELECT app_partner_open() AS app_partner_open) AND (EXISTS ( SELECT 1 FROM gate.open_release x WHERE ((x.hash = record_revision.hash) AND (x.recipient = ( SELECT app_partner() AS app_partner)) AND (x.purpose = ANY (( SELECT t.purposes FROM app_partner_terms() t(ceiling, compartments, purposes))::text[]))))) AND (EXISTS ( SELECT 1 FROM gate.onward_permission p WHERE (((record_revision.hash = p.hash) OR (record_revision.hash = p.permission_hash)) AND (p.origin = record_revision.origin) AND (p.grantee = ( SELECT app_self() AS app_self)) AND (p.partner = ( SELECT app_partner() AS app_partner))))) AND (level <= ( SELECT t.ceiling FROM app_partner_terms() t(ceiling, compartments, purposes))) AND (compartments <@ ( SELECT t.compartments FROM app_partner_terms() t(ceiling, compartments, purposes)))));
grant select (hash, record_id, kind, status, origin) on record_revision to tansiq_definer;
grant insert, select, update (releasable_to) on record_revision to tansiq_node;
grant insert, select on record_revision to tansiq_officer;
grant select on record_revision to tansiq_partner;

create table recovery (
  id bigint not null generated always as identity,
  began_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint recovery_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX recovery_one_open ON public.recovery USING btree ((true)) WHERE (ended_at IS NULL);
-- owner tansiq_owner; row-level security enabled, forced
create policy node_all on recovery for all to tansiq_node
  using (true)
  with check (true);
create policy officer_reads on recovery for select to tansiq_officer
  using ((( SELECT app_role() AS app_role) IS NOT NULL));
grant insert, select, update on recovery to tansiq_node;
grant select on recovery to tansiq_officer;

create table recovery_partner (
  recovery bigint not null,
  peer text not null,
  asked_at timestamp with time zone not null,
  done_at timestamp with time zone,
  returned integer not null default 0,
  after text,
  missing integer,
  constraint recovery_partner_pkey PRIMARY KEY (recovery, peer),
  constraint recovery_partner_peer_fkey FOREIGN KEY (peer) REFERENCES service(id),
  constraint recovery_partner_recovery_fkey FOREIGN KEY (recovery) REFERENCES recovery(id)
);
-- owner tansiq_owner; row-level security enabled, forced
create policy node_all on recovery_partner for all to tansiq_node
  using (true)
  with check (true);
create policy officer_reads on recovery_partner for select to tansiq_officer
  using ((( SELECT app_role() AS app_role) IS NOT NULL));
grant insert, select, update on recovery_partner to tansiq_node;
grant select on recovery_partner to tansiq_officer;

create table release (
  id uuid not null,
  record_id uuid not null,
  hash text not null,
  recipient text not null,
  purpose text not null,
  withheld text[] not null default '{}'::text[],
  released_by uuid,
  released_at timestamp with time zone not null,
  state text not null,
  epoch integer,
  sequence integer,
  message_index integer,
  digests text[],
  sent_at timestamp with time zone,
  delivered_at timestamp with time zone,
  read_at timestamp with time zone,
  refused_at timestamp with time zone,
  refused_code text,
  refused_by text,
  constraint release_pkey PRIMARY KEY (id),
  constraint release_hash_fkey FOREIGN KEY (hash) REFERENCES record_revision(hash),
  constraint release_recipient_fkey FOREIGN KEY (recipient) REFERENCES service(id),
  constraint release_released_by_fkey FOREIGN KEY (released_by) REFERENCES officer(id),
  constraint release_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sent'::text, 'delivered'::text, 'refused'::text])))
);
CREATE INDEX release_by_recipient ON public.release USING btree (recipient, released_at DESC);
CREATE INDEX release_by_record ON public.release USING btree (record_id);
CREATE UNIQUE INDEX release_once ON public.release USING btree (hash, recipient) WHERE (state <> 'refused'::text);
-- owner tansiq_owner; row-level security enabled, forced
create policy definer_reads on release for select to tansiq_definer
  using (true);
create policy node_all on release for all to tansiq_node
  using (true)
  with check (true);
create policy officer_reads on release for select to tansiq_officer
  using ((EXISTS ( SELECT 1 FROM record_revision r WHERE (r.hash = release.hash))));
create policy officer_refuses_own on release for update to tansiq_officer
  using ((( SELECT app_writes() AS app_writes) AND (released_by = ( SELECT app_officer() AS app_officer)) AND (state = 'queued'::text)))
  with check (((released_by = ( SELECT app_officer() AS app_officer)) AND (state = 'refused'::text) AND (refused_by = ( SELECT app_self() AS app_self))));
create policy officer_releases on release for insert to tansiq_officer
  with check ((( SELECT app_writes() AS app_writes) AND (released_by = ( SELECT app_officer() AS app_officer)) AND (state = 'queued'::text) AND (EXISTS ( SELECT 1 FROM record_revision r WHERE ((r.hash = release.hash) AND ((r.origin = ( SELECT app_self() AS app_self)) OR (EXISTS ( SELECT 1 FROM gate.onward_permission p WHERE (((release.hash = p.hash) OR (release.hash = p.permission_hash)) AND (p.origin = r.origin) AND (p.grantee = ( SELECT app_self() AS app_self)) AND (p.partner = release.recipient))))))))));
grant select (hash, recipient, purpose, state) on release to tansiq_definer;
grant insert, select, update on release to tansiq_node;
grant insert, select, update (state, refused_at, refused_code, refused_by) on release to tansiq_officer;

create table schema_step (
  path text not null,
  sha256 text not null,
  applied_at timestamp with time zone not null default now(),
  constraint schema_step_pkey PRIMARY KEY (path)
);
-- owner tansiq_owner; row-level security enabled, forced
create policy owner_all on schema_step for all to tansiq_owner
  using (true)
  with check (true);

create table service (
  id text not null,
  is_self boolean not null default false,
  code text not null,
  names jsonb not null,
  url text,
  inception_key bytea not null,
  signing_keys jsonb not null,
  sealing_key_id text not null,
  sealing_key bytea not null,
  card text not null,
  added_at timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  confirmed_by uuid,
  revoked_at timestamp with time zone,
  carrier text not null default 'link'::text,
  vouched_by text,
  keys_version integer not null default 1,
  revoked_keys jsonb not null default '{}'::jsonb,
  keys_told integer not null default 0,
  keys_told_at timestamp with time zone,
  constraint service_pkey PRIMARY KEY (id),
  constraint service_vouched_by_fkey FOREIGN KEY (vouched_by) REFERENCES service(id),
  constraint service_carrier_check CHECK ((carrier = ANY (ARRAY['link'::text, 'file'::text, 'one-way'::text])))
);
CREATE INDEX service_by_voucher ON public.service USING btree (vouched_by) WHERE (vouched_by IS NOT NULL);
CREATE UNIQUE INDEX service_code ON public.service USING btree (code) WHERE (vouched_by IS NULL);
CREATE UNIQUE INDEX service_one_self ON public.service USING btree (is_self) WHERE is_self;
-- owner tansiq_owner; row-level security enabled, forced
create policy definer_reads on service for select to tansiq_definer
  using (true);
create policy node_all on service for all to tansiq_node
  using (true)
  with check (true);
create policy administrator_adds on service for insert to tansiq_officer
  with check (((( SELECT app_role() AS app_role) = 'administrator'::text) AND (NOT is_self) AND (confirmed_at IS NULL) AND (vouched_by IS NULL)));
create policy officer_confirms on service for update to tansiq_officer
  using (((( SELECT app_role() AS app_role) = ANY (ARRAY['liaison'::text, 'director'::text, 'administrator'::text])) AND (NOT is_self)))
  with check ((NOT is_self));
create policy officer_reads on service for select to tansiq_officer
  using ((( SELECT app_role() AS app_role) IS NOT NULL));
create policy sign_in_reads_self on service for select to tansiq_sign_in
  using (is_self);
grant select (id, is_self, confirmed_at, revoked_at, vouched_by) on service to tansiq_definer;
grant insert, select, update on service to tansiq_node;
grant insert, select, update (confirmed_at, confirmed_by, revoked_at, carrier) on service to tansiq_officer;
grant select (id, is_self, code, names, url) on service to tansiq_sign_in;

create table session (
  token_hash bytea not null,
  officer uuid not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  constraint session_pkey PRIMARY KEY (token_hash),
  constraint session_officer_fkey FOREIGN KEY (officer) REFERENCES officer(id)
);
-- owner tansiq_owner; row-level security enabled, forced
create policy administrator_ends on session for delete to tansiq_officer
  using ((( SELECT app_role() AS app_role) = 'administrator'::text));
create policy administrator_finds on session for select to tansiq_officer
  using ((( SELECT app_role() AS app_role) = 'administrator'::text));
create policy sign_in_all on session for all to tansiq_sign_in
  using (true)
  with check (true);
grant delete, select (officer, created_at, last_seen_at) on session to tansiq_officer;
grant delete, insert, select, update on session to tansiq_sign_in;

create table skipped_revision (
  hash text not null,
  record_id uuid not null,
  revision integer not null,
  previous text,
  origin text not null,
  jwt text not null,
  received_from text,
  stored_at timestamp with time zone not null,
  status text not null,
  constraint skipped_revision_pkey PRIMARY KEY (hash),
  constraint skipped_revision_origin_fkey FOREIGN KEY (origin) REFERENCES service(id),
  constraint skipped_revision_received_from_fkey FOREIGN KEY (received_from) REFERENCES service(id),
  constraint skipped_revision_revision_check CHECK ((revision >= 1)),
  constraint skipped_revision_status_check CHECK ((status = ANY (ARRAY['active'::text, 'withdrawn'::text, 'erased'::text])))
);
CREATE INDEX skipped_revision_by_record ON public.skipped_revision USING btree (record_id, revision);
-- owner tansiq_owner; row-level security enabled, forced
create policy node_all on skipped_revision for all to tansiq_node
  using (true)
  with check (true);
grant insert, select on skipped_revision to tansiq_node;
grant select (hash, record_id, revision, status) on skipped_revision to tansiq_officer;

create table use_entry (
  id uuid not null,
  record_id uuid not null,
  hash text not null,
  use text not null,
  reference text not null,
  stage text,
  purpose text,
  permission uuid,
  officer uuid not null,
  at timestamp with time zone not null,
  constraint use_entry_pkey PRIMARY KEY (id),
  constraint use_entry_hash_fkey FOREIGN KEY (hash) REFERENCES record_revision(hash),
  constraint use_entry_officer_fkey FOREIGN KEY (officer) REFERENCES officer(id),
  constraint use_entry_permission_fkey FOREIGN KEY (permission) REFERENCES permission(record_id),
  constraint use_entry_use_check CHECK ((use = ANY (ARRAY['judicial'::text, 'publication'::text, 'other-purpose'::text])))
);
CREATE INDEX use_entry_by_record ON public.use_entry USING btree (record_id, at DESC);
-- owner tansiq_owner; row-level security enabled, forced
create policy officer_enters on use_entry for insert to tansiq_officer
  with check ((( SELECT app_writes() AS app_writes) AND (officer = ( SELECT app_officer() AS app_officer)) AND (EXISTS ( SELECT 1 FROM record_revision r WHERE ((r.hash = use_entry.hash) AND (r.record_id = use_entry.record_id))))));
create policy officer_reads on use_entry for select to tansiq_officer
  using ((EXISTS ( SELECT 1 FROM record_revision r WHERE (r.hash = use_entry.hash))));
grant insert, select on use_entry to tansiq_officer;

create view gate.desk_adder as
 SELECT record_id,
    added_by
   FROM record_desk d;
-- owner tansiq_definer; select to tansiq_officer

create view gate.erasable as
 SELECT r.hash,
    true AS whole
   FROM record_revision r
     JOIN record_head h ON h.record_id = r.record_id
     JOIN record_revision e ON e.hash = h.hash
  WHERE e.status = 'erased'::text
UNION ALL
 SELECT l.hash,
    false AS whole
   FROM record_link l
     JOIN record_head h ON h.record_id = l.target_record
     JOIN record_revision e ON e.hash = h.hash
  WHERE (l.type = ANY (ARRAY['about'::text, 'replies-to'::text])) AND e.status = 'erased'::text;
-- owner tansiq_definer; select to tansiq_node

create view gate.fallen_record as
 SELECT record_id
   FROM record_head h
  WHERE state <> 'active'::text;
-- owner tansiq_definer; select to tansiq_officer, tansiq_partner

create view gate.officer_count as
 SELECT count(*) AS officers
   FROM officer;
-- owner tansiq_definer; select to tansiq_sign_in

create view gate.onward_permission as
 SELECT hash AS permission_hash,
    about_hash AS hash,
    origin,
    grantee,
    onward_to AS partner,
    digests
   FROM permission p
  WHERE use = 'onward'::text AND decision = 'granted'::text AND valid_until >= app_today();
-- owner tansiq_definer; select to tansiq_officer, tansiq_partner

create view gate.open_desk as
 SELECT record_id,
    desk
   FROM record_desk d
  WHERE (record_id = ANY ((( SELECT app_resolving() AS app_resolving))::uuid[])) OR NOT (EXISTS ( SELECT 1
           FROM record_head h
          WHERE h.record_id = d.record_id AND h.state = 'quarantined'::text));
-- owner tansiq_definer; select to tansiq_officer

create view gate.open_release as
 SELECT hash,
    recipient,
    purpose
   FROM release x
  WHERE state <> 'refused'::text;
-- owner tansiq_definer; select to tansiq_partner

create view gate.own_revision as
 SELECT r.hash,
    r.record_id
   FROM record_revision r
     JOIN service s ON s.id = r.origin
  WHERE s.is_self;
-- owner tansiq_definer; select to tansiq_officer

create view gate.told_anyway as
 SELECT r.hash,
    h.holder AS partner
   FROM record_revision r
     JOIN holder h ON h.record_id = r.record_id
  WHERE r.status <> 'active'::text
UNION ALL
 SELECT c.hash,
    h.holder AS partner
   FROM correction c
     JOIN holder h ON h.record_id = c.about_record
UNION ALL
 SELECT l.hash,
    l.target_origin AS partner
   FROM record_link l
     JOIN record_revision r ON r.hash = l.hash
  WHERE l.type = 'replies-to'::text AND r.kind = 'correction-answer'::text
UNION ALL
 SELECT p.hash,
    p.grantee AS partner
   FROM permission p
     JOIN service s ON s.id = p.origin
  WHERE s.is_self
UNION ALL
 SELECT p.hash,
    p.onward_to AS partner
   FROM permission p
     JOIN service s ON s.id = p.origin
  WHERE s.is_self AND p.onward_to IS NOT NULL
UNION ALL
 SELECT l.hash,
    l.target_origin AS partner
   FROM record_link l
     JOIN record_revision r ON r.hash = l.hash
  WHERE l.type = 'about'::text AND r.kind = 'permission-request'::text;
-- owner tansiq_definer; select to tansiq_partner

CREATE OR REPLACE FUNCTION public.app_clearance()
 RETURNS smallint
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return (
    select o.clearance from public.officer o where o.id = public.app_officer() and o.disabled_at is null
  );
end $function$;

CREATE OR REPLACE FUNCTION public.app_compartments()
 RETURNS text[]
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return (
    select o.compartments from public.officer o where o.id = public.app_officer() and o.disabled_at is null
  );
end $function$;

CREATE OR REPLACE FUNCTION public.app_desks()
 RETURNS text[]
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return (
    select coalesce(array_agg(d.desk), '{}')
    from public.officer_desk d join public.officer o on o.id = d.officer
    where d.officer = public.app_officer() and o.disabled_at is null
  );
end $function$;

CREATE OR REPLACE FUNCTION public.app_officer()
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return nullif(current_setting('app.officer', true), '')::uuid;
end $function$;

CREATE OR REPLACE FUNCTION public.app_oversight_origins()
 RETURNS text[]
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return (
    select coalesce(array_agg(o.id), '{}') from (
      select s.id from public.service s where s.is_self
      union all
      select n.partner from (
        select distinct on (a.partner) a.partner, a.oversight_included
        from public.agreement a
        where a.our_assent_at is not null and a.their_assent_at is not null
        order by a.partner, greatest(a.our_assent_at, a.their_assent_at) desc, a.record_id desc
      ) n where n.oversight_included
    ) o
  );
end $function$;

CREATE OR REPLACE FUNCTION public.app_partner()
 RETURNS text
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return nullif(current_setting('app.partner', true), '');
end $function$;

CREATE OR REPLACE FUNCTION public.app_partner_open()
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return (
    select exists (
      select 1 from public.service s
      where s.id = public.app_partner() and not s.is_self and s.confirmed_at is not null and s.revoked_at is null
    )
  );
end $function$;

CREATE OR REPLACE FUNCTION public.app_partner_terms()
 RETURNS TABLE(ceiling smallint, compartments text[], purposes text[])
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return query
    select a.ceiling, a.compartments, a.purposes
    from public.agreement a
    where a.partner = public.app_partner()
      and a.our_assent_at is not null and a.their_assent_at is not null and a.ended_at is null
      and public.app_today() between a.valid_from and a.valid_until
      -- REC-5: what a newer revision replaced does not come back when that one expires
      and not exists (
        select 1 from public.agreement n
        where n.record_id = a.record_id and n.revision > a.revision
          and n.our_assent_at is not null and n.their_assent_at is not null
      )
    order by greatest(a.our_assent_at, a.their_assent_at) desc, a.record_id desc
    limit 1;
end $function$;

CREATE OR REPLACE FUNCTION public.app_partner_vouched()
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return (
    select exists (
      select 1 from public.service s
      where s.id = public.app_partner() and not s.is_self and s.vouched_by is not null
        and s.confirmed_at is null and s.revoked_at is null
    )
  );
end $function$;

CREATE OR REPLACE FUNCTION public.app_resolving()
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return coalesce(string_to_array(nullif(current_setting('app.resolving', true), ''), ',')::uuid[], '{}');
end $function$;

CREATE OR REPLACE FUNCTION public.app_role()
 RETURNS text
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return (
    select o.role from public.officer o where o.id = public.app_officer() and o.disabled_at is null
  );
end $function$;

CREATE OR REPLACE FUNCTION public.app_self()
 RETURNS text
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return (
    select s.id from public.service s where s.is_self
  );
end $function$;

CREATE OR REPLACE FUNCTION public.app_today()
 RETURNS date
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return coalesce(nullif(current_setting('app.today', true), '')::date, (now() at time zone 'UTC')::date);
end $function$;

CREATE OR REPLACE FUNCTION public.app_writes()
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  return coalesce(public.app_role() in ('liaison', 'analyst', 'case-officer', 'director'), false);
end $function$;

CREATE OR REPLACE FUNCTION public.journal_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'the journal is append-only';
end $function$;

CREATE OR REPLACE FUNCTION public.officer_change_allowed()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if current_user = 'tansiq_officer'
     and (new.id = public.app_officer() or public.app_role() is distinct from 'administrator')
     and (to_jsonb(new) - 'language') is distinct from (to_jsonb(old) - 'language') then
    raise exception 'an officer changes only the own language' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.service_change_allowed()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  if current_user = 'tansiq_officer' and (
    (
      (new.confirmed_at, new.confirmed_by) is distinct from (old.confirmed_at, old.confirmed_by)
      and (old.confirmed_at is not null or new.confirmed_by is distinct from public.app_officer())
    )
    or (old.revoked_at is not null and new.revoked_at is distinct from old.revoked_at)
  ) then
    raise exception 'a service is confirmed once, in the own name' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $function$;

CREATE TRIGGER journal_no_change BEFORE DELETE OR UPDATE ON public.journal FOR EACH ROW EXECUTE FUNCTION journal_is_append_only();
CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON public.journal FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only();
CREATE TRIGGER officer_change BEFORE UPDATE ON public.officer FOR EACH ROW EXECUTE FUNCTION officer_change_allowed();
CREATE TRIGGER service_change BEFORE UPDATE ON public.service FOR EACH ROW EXECUTE FUNCTION service_change_allowed();

-- function app_clearance: owner tansiq_definer
-- function app_compartments: owner tansiq_definer
-- function app_desks: owner tansiq_definer
-- function app_officer: owner tansiq_definer
-- function app_oversight_origins: owner tansiq_definer
-- function app_partner: owner tansiq_definer
-- function app_partner_open: owner tansiq_definer
-- function app_partner_terms: owner tansiq_definer
-- function app_partner_vouched: owner tansiq_definer
-- function app_resolving: owner tansiq_definer
-- function app_role: owner tansiq_definer
-- function app_self: owner tansiq_definer
-- function app_today: owner tansiq_definer
-- function app_writes: owner tansiq_definer
-- function journal_is_append_only: owner tansiq_owner
-- function officer_change_allowed: owner tansiq_owner
-- function service_change_allowed: owner tansiq_owner
