import { describe, expect, it } from 'vitest';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { party, signAs } from '#tests/record/parties.ts';
import { ascii, base64url, fromUtf8 } from './encoding.ts';
import { jwsCompact, jwsSigningInput, verifyJws } from './jws.ts';

const typ = 'tansiq-receipt';
const atlas = party('atlas');
const keyOf = (kid: string) => (kid === atlas.keyId ? atlas.publicKey : undefined);
const verify = (compact: string, of = typ) => verifyJws(compact, of, keyOf, nodePrimitives);

function signed(payload: string, header?: string): string {
  const input = jwsSigningInput(typ, atlas.keyId, payload);
  const other = header === undefined ? input : ascii(`${base64url(ascii(header))}.${fromUtf8(input)?.split('.')[1]}`);
  return jwsCompact(other, signAs(atlas, other));
}

describe('JWS', () => {
  it('verifies what it signed and gives out the payload', () => {
    const jws = signed('{"through":3}');
    expect(jws.split('.')[0]).toBe(base64url(ascii(`{"alg":"Ed25519","kid":"${atlas.keyId}","typ":"${typ}"}`)));
    const verified = verify(jws);
    expect(verified).toMatchObject({ kid: atlas.keyId });
    expect(fromUtf8((verified as { payload: Uint8Array }).payload)).toBe('{"through":3}');
  });

  it('[REC-2] takes no header but its own, even one that is signed', () => {
    const kid = atlas.keyId;
    const headers = [
      `{"alg":"none","kid":"${kid}","typ":"${typ}"}`,
      `{"alg":"EdDSA","kid":"${kid}","typ":"${typ}"}`,
      `{"kid":"${kid}","alg":"Ed25519","typ":"${typ}"}`,
      `{"alg":"Ed25519", "kid":"${kid}","typ":"${typ}"}`,
      `{"alg":"Ed25519","kid":"${kid}","typ":"${typ}","b64":false}`,
      `{"alg":"Ed25519","kid":"${kid.slice(1)}","typ":"${typ}"}`,
      `{"alg":"Ed25519","kid":"${kid}","typ":"another"}`,
      '',
    ];
    for (const header of headers) expect(verify(signed('{}', header)), header).toBe('malformed');
  });

  it('[REC-2] tells an unknown key from a wrong signature', () => {
    const [header = '', payload = '', signature = ''] = signed('{"a":1}').split('.');
    expect(verify(`${header}.${base64url(ascii('{"a":2}'))}.${signature}`)).toBe('signature-invalid');
    const stranger = party('stranger');
    const input = jwsSigningInput(typ, stranger.keyId, '{}');
    expect(verify(jwsCompact(input, signAs(stranger, input)))).toBe('key-unknown');
    for (const jws of [
      '',
      '..',
      `${header}.${payload}`,
      `${header}.${payload}.${signature}.`,
      `${header}.${payload}.AA`,
    ]) {
      expect(verify(jws), jws).toBe('malformed');
    }
    expect(verify(`${header}.${payload}=.${signature}`)).toBe('malformed');
  });
});
