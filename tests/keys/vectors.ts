/** KEY-1 for a second implementation: statements, what they follow from, and which of two that contradict each other counts. */
import type { KeyStatement, ServiceKeys } from '#src/protocol/identity/statement.ts';
import type { RefusalCode } from '#src/protocol/refusal.ts';
import {
  type Claims,
  cardKeys,
  claimsOf,
  forged,
  inception,
  recovery,
  sealingKey,
  signingKey,
  stated,
  written,
} from './statements.ts';

export interface KeyVectors {
  readonly about: string;
  /** Version 1, as the service card says it. */
  readonly card: ReturnType<typeof keysOf>;
  /** Each is verified as the one that follows `before`: the hash of the card or of a valid statement above. */
  readonly cases: readonly {
    readonly name: string;
    readonly before: string;
    readonly statement: string;
    readonly keys?: ReturnType<typeof keysOf>;
    readonly refusal?: RefusalCode;
  }[];
  /** Statements taken one after another, beginning with the card alone; the hashes of the ones in force afterwards. */
  readonly takings: readonly {
    readonly name: string;
    readonly statements: readonly string[];
    readonly inForce: readonly string[];
    readonly contradicting: readonly string[];
  }[];
}

function keysOf({ service, version, hash, signing, revoked, sealing, recovery: offline }: ServiceKeys) {
  const keys = {
    signing: signing.map(written),
    revoked,
    sealing: written(sealing),
    recovery: offline && written(offline),
  };
  return { service, version, hash, ...keys };
}

const [second, third, stolen] = [signingKey('second'), signingKey('third'), signingKey('of the thief')];
const named = stated(cardKeys, { recovery }, inception);
const rotated = stated(named, { signing: second }, inception);
const resealed = stated(rotated, { sealing: sealingKey('second') }, second);
const theft = stated(named, { signing: stolen }, inception);
const further = stated(theft, { sealing: sealingKey('of the thief') }, stolen);
const recovered = stated(named, { signing: third, sealing: sealingKey('third'), revoke: [inception.id] }, recovery);

const valid: readonly (readonly [string, ServiceKeys, KeyStatement])[] = [
  ['the recovery key is made known', cardKeys, named],
  ['a new signing key, signed by the one before, which is retired', named, rotated],
  ['a new sealing key, signed by the new signing key', rotated, resealed],
  ['the lost key is revoked by the recovery key', named, recovered],
];

/** KEY-1: a statement between may be missing that names its key. */
const byStranger = 'signed by a key that no statement held names';

function invalid(): readonly (readonly [string, ServiceKeys, string])[] {
  const lie = (change: (claims: Claims) => Claims) => forged(change(claimsOf(rotated)), inception);
  return [
    ['signed by a retired key', rotated, forged(claimsOf(resealed), inception)],
    [byStranger, named, forged(claimsOf(rotated), signingKey('stranger'))],
    ['signed under another type', named, forged(claimsOf(rotated), inception, 'tansiq-record')],
    ['a version is skipped', named, lie((claims) => ({ ...claims, version: 4 }))],
    ['another predecessor', named, lie((claims) => ({ ...claims, previous: cardKeys.hash }))],
    ['another service', named, lie((claims) => ({ ...claims, service: cardKeys.hash }))],
    ['an unknown member', named, lie((claims) => ({ ...claims, more: null }))],
    [
      'a key under another id',
      named,
      lie((claims) => ({ ...claims, signing: [{ ...written(second), id: third.id }, written(inception)] })),
    ],
    ['the key before is silently gone', named, lie((claims) => ({ ...claims, signing: [written(second)] }))],
    [
      'a key is retired that never was current',
      named,
      lie((claims) => ({ ...claims, signing: [written(second), written(inception), written(third)] })),
    ],
    [
      'the recovery key signs records too',
      named,
      lie((claims) => ({ ...claims, signing: [written(recovery), written(inception)] })),
    ],
    [
      'a revocation is taken back',
      recovered,
      forged({ ...claimsOf(recovered), version: 4, previous: recovered.hash, revoked: [] }, third),
    ],
  ];
}

export function keyVectors(): KeyVectors {
  const jws = ({ jws }: KeyStatement) => jws;
  const hash = ({ hash }: ServiceKeys) => hash;
  return {
    about:
      'KEY-1. A signing key’s seed is the SHA-256 of its name (`inception`, `second`, `third`, `recovery`, `of the thief`, `stranger`), an Ed25519 private key of RFC 8032; sealing keys are 1216 bytes that nobody can open with. The hash of the card is made up; any service has its own.',
    card: keysOf(cardKeys),
    cases: [
      ...valid.map(([name, before, statement]) => ({
        name,
        before: before.hash,
        statement: statement.jws,
        keys: keysOf(statement),
      })),
      ...invalid().map(([name, before, statement]) => ({
        name,
        before: before.hash,
        statement,
        refusal: name === byStranger ? ('keys-gap' as const) : ('keys-invalid' as const),
      })),
    ],
    takings: [
      {
        name: 'in order, one of them twice',
        statements: [named, rotated, rotated, resealed].map(jws),
        inForce: [named, rotated, resealed].map(hash),
        contradicting: [],
      },
      {
        name: 'two follow the same one: the first stays',
        statements: [named, rotated, theft].map(jws),
        inForce: [named, rotated].map(hash),
        contradicting: [theft].map(hash),
      },
      {
        name: 'the word of the recovery key takes the place of what the stolen key said',
        statements: [named, theft, further, recovered].map(jws),
        inForce: [named, recovered].map(hash),
        contradicting: [theft, further].map(hash),
      },
      {
        name: 'what the stolen key says afterwards changes nothing',
        statements: [named, recovered, theft, further].map(jws),
        inForce: [named, recovered].map(hash),
        contradicting: [theft, further].map(hash),
      },
    ],
  };
}
