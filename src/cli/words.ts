/** The words of closed lists as options take them. */
import { purposes } from '#src/protocol/record/record.ts';

/** What a report may be for; `administration` never carries personal data, so no report is for it. */
export const reportPurposes = purposes.filter((purpose) => purpose !== 'administration');
