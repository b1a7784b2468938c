/** One thing that an officer of the story does. Days are counted back from the day on which the demo is first started; hours are UTC. */
import type { CorrectionAnswerInput, RevisionInput } from '#src/features/corrections/contract.ts';
import type { OutcomeInput } from '#src/features/decisions/contract.ts';
import type { PermissionRequestInput, UseInput } from '#src/features/permissions/contract.ts';
import type { AnswerInput } from '#src/features/requests/contract.ts';
import type { PermissionGround } from '#src/kinds/permission/words.ts';
import type { StoryReport } from './report.ts';
import type { StoryRequest } from './request.ts';
import type { ServiceCode, StoryOfficer } from './services.ts';

export interface Moment {
  readonly daysAgo: number;
  /** `HH:MM` */
  readonly time: string;
}
export const at = (daysAgo: number, time: string): Moment => ({ daysAgo, time });

interface Act {
  readonly at: Moment;
  readonly service: ServiceCode;
  readonly role: StoryOfficer['role'];
}
interface OnReport extends Act {
  readonly report: StoryReport;
}
interface OnRequest extends Act {
  readonly request: StoryRequest;
}

export type ReportScene =
  | (OnReport & { readonly act: 'give' })
  | (OnReport & { readonly act: 'read' })
  /** The sender reads what has come back on it. */
  | (OnReport & { readonly act: 'read-answers' })
  | (OnReport & { readonly act: 'assign'; readonly desk: string; readonly reason: string })
  | (OnReport & {
      readonly act: 'decide';
      readonly decision: 'act' | 'no-action' | 'already-known' | 'need-more';
      readonly reason?: string;
      readonly assignTo?: string;
    })
  | (OnReport & {
      readonly act: 'report-outcome';
      readonly results: OutcomeInput['results'];
      readonly text: string;
    });

export type ConditionScene =
  | (OnReport & {
      readonly act: 'ask-permission';
      readonly use: PermissionRequestInput['use'];
      readonly reason: string;
      readonly onwardTo?: ServiceCode;
      readonly portions?: readonly number[];
    })
  | (OnReport & {
      readonly act: 'decide-permission';
      /** Who had asked. */
      readonly of: ServiceCode;
      readonly decision:
        | { readonly decision: 'refused'; readonly ground: PermissionGround; readonly explanation: string }
        | {
            readonly decision: 'granted';
            readonly portions: readonly number[] | null;
            readonly validForDays: number;
            readonly conditions: string;
          };
    })
  | (OnReport & { readonly act: 'pass-on'; readonly to: ServiceCode })
  | (OnReport & { readonly act: 'use'; readonly reference: string; readonly stage: UseInput['stage'] })
  | (OnReport & {
      readonly act: 'correct';
      readonly ground: RevisionInput['ground'];
      readonly explanation: string;
      readonly respondWithinDays: number;
      /** The one portion that changes, and its new text. */
      readonly portion: number;
      readonly text: string;
    })
  | (OnReport & { readonly act: 'answer-correction'; readonly answer: CorrectionAnswerInput });

export type RequestScene =
  | (OnRequest & { readonly act: 'ask' })
  | (OnRequest & {
      readonly act: 'answer';
      readonly answer: AnswerInput['answer'];
      readonly restWithinDays: number;
      readonly grading: NonNullable<AnswerInput['grading']>;
      readonly text: string;
    });

export type Scene = ReportScene | ConditionScene | RequestScene;
