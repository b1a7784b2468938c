/** How a report of the story is written down; everything not said here is the same for all. */
import type { Language } from '#src/protocol/primitives.ts';
import type { Grading } from '#src/protocol/record/record.ts';
import type { ServiceCode } from './services.ts';

export interface StoryPortion {
  readonly text: string;
  readonly nature: 'fact' | 'assessment';
  /** Higher than the report's own level: a partner below it gets the copy without this portion. */
  readonly level?: 3 | 4;
}

export interface StoryReport {
  readonly key: string;
  readonly from: ServiceCode;
  readonly to: readonly ServiceCode[];
  readonly language: Language;
  readonly title: string;
  readonly reportType: 'lead' | 'information';
  readonly urgency: 'routine' | 'urgent' | 'immediate';
  /** Days after the report by which an answer is needed. */
  readonly respondWithinDays?: number;
  readonly grading: Grading;
  readonly level: 1 | 2 | 3;
  /** Who may have it beside its recipients, should its origin permit it. */
  readonly alsoReleasableTo?: readonly ServiceCode[];
  readonly handling: readonly ('H0' | 'H1' | 'H2')[];
  readonly purpose: 'terrorism-prevention' | 'terrorism-investigation' | 'organised-crime' | 'border-security';
  readonly legalBasis: string;
  readonly portions: readonly StoryPortion[];
  /** Reports that it draws on, given before. */
  readonly drawsOn?: readonly StoryReport[];
}
