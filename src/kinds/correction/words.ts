/** The closed lists of the kinds `correction` and `correction-answer`, apart from their schemas for the screen's sake. */
export {
  type CorrectionAnswer,
  type CorrectionChange,
  type CorrectionGround,
  type CorrectionRefusalGround,
  correctionAnswers,
  correctionChanges,
  correctionGrounds,
  correctionRefusalGrounds,
  type ReliedOnStage,
  reliedOnStages,
} from '#src/protocol/correction/words.ts';
