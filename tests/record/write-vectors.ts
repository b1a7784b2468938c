/** `node tests/record/write-vectors.ts`: writes spec/vectors/record/records.json anew, after a change of the format. */
import { writeFileSync } from 'node:fs';
import { recordVectors } from './vectors.ts';

const file = new URL('../../spec/vectors/record/records.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(recordVectors(), null, 2)}\n`);
