import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { kindOf } from '#src/kinds/index.ts';
import { codeOnArrival, correctionVectors } from '#tests/record/correction-vectors.ts';
import { problemOfForm } from '../admission/admit-record.ts';
import type { VerifiedRecord } from '../record/record.ts';
import { verifyRecord, verifyRevision } from '../record/verify.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { answerClaims, correctionClaims, problemOfAnswer } from './claims.ts';
import { digestsWith, portionsAgain } from './portions-again.ts';

const file = new URL('../../../spec/vectors/correction/corrections.json', import.meta.url);
const vectors = JSON.parse(readFileSync(file, 'utf8')) as ReturnType<typeof correctionVectors>;
const keys = new Map(vectors.keys.map(({ service, keyId, publicKey }) => [`${service} ${keyId}`, publicKey]));
const keyOf = (service: string, key: string) => {
  const found = keys.get(`${service} ${key}`);
  return found === undefined ? undefined : new Uint8Array(Buffer.from(found, 'base64url'));
};
const verified = (sdJwt: string): VerifiedRecord => {
  const record = verifyRecord(sdJwt, keyOf, nodePrimitives);
  if (isRefusal(record)) throw new Error(record.code);
  return record;
};
const outcomeOf = (claims: object | Refusal) => (isRefusal(claims) ? { refusal: claims.code } : { claims });
const formOf = (record: VerifiedRecord) => {
  const kind = kindOf(record.kind);
  if (!kind) throw new Error(`no kind ${record.kind}`);
  return problemOfForm(record, kind);
};

describe('the vectors of corrections', () => {
  it('are those that this implementation makes', () => {
    expect(vectors).toEqual(JSON.parse(JSON.stringify(correctionVectors())));
  });

  it('[REC-4] a bare revision says its place in the chain, and no more', () => {
    for (const { jwt, is } of vectors.revisions.chain)
      expect(verifyRevision(jwt, keyOf, nodePrimitives)).toMatchObject(is);
    const [one] = vectors.revisions.chain;
    expect(verifyRevision(`${one?.jwt.slice(0, -4)}AAAA`, keyOf, nodePrimitives)).toMatchObject({
      code: 'record-signature-invalid',
    });
    expect(verifyRevision(`${one?.jwt}~`, keyOf, nodePrimitives)).toMatchObject({ refused: true });
  });

  it.each(vectors.corrections.cases.map((each) => [each.name, each] as const))(
    '[COR-1] %s',
    (_, { sdJwt, ...each }) => {
      const record = verified(sdJwt);
      expect({ name: each.name, ...outcomeOf(formOf(record) ?? correctionClaims(record)) }).toEqual(each);
    },
  );

  it.each(vectors.answers.cases.map((each) => [each.name, each] as const))('[COR-2] %s', (_, { sdJwt, ...each }) => {
    const record = verified(sdJwt);
    expect({ name: each.name, ...outcomeOf(formOf(record) ?? answerClaims(record)) }).toEqual(each);
  });

  it.each(vectors.arriving.cases.map((each) => [each.name, each] as const))(
    '[COR-1] [COR-3] [MRK-1] %s',
    (_, { held, sdJwt, refusal }) => {
      expect(codeOnArrival(verified(sdJwt), held.map(verified))).toBe(refusal ?? null);
    },
  );

  it('[COR-2] which answer fits which change', () => {
    for (const { change, answer, fits } of vectors.answers.fitting) {
      expect(problemOfAnswer(answer, change) === null, `${answer} to ${change}`).toBe(fits);
    }
  });

  it('[COR-1] [REL-3] which portions go onward again', () => {
    const [first, second] = [verified(vectors.again.first), verified(vectors.again.second)];
    for (const { permitted, portions, digests } of vectors.again.cases) {
      const paths = permitted.map((index) => `portions/${index}`);
      const given = first.disclosures.filter(({ path }) => paths.includes(path)).map(({ digest }) => digest);
      expect(portionsAgain(first, second, given)).toEqual(portions);
      expect(digestsWith(second, portions).toSorted()).toEqual(digests);
    }
  });
});
