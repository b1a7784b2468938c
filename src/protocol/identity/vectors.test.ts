import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { type KeyVectors, keyVectors } from '#tests/keys/vectors.ts';
import { base64url, fromBase64url } from '../encoding.ts';
import { isRefusal } from '../refusal.ts';
import type { KeyStatement, PublicKey, ServiceKeys } from './statement.ts';
import { type KeptStatements, keptAfter, takeStatement } from './take-statement.ts';

const file = new URL('../../../spec/vectors/keys/statements.json', import.meta.url);
const vectors: KeyVectors = JSON.parse(readFileSync(file, 'utf8'));

type Written = KeyVectors['card'];
const raw = ({ id, publicKey }: { id: string; publicKey: string }): PublicKey => ({
  id,
  publicKey: fromBase64url(publicKey) ?? new Uint8Array(0),
});
const read = ({ signing, sealing, recovery, ...keys }: Written): ServiceKeys => ({
  ...keys,
  signing: signing.map(raw),
  sealing: raw(sealing),
  recovery: recovery && raw(recovery),
});
const text = ({ id, publicKey }: PublicKey) => ({ id, publicKey: base64url(publicKey) });
const written = ({ service, version, hash, signing, revoked, sealing, recovery }: ServiceKeys): Written => ({
  service,
  version,
  hash,
  signing: signing.map(text),
  revoked,
  sealing: text(sealing),
  recovery: recovery && text(recovery),
});

const follows = new Map(
  vectors.cases.flatMap(({ keys, before }) => (keys ? [[keys.hash, { keys, before }] as const] : [])),
);

/** All that is held by whoever has this version: the card, and each statement after it. */
function chainTo(hash: string): KeptStatements['chain'] {
  const one = follows.get(hash);
  if (one) return [...chainTo(one.before), read(one.keys) as KeyStatement] as unknown as KeptStatements['chain'];
  if (hash !== vectors.card.hash) throw new Error('the vector follows from nothing');
  return [read(vectors.card)];
}

describe('[KEY-1] vectors of keys', () => {
  it.each(vectors.cases.map((vector) => [vector.name, vector] as const))('%s', (_name, vector) => {
    const taken = takeStatement(vector.statement, { chain: chainTo(vector.before), contradicting: [] }, nodePrimitives);
    if (isRefusal(taken)) expect(taken.code).toBe(vector.refusal);
    else expect(taken.verdict === 'follows' && written(taken.statement)).toEqual(vector.keys);
  });

  it.each(vectors.takings.map((taking) => [taking.name, taking] as const))('%s', (_name, taking) => {
    let kept: KeptStatements = { chain: [read(vectors.card)], contradicting: [] };
    for (const statement of taking.statements) {
      const taken = takeStatement(statement, kept, nodePrimitives);
      if (isRefusal(taken)) throw new Error(taken.code);
      kept = keptAfter(kept, taken);
    }
    expect(kept.chain.slice(1).map(({ hash }) => hash)).toEqual(taking.inForce);
    expect(kept.contradicting.map(({ hash }) => hash)).toEqual(taking.contradicting);
  });

  it('are what the code makes today', () => {
    expect(vectors.cases.length).toBeGreaterThan(12);
    expect(vectors).toEqual(JSON.parse(JSON.stringify(keyVectors())));
  });
});
