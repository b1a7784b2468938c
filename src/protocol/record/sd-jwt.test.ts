import { createHash, createPublicKey, randomBytes, verify as verifySignature } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Jwt, pack, SDJwt, SDJwtInstance } from '@sd-jwt/core';
import { describe, expect, it } from 'vitest';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { atlas, draftOf } from '#tests/record/drafts.ts';
import { sorted } from '#tests/record/forge.ts';
import { issueAs, keyOf, signAs } from '#tests/record/parties.ts';
import { decodeDisclosure, digestOf, encodeDisclosure } from './disclosure.ts';
import { serialiseRecord } from './serialise.ts';
import { recordType, verifyRecord } from './verify.ts';

const vectors = JSON.parse(readFileSync(new URL('../../../spec/vectors/sd-jwt/rfc9901.json', import.meta.url), 'utf8'));
const fromBase64 = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));
const payloadOf = (jwt: string) => JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());

describe('RFC 9901', () => {
  it('[REC-2] hashes the disclosures of section 4.2 as they stand', () => {
    for (const { encoded, digest } of vectors.disclosures) expect(digestOf(encoded, nodePrimitives)).toBe(digest);
    // Not what they decode to: without white space the same contents have another digest.
    const [first] = vectors.disclosures;
    expect(digestOf(vectors.withoutWhiteSpace.encoded, nodePrimitives)).not.toBe(first.digest);
  });

  it('[REC-2] writes the disclosure of section 4.2.1 without white space, and reads that spelling alone', () => {
    const { salt, name, value, encoded } = vectors.withoutWhiteSpace;
    expect(encodeDisclosure(fromBase64(salt), { name, value })).toBe(encoded);
    expect(decodeDisclosure(encoded)).toEqual({ name, value });
    for (const { encoded: spaced } of vectors.disclosures) expect(decodeDisclosure(spaced)).toBe('malformed');
    const element = encodeDisclosure(fromBase64(vectors.disclosures[1].salt), { name: null, value: 'FR' });
    expect(decodeDisclosure(element)).toEqual({ name: null, value: 'FR' });
  });

  it('[REC-2] finds each disclosure of section 5.1 under one digest that the issuer signed', () => {
    const { jwt, jwk, disclosures } = vectors.issuerSigned;
    const [header, body, signature] = jwt.split('.');
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    const es256 = { key, dsaEncoding: 'ieee-p1363' } as const;
    expect(verifySignature('sha256', Buffer.from(`${header}.${body}`), es256, fromBase64(signature))).toBe(true);

    const payload = payloadOf(jwt);
    const elements = payload.nationalities.map((element: { '...': string }) => element['...']);
    expect(disclosures.length).toBe(10);
    for (const { encoded, contents } of disclosures) {
      const digest = digestOf(encoded, nodePrimitives);
      expect(payload._sd.includes(digest)).toBe(contents.length === 3);
      expect(elements.includes(digest)).toBe(contents.length === 2);
    }
  });
});

const hasher = (data: string | ArrayBuffer, algorithm: string) => {
  expect(algorithm).toBe('sha-256');
  return new Uint8Array(
    createHash('sha256')
      .update(typeof data === 'string' ? data : new Uint8Array(data))
      .digest(),
  );
};

describe('@sd-jwt/core', () => {
  const library = new SDJwtInstance({
    hasher,
    verifier: (data, signature) => {
      const bytes = new Uint8Array(Buffer.from(data));
      return Promise.resolve(nodePrimitives.ed25519Verify(atlas.publicKey, bytes, fromBase64(signature)));
    },
  });

  it('[REC-2] verifies our records, whole and reduced, and reads the same in them', async () => {
    const record = issueAs(atlas, draftOf(atlas));
    const whole = (await library.verify(serialiseRecord(record))) as {
      payload: Record<string, unknown>;
      header: object;
    };
    expect(whole.header).toEqual({ alg: 'Ed25519', kid: atlas.keyId, typ: recordType });
    expect(whole.payload).toMatchObject({
      iss: record.origin,
      id: record.id,
      title: record.title,
      desk: record.desk,
      compartments: record.marking.compartments,
      body: record.body,
      releasableTo: { envelope: 'any', portions: ['any', 'any'] },
    });
    expect(whole.payload['portions']).toMatchObject(record.portions.map(({ text, nature }) => ({ text, nature })));

    const kept = record.disclosures.filter(({ path }) => ['compartments', 'title', 'portions/1'].includes(path));
    const copy = await library.verify(serialiseRecord(record, new Set(kept.map(({ digest }) => digest))));
    const reduced = copy.payload as Record<string, unknown>;
    expect(reduced['title']).toBe(record.title);
    expect(reduced['body']).toEqual({});
    expect(reduced['desk']).toBeUndefined();
    expect(reduced['portions']).toMatchObject([{ text: record.portions[1]?.text }]);
  });

  it('[REC-2] makes records that we verify', async () => {
    const record = issueAs(atlas, draftOf(atlas));
    const { _sd, body: _body, portions: _portions, _sd_alg, ...clear } = payloadOf(record.jwt);
    const { level, compartments, handling, tlp } = record.marking;
    const portion = { text: 'نص', nature: 'fact', marking: { compartments, handling, level: level + 1, tlp } };
    // Their disclosures keep the order of keys that they are given; ours is sorted.
    const claims = JSON.parse(
      sorted({
        ...clear,
        title: 'من مكتبة أخرى',
        desk: 'analysis',
        cites: [],
        links: [],
        compartments,
        body: { reportType: 'lead', urgency: 'immediate' },
        portions: [portion],
      }),
    );
    const { packedClaims, disclosures } = await pack<Record<string, unknown>>(
      claims,
      {
        _sd: ['title', 'desk', 'cites', 'links', 'compartments'],
        _sd_decoy: 3,
        body: { _sd: ['reportType', 'urgency'], _sd_decoy: 6 },
        portions: { _sd: [0], _sd_decoy: 7 },
      } as never,
      { hasher, alg: 'sha-256' },
      (length) => randomBytes(length).toString('base64url'),
    );
    const jwt = new Jwt({
      header: { alg: 'Ed25519', kid: atlas.keyId, typ: recordType },
      payload: JSON.parse(sorted({ ...packedClaims, _sd_alg: 'sha-256' } as never)),
    });
    await jwt.sign((data) => Buffer.from(signAs(atlas, Buffer.from(data))).toString('base64url'));
    const sdJwt = new SDJwt({ jwt, disclosures }).encodeSDJwt();

    const verified = verifyRecord(sdJwt, keyOf(atlas), nodePrimitives);
    if (isRefusal(verified)) throw new Error(`refused: ${verified.code} at ${verified.at}`);
    expect(verified.title).toBe('من مكتبة أخرى');
    expect(verified.body).toEqual({ reportType: 'lead', urgency: 'immediate' });
    expect(verified.portions).toMatchObject([{ index: 0, text: 'نص', marking: { level: 3, releasableTo: [] } }]);
  });
});
