import { cardVectors } from '#tests/spec/cards.ts';
import { codesAnnex } from './codes.ts';
import { httpVectors } from './http-vectors.ts';
import { kindVectors } from './kind-vectors.ts';
import { limitVectors } from './limit-vectors.ts';
import { schemaFiles } from './schemas.ts';

/** Path under `spec` to text, of everything there that is made from the code. */
export function generatedFiles(): ReadonlyMap<string, string> {
  return new Map([
    ...[...schemaFiles()].map(([name, text]) => [`schema/${name}`, text] as const),
    ['codes.md', codesAnnex()] as const,
    ['vectors/card/cards.json', `${JSON.stringify(cardVectors(), null, 2)}\n`] as const,
    ['vectors/exchange/http.json', `${JSON.stringify(httpVectors, null, 2)}\n`] as const,
    ['vectors/record/limits.json', `${JSON.stringify(limitVectors(), null, 2)}\n`] as const,
    ...[...kindVectors()].map(([name, text]) => [`vectors/kinds/${name}.json`, text] as const),
  ]);
}
