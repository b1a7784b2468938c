import type { RecordView } from '#src/features/records/contract.ts';

/** Records about records, or about trust: nobody asks for permission to use them, and nothing draws on them. */
const speakOfRecords = new Set([
  'permission-request',
  'permission',
  'correction',
  'correction-answer',
  'agreement',
  'assent',
  'service',
]);
export const carriesInformation = (record: Pick<RecordView, 'kind'>): boolean => !speakOfRecords.has(record.kind);

/** What these say is told in words above and below; their fields would say it twice, and by index and hash. */
const toldInWords = new Set(['permission-request', 'permission', 'correction']);
export const showsFields = (record: Pick<RecordView, 'kind'>): boolean => !toldInWords.has(record.kind);
