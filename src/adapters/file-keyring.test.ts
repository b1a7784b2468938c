import { chmod, mkdtemp, readdir, readFile, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isRefusal } from '#src/protocol/refusal.ts';
import { createFileKeyring, type KeyringUnavailable, openFileKeyring } from './file-keyring.ts';
import { hpkeSealer } from './hpke-sealer.ts';
import { nodePrimitives } from './node-primitives.ts';

let directory: string;
beforeEach(async () => {
  directory = join(await mkdtemp(join(tmpdir(), 'tansiq-keyring-')), 'keys');
});
afterEach(() => rm(join(directory, '..'), { recursive: true }));

const problemOf = async (opening: Promise<unknown>) =>
  opening.then(
    () => 'opened',
    (error: KeyringUnavailable) => error.problem,
  );

describe('[KEY-2] a keyring of files', () => {
  it('signs and opens with the same identity after it was closed and opened again', async () => {
    const created = await createFileKeyring(directory);
    const opened = await openFileKeyring(directory);
    expect(opened.identity).toEqual(created.identity);
    expect(opened.identity.service).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(opened.identity.sealingKey.publicKey).toHaveLength(1216);

    const message = Buffer.from('signed');
    const signature = await opened.sign(message);
    const { publicKey } = created.identity.signingKey;
    expect(nodePrimitives.ed25519Verify(publicKey, message, signature)).toBe(true);
    expect(nodePrimitives.ed25519Verify(publicKey, Buffer.from('Signed'), signature)).toBe(false);

    const info = Buffer.from('info');
    const sealed = await hpkeSealer.seal(created.identity.sealingKey.publicKey, message, info);
    const plaintext = await opened.open({ ...sealed, info, key: opened.identity.sealingKey.id });
    expect(plaintext).toEqual(new Uint8Array(message));
  });

  it('keeps two files that only their owner can read, and nothing else', async () => {
    await createFileKeyring(directory);
    expect((await readdir(directory)).sort()).toEqual(['sealing.key', 'signing.key']);
    expect((await stat(join(directory, 'signing.key'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(directory, 'sealing.key'))).mode & 0o777).toBe(0o600);
  });

  it('never overwrites keys', async () => {
    const { identity } = await createFileKeyring(directory);
    expect(await problemOf(createFileKeyring(directory))).toBe('exists');
    expect((await openFileKeyring(directory)).identity).toEqual(identity);
  });

  it('of two creations at once lets one win, and both name one identity or one fails', async () => {
    const both = await Promise.allSettled([createFileKeyring(directory), createFileKeyring(directory)]);
    const won = both.flatMap((result) => (result.status === 'fulfilled' ? [result.value.identity.service] : []));
    expect(won.length).toBeGreaterThan(0);
    expect(new Set([...won, (await openFileKeyring(directory)).identity.service]).size).toBe(1);
  });

  it('finishes a creation that a crash cut off before the signing key', async () => {
    const { identity } = await createFileKeyring(directory);
    await unlink(join(directory, 'signing.key'));
    const again = await createFileKeyring(directory);
    expect(again.identity.sealingKey).toEqual(identity.sealingKey);
    expect(again.identity.service).not.toBe(identity.service);
  });
});

describe('[KEY-2] a keyring refuses to open', () => {
  it('when it or a file of it is missing', async () => {
    expect(await problemOf(openFileKeyring(directory))).toBe('missing');
    await createFileKeyring(directory);
    await unlink(join(directory, 'sealing.key'));
    expect(await problemOf(openFileKeyring(directory))).toBe('missing');
  });

  it.each(['signing.key', 'sealing.key'])('when any part of %s is damaged', async (name) => {
    await createFileKeyring(directory);
    const path = join(directory, name);
    const text = await readFile(path, 'utf8');
    const lines = text.split('\n') as [string, string, string, string];
    const changed = (line: string) => (line.startsWith('A') ? 'B' : 'A') + line.slice(1);
    const damages = [
      '',
      text.slice(0, -1),
      `${text}\n`,
      [changed(lines[0]), lines[1], lines[2], ''].join('\n'),
      [lines[0], changed(lines[1]), lines[2], ''].join('\n'),
      [lines[0], lines[1], changed(lines[2]), ''].join('\n'),
      [lines[0], lines[1], lines[2].slice(2), ''].join('\n'),
    ];
    for (const damage of damages) {
      await writeFile(path, damage);
      expect(await problemOf(openFileKeyring(directory)), JSON.stringify(damage.length)).toBe('corrupt');
    }
    await writeFile(path, text);
    expect(await problemOf(openFileKeyring(directory))).toBe('opened');
  });

  it.runIf(process.platform !== 'win32')('when another user could read a key', async () => {
    await createFileKeyring(directory);
    await chmod(join(directory, 'sealing.key'), 0o640);
    expect(await problemOf(openFileKeyring(directory))).toBe('too-open');
  });

  it('and says which file and what to do, without any of its content', async () => {
    await createFileKeyring(directory);
    const path = join(directory, 'signing.key');
    const [, , seed] = (await readFile(path, 'utf8')).split('\n');
    await writeFile(path, `x\ny\n${seed}\n`);
    const error = await openFileKeyring(directory).catch((thrown: Error) => thrown);
    expect(String(error)).toContain('signing.key');
    expect(String(error)).not.toContain(seed);
  });
});

describe('[EXC-1] opening an envelope refuses', () => {
  it('another key, and a broken seal, each with its code', async () => {
    const { identity, open } = await createFileKeyring(directory);
    const info = Buffer.from('info');
    const sealed = await hpkeSealer.seal(identity.sealingKey.publicKey, Buffer.from('text'), info);
    const code = async (change: object) => {
      const opened = await open({ ...sealed, info, key: identity.sealingKey.id, ...change });
      return isRefusal(opened) ? opened.code : 'opened';
    };
    expect(await code({})).toBe('opened');
    expect(await code({ key: identity.signingKey.id })).toBe('envelope-key-unknown');
    expect(await code({ info: Buffer.from('other') })).toBe('envelope-seal-broken');
    expect(await code({ enc: new Uint8Array(3) })).toBe('envelope-seal-broken');
    expect(await code({ ciphertext: new Uint8Array(3) })).toBe('envelope-seal-broken');
  });
});
