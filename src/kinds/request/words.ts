/** The closed lists of the kinds `request` and `answer`, apart from their schemas for the screen's sake. */

/** How soon an answer is needed; the usual deadlines follow Directive (EU) 2023/977 Art. 5: hours, three days, seven days. */
export const requestUrgencies = ['routine', 'urgent', 'immediate'] as const;
export type RequestUrgency = (typeof requestUrgencies)[number];

export const answerStates = ['full', 'partial', 'no-information', 'clarification-needed', 'refused'] as const;
export type AnswerState = (typeof answerStates)[number];

/** After Directive (EU) 2023/977 Art. 6. */
export const answerRefusalGrounds = [
  'judicial-authorisation-refused',
  'national-security',
  'ongoing-investigation',
  'safety-of-a-person',
  'manifestly-irrelevant',
  'not-proportionate',
  'incorrect-data',
  'third-party-consent-refused',
  'minor-offence',
] as const;
export type AnswerRefusalGround = (typeof answerRefusalGrounds)[number];
