/** `node tests/record/write-vectors.ts`: writes the vectors of records, of what goes onward and of corrections anew, after a change of the format. */
import { writeFileSync } from 'node:fs';
import { correctionVectors } from './correction-vectors.ts';
import { onwardVectors } from './onward-vectors.ts';
import { recordVectors } from './vectors.ts';

const file = new URL('../../spec/vectors/record/records.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(recordVectors(), null, 2)}\n`);
const onward = new URL('../../spec/vectors/onward/onward.json', import.meta.url);
writeFileSync(onward, `${JSON.stringify(onwardVectors(), null, 2)}\n`);
const correction = new URL('../../spec/vectors/correction/corrections.json', import.meta.url);
writeFileSync(correction, `${JSON.stringify(correctionVectors(), null, 2)}\n`);
