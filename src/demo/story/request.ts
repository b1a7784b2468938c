import type { RequestInput } from '#src/features/requests/contract.ts';
import type { Language } from '#src/protocol/primitives.ts';
import type { ServiceCode } from './services.ts';

/** A question of the story; its marking is the same for all. */
export interface StoryRequest
  extends Pick<RequestInput, 'title' | 'question' | 'reasons' | 'urgency' | 'purpose' | 'legalBasis'> {
  readonly key: string;
  readonly from: ServiceCode;
  readonly to: readonly ServiceCode[];
  readonly language: Language;
  readonly urgencyReason: string;
  readonly respondWithinDays: number;
}
