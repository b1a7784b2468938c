/** How the code reads each form of `spec/schema`. */
import { exchangeReadings } from './exchange-readings.ts';
import type { Reading } from './reading.ts';
import { recordReadings } from './record-readings.ts';

export type { Reading } from './reading.ts';

export const readings: { readonly [form: string]: Reading } = { ...recordReadings, ...exchangeReadings };
