import { Type as T } from 'typebox';
import { closed, define, Names } from '../contract.ts';

export const setUp = define({
  setUp: {
    method: 'POST',
    path: '/api/set-up',
    summary: 'First start: name the service, make its keys, create the first administrator. Works once.',
    open: true,
    body: T.Object(
      {
        code: T.String({ pattern: '^[a-z][a-z0-9-]{1,30}$' }),
        names: Names,
        url: T.String({ minLength: 1, maxLength: 300 }),
        administrator: T.Object(
          {
            login: T.String({ pattern: '^[a-z][a-z0-9.-]{1,39}$' }),
            displayName: T.String({ minLength: 1, maxLength: 120 }),
            passphrase: T.String({ minLength: 12, maxLength: 400 }),
            language: T.Union([T.Literal('ar'), T.Literal('fr'), T.Literal('en')]),
          },
          closed,
        ),
      },
      closed,
    ),
    reply: T.Object({ service: T.String(), fingerprint: T.String() }, closed),
  },
});
