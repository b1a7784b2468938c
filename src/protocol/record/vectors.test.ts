import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { type RecordVectors, recordVectors } from '#tests/record/vectors.ts';
import { fromBase64url } from '../encoding.ts';
import { verifyRecord } from './verify.ts';

const file = new URL('../../../spec/vectors/record/records.json', import.meta.url);
const vectors: RecordVectors = JSON.parse(readFileSync(file, 'utf8'));

function keyOf(origin: string, keyId: string): Uint8Array | undefined {
  const known = vectors.keys.find((key) => key.service === origin && key.keyId === keyId);
  return known && (fromBase64url(known.publicKey) ?? undefined);
}

describe('record vectors', () => {
  it.each(vectors.cases.map((vector) => [vector.name, vector] as const))('[REC-2] %s', (_name, vector) => {
    const verified = verifyRecord(vector.sdJwt, keyOf, nodePrimitives);
    if (vector.refusal !== undefined) expect(verified).toMatchObject({ refused: true, code: vector.refusal });
    else expect(verified).toMatchObject({ ...vector.record });
  });

  it('are what the code makes today', () => {
    expect(vectors.cases.length).toBeGreaterThan(25);
    expect(vectors).toEqual(JSON.parse(JSON.stringify(recordVectors())));
  });
});
