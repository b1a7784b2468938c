/** `node tests/keys/write-vectors.ts`: writes spec/vectors/keys/statements.json anew, after a change of the format. */
import { writeFileSync } from 'node:fs';
import { keyVectors } from './vectors.ts';

const file = new URL('../../spec/vectors/keys/statements.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(keyVectors(), null, 2)}\n`);
