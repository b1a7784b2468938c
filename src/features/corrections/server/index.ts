import type { Handlers } from '../../handlers.ts';
import type { corrections } from '../contract.ts';
import { answerRoutes } from './answer.ts';
import { type CorrectionDeps, changeRoutes } from './change.ts';
import { readRoutes } from './read.ts';
import { remindRoutes } from './remind.ts';

export type { CorrectionDeps } from './change.ts';

export function correctionRoutes(deps: CorrectionDeps): Handlers<typeof corrections> {
  return { ...readRoutes(deps), ...changeRoutes(deps), ...answerRoutes(deps), ...remindRoutes(deps) };
}
