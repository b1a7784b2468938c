/** `node tools/spec/main.ts`: writes what the specification takes from the code: schemas, the annex of codes, vectors of bodies. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { generatedFiles } from './generated.ts';

for (const [path, text] of generatedFiles()) {
  const file = new URL(`../../spec/${path}`, import.meta.url);
  mkdirSync(dirname(file.pathname), { recursive: true });
  writeFileSync(file, text);
}
