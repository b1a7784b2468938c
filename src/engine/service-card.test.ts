import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createFileKeyring } from '#src/adapters/file-keyring.ts';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import type { Keyring } from '#src/ports/keyring.ts';
import { base64url } from '#src/protocol/encoding.ts';
import { keyIdOf } from '#src/protocol/fingerprint.ts';
import type { Json } from '#src/protocol/primitives.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { isRefusal, refuse } from '#src/protocol/refusal.ts';
import { issue } from './issue.ts';
import { makeServiceCard, readServiceCard, type ServiceCard } from './service-card.ts';

let keyring: Keyring;
let honest: ServiceCard;
const signing = () => ({ keyring, primitives: nodePrimitives, randomBytes: (length: number) => randomBytes(length) });

beforeAll(async () => {
  keyring = await createFileKeyring(join(await mkdtemp(join(tmpdir(), 'tansiq-card-')), 'keys'));
  const names = { ar: 'أطلس', fr: 'Atlas', en: 'Atlas' };
  const card = await makeServiceCard({ code: 'atlas', names, url: null, language: 'ar' }, signing(), Date.now());
  if (isRefusal(card)) throw new Error(card.code);
  honest = card;
});

/** The card with another body, signed by its own service: nobody else could. */
async function cardSaying(changes: { readonly [field: string]: Json }): Promise<string> {
  const { record } = honest;
  const marking = { level: 0, compartments: [], handling: [], releasableTo: 'any' } as const;
  const draft = { ...record, marking, title: 'Atlas', desk: 'direction', portions: [] };
  const made = await issue({ ...draft, body: { ...record.body, ...changes } }, signing());
  if (isRefusal(made)) throw new Error(made.code);
  return `tansiq-card:1:${base64url(keyring.identity.inceptionKey)}:${serialiseRecord(made)}`;
}

describe('a service card', () => {
  it('[KEY-2] is read back as it was made', async () => {
    expect(readServiceCard(await cardSaying({}), nodePrimitives)).toMatchObject({ service: honest.service });
  });

  it('[ADM-2] is refused above 512 Ki characters, wherever it comes from', () => {
    const atMost = `${honest.text}:${'x'.repeat(512 * 1024 - honest.text.length - 1)}`;
    expect(readServiceCard(atMost, nodePrimitives)).toMatchObject({ code: 'keys-invalid' });
    const at = { at: '/card', limit: 512 * 1024 };
    expect(readServiceCard(`${atMost}x`, nodePrimitives)).toEqual(refuse('record-too-large', at));
  });

  it('[REC-2] says nothing of who else may hold it', () => {
    const paths = honest.record.disclosures.map(({ path }) => path);
    expect(paths).toContain('title');
    expect(paths).not.toContain('releasableTo');
  });

  it('[KEY-2] names no key under the id of another', async () => {
    const own = { [keyring.identity.signingKey.id]: base64url(keyring.identity.inceptionKey) };
    const another = keyIdOf(randomBytes(32), nodePrimitives);
    const card = await cardSaying({ signingKeys: { ...own, [another]: base64url(randomBytes(32)) } });
    expect(readServiceCard(card, nodePrimitives)).toMatchObject({ code: 'record-body-invalid', at: '/signingKeys' });
  });
});
