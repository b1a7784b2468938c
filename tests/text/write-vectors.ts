/** `node tests/text/write-vectors.ts`: writes the vectors of texts anew. */
import { writeFileSync } from 'node:fs';
import { textVectors } from './vectors.ts';

const escaped = (json: string) =>
  json.replace(/[^\n -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
const file = new URL('../../spec/vectors/text/texts.json', import.meta.url);
writeFileSync(file, `${escaped(JSON.stringify(textVectors(), null, 2))}\n`);
