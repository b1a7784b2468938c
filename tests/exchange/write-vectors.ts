/** `node tests/exchange/write-vectors.ts`: writes spec/vectors/exchange anew, after a change of the format. */
import { writeFileSync } from 'node:fs';
import { bundleVectors } from './bundle-vectors.ts';
import { envelopeVectors } from './envelope-vectors.ts';
import { linkVectors } from './link-vectors.ts';
import { transcripts } from './transcripts.ts';

for (const [name, vectors] of Object.entries({
  envelope: envelopeVectors(),
  link: linkVectors(),
  bundle: bundleVectors(),
  transcripts: transcripts(),
})) {
  const file = new URL(`../../spec/vectors/exchange/${name}.json`, import.meta.url);
  writeFileSync(file, `${JSON.stringify(vectors, null, 2)}\n`);
}
