/** What this machine can do at all, measured in the same run as what we do on it. */
import { generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import type { PostgresOptions } from '#src/adapters/postgres/index.ts';
import { openPostgres } from '#src/adapters/postgres/index.ts';

const measureMs = 3_000;

/** One row, one durable commit, one after the other: per second. */
export async function commitsPerSecond(where: PostgresOptions): Promise<number> {
  const { database } = await openPostgres(where);
  try {
    return await perSecond(() =>
      database.asActor({ kind: 'node' }, async (tx) => {
        await tx.insertInto('inbound_refusal').values({ peer: null, code: 'rate-exceeded', at: new Date() }).execute();
      }),
    );
  } finally {
    await database.close();
  }
}

/** One Ed25519 signature made and verified, of a message as long as a record: per second, on one core. */
export async function signaturesPerSecond(recordBytes: number): Promise<number> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const message = randomBytes(recordBytes);
  return perSecond(async () => {
    if (!verify(null, message, publicKey, sign(null, message, privateKey)))
      throw new Error('a signature does not verify');
  });
}

async function perSecond(once: () => Promise<void>): Promise<number> {
  for (let warm = 0; warm < 50; warm++) await once();
  const start = performance.now();
  let done = 0;
  for (; performance.now() - start < measureMs; done++) await once();
  return done / ((performance.now() - start) / 1_000);
}
