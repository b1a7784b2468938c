import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { onwardVectors } from '#tests/record/onward-vectors.ts';
import { permissionStanding } from '../admission/permission.ts';
import { letterInfo, letterPlaintext, readLetter } from '../exchange/letter.ts';
import { isRecordIdOf, recordIdOf } from '../record/record-id.ts';
import { verifyRecord } from '../record/verify.ts';
import { isRefusal } from '../refusal.ts';
import { verifyHolding } from './holding.ts';

const file = new URL('../../../spec/vectors/onward/onward.json', import.meta.url);
const vectors = JSON.parse(readFileSync(file, 'utf8')) as ReturnType<typeof onwardVectors>;
const keys = new Map(vectors.keys.map(({ service, keyId, publicKey }) => [`${service} ${keyId}`, publicKey]));
const keyOf = (service: string, key: string) => {
  const found = keys.get(`${service} ${key}`);
  return found === undefined ? undefined : new Uint8Array(Buffer.from(found, 'base64url'));
};

describe('the vectors of what goes onward', () => {
  it('are those that this implementation makes', () => {
    expect(vectors).toEqual(JSON.parse(JSON.stringify(onwardVectors())));
  });

  it('[REC-1] ids are their origin’s and no other’s', () => {
    for (const { origin, at, random, id } of vectors.ids.cases) {
      expect(recordIdOf(origin, at, Buffer.from(random, 'hex'), nodePrimitives)).toBe(id);
      expect(isRecordIdOf(origin, id, nodePrimitives)).toBe(true);
    }
    for (const { origin, id } of vectors.ids.foreign) expect(isRecordIdOf(origin, id, nodePrimitives)).toBe(false);
  });

  it.each(vectors.permissions.cases.map((each) => [each.name, each] as const))('[PRM-1] %s', (_, each) => {
    const record = verifyRecord(each.sdJwt, keyOf, nodePrimitives);
    const standing = isRefusal(record) ? record : permissionStanding(record);
    expect(isRefusal(standing) ? { refusal: standing.code } : { standing }).toEqual(
      'refusal' in each ? { refusal: each.refusal } : { standing: each.standing },
    );
  });

  it('[REL-3] statements of holding are believed or not', () => {
    for (const { statement, claims } of vectors.holdings.valid) {
      expect(verifyHolding(statement, keyOf, nodePrimitives)).toEqual(claims);
    }
    for (const { name, statement } of vectors.holdings.invalid) {
      expect(verifyHolding(statement, keyOf, nodePrimitives), name).toMatchObject({ code: 'holding-invalid' });
    }
  });

  it('[EXC-5] a letter has this info and this plaintext', () => {
    const { to, key, from, messages, info, plaintext } = vectors.letters;
    expect(Buffer.from(letterInfo({ to, key })).toString('hex')).toBe(info);
    expect(Buffer.from(letterPlaintext(from, messages)).toString('hex')).toBe(plaintext);
    expect(readLetter(new Uint8Array(Buffer.from(plaintext, 'hex')))).toEqual({ from, messages });
  });
});
