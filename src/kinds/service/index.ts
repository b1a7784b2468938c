import { Type as T } from 'typebox';
import { sealingSuite } from '#src/protocol/exchange/state.ts';
import { defineKind } from '../define-kind.ts';
import { Bytes32, closed, line } from '../schema.ts';
import { serviceWords } from './captions.ts';

const Name = T.String({ minLength: 1, maxLength: 200, ...line });

/** KEY-2: how a service is reached and with which keys. Who it is, its inception key says and nothing else. */
export const service = defineKind({
  name: 'service',
  body: T.Object(
    {
      code: T.String({ pattern: '^[a-z][a-z0-9-]{1,30}$' }),
      names: T.Object({ ar: Name, fr: Name, en: Name }, closed),
      /** Null where only files are carried. */
      url: T.Union([T.Null(), T.String({ pattern: '^https?://[^\\s]+$', maxLength: 300 })]),
      inceptionKey: Bytes32,
      /** Key id to raw Ed25519 public key. */
      signingKeys: T.Record(Bytes32, Bytes32, { minProperties: 1, maxProperties: 8, additionalProperties: false }),
      sealingKey: T.Object(
        {
          id: Bytes32,
          suite: T.Literal(sealingSuite),
          /** X-Wing, 1216 bytes. */
          publicKey: T.String({ pattern: '^[A-Za-z0-9_-]{1621}[AQgw]$' }),
        },
        closed,
      ),
    },
    closed,
  ),
  ...serviceWords,
  graded: false,
  foundsTrust: true,
  portionsMin: 0,
  nothingElse: { titles: 'names', portions: false, links: [] },
  requires: [],
});
