import { agreementWords } from './agreement/captions.ts';
import { answerWords } from './answer/captions.ts';
import { assentWords } from './assent/captions.ts';
import { correctionWords } from './correction/captions.ts';
import { correctionAnswerWords } from './correction-answer/captions.ts';
import { dispositionWords } from './disposition/captions.ts';
import type { KindWords } from './kind.ts';
import { outcomeWords } from './outcome/captions.ts';
import { permissionWords } from './permission/captions.ts';
import { permissionRequestWords } from './permission-request/captions.ts';
import { reportWords } from './report/captions.ts';
import { requestWords } from './request/captions.ts';
import { serviceWords } from './service/captions.ts';

/** The words of every kind without the schemas: what the screen loads. */
export const kindWords: { readonly [kind: string]: KindWords } = {
  report: reportWords,
  disposition: dispositionWords,
  outcome: outcomeWords,
  request: requestWords,
  answer: answerWords,
  agreement: agreementWords,
  assent: assentWords,
  service: serviceWords,
  correction: correctionWords,
  'correction-answer': correctionAnswerWords,
  'permission-request': permissionRequestWords,
  permission: permissionWords,
};
