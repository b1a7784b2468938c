/** Mutants of the policies that nobody can tell from the original, each with the reason. */
const notUpdatable = (column: string) => `nobody has the right to update ${column}, so the row keeps it`;

export const equivalentPolicies: { readonly [mutant: string]: string } = {
  'function app_partner_vouched: without and NOT (s.is_self)': 'nobody vouches for the service that the node is of',
  'function app_oversight_origins: sorted the other way by key 1': 'one line a partner, in whatever order',
  "function officer_change_allowed: without and CURRENT_USER = 'tansiq_officer'":
    'no other role that a transaction runs as may update an officer',
  "function officer_change_allowed: without or public.app_role() IS DISTINCT FROM 'administrator'":
    'whoever is no administrator reaches the own row alone, by the policies of the table',
  'view gate.told_anyway: without and p.onward_to IS NOT NULL': 'no partner equals null',
  "view gate.onward_permission: without and p.use = 'onward'": 'a constraint: onward_to is there with this use alone',
  "view gate.onward_permission: without and p.decision = 'granted'":
    'a constraint: valid_until is there with this decision alone',
  'policy journal.officer_reads: qual without and record_id IS NOT NULL': 'no record equals null',
  'policy officer.administrator_changes_others: qual without and id <> ((SELECT app_officer()))':
    'the trigger officer_change lets nothing of the own row through but the language, which its own policy allows',
  'policy officer.administrator_changes_others: with_check true': notUpdatable('id'),
  'policy officer.officer_chooses_language: with_check true': notUpdatable('id'),
  'policy read_mark.officer_marks_again: with_check without and officer = ((SELECT app_officer()))':
    notUpdatable('officer'),
  'policy record_head.officer_moves_own: with_check without and origin = ((SELECT app_self()))': notUpdatable('origin'),
  'policy release.officer_refuses_own: with_check without and released_by = ((SELECT app_officer()))':
    notUpdatable('released_by'),
  'policy service.officer_confirms: with_check true': notUpdatable('is_self'),
};
