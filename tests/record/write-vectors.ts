/** `node tests/record/write-vectors.ts`: writes the vectors of records and of what goes onward anew, after a change of the format. */
import { writeFileSync } from 'node:fs';
import { onwardVectors } from './onward-vectors.ts';
import { recordVectors } from './vectors.ts';

const file = new URL('../../spec/vectors/record/records.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(recordVectors(), null, 2)}\n`);
const onward = new URL('../../spec/vectors/onward/onward.json', import.meta.url);
writeFileSync(onward, `${JSON.stringify(onwardVectors(), null, 2)}\n`);
