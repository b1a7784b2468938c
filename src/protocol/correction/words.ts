/** The closed lists of corrections and of the answers to them. */

/** COR-1: what happened to what was sent. */
export const correctionChanges = ['corrected', 'withdrawn', 'erased'] as const;
export type CorrectionChange = (typeof correctionChanges)[number];

export const correctionGrounds = [
  'factual-error',
  'mistaken-identity',
  'source-unreliable',
  'unlawfully-obtained',
  'ill-treatment-suspected',
  'no-longer-necessary',
  'court-order',
  'person-request',
] as const;
export type CorrectionGround = (typeof correctionGrounds)[number];

/** COR-2. `erased` answers an erasure alone. */
export const correctionAnswers = ['replaced', 'quarantined', 'erased', 'relied-on', 'refused'] as const;
export type CorrectionAnswer = (typeof correctionAnswers)[number];

/** How far proceedings that rest on the information have come. */
export const reliedOnStages = ['inquiry', 'arrest', 'charge', 'trial', 'judgment'] as const;
export type ReliedOnStage = (typeof reliedOnStages)[number];

export const correctionRefusalGrounds = [
  'legal-duty-to-keep',
  'evidence-in-proceedings',
  'oversight-order',
  'independent-source',
  'not-held',
] as const;
export type CorrectionRefusalGround = (typeof correctionRefusalGrounds)[number];

export function isCorrectionAnswer(value: unknown): value is CorrectionAnswer {
  return (correctionAnswers as readonly unknown[]).includes(value);
}
