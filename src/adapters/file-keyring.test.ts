import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyringContract } from '#src/ports/keyring.contract.ts';
import { createFileKeyring, type KeyringUnavailable, openFileKeyring } from './file-keyring.ts';
import { hpkeSealer } from './hpke-sealer.ts';
import { keyPair } from './key-pairs.ts';
import { secretFrom } from './key-secret.ts';
import { nodePrimitives } from './node-primitives.ts';

let directory: string;
let home: string;
async function newDirectory() {
  home = await mkdtemp(join(tmpdir(), 'tansiq-keyring-'));
  directory = join(home, 'keys');
}
beforeEach(newDirectory);
afterEach(() => rm(home, { recursive: true }));

keyringContract('files', { primitives: nodePrimitives, sealer: hpkeSealer }, async () => ({
  keyring: await createFileKeyring(directory),
  reopen: () => openFileKeyring(directory),
  close: async () => undefined,
}));

const problemOf = async (opening: Promise<unknown>) =>
  opening.then(
    () => 'opened',
    (error: KeyringUnavailable) => error.problem,
  );
const textOf = async () => {
  const names = (await readdir(directory)).sort();
  return Promise.all(names.map(async (name) => [name, await readFile(join(directory, name), 'utf8')] as const));
};
const nameOf = async (use: string) => {
  const name = (await readdir(directory)).find((one) => one.startsWith(`${use}-`));
  if (name === undefined) throw new Error(`no ${use} key file`);
  return name;
};

describe('[KEY-2] a keyring of files', () => {
  it('keeps files that only their owner can read, and nothing else', async () => {
    const { identity } = await createFileKeyring(directory);
    const [sealing, signing] = [identity.sealingKey.id, identity.signingKey.id];
    expect((await readdir(directory)).sort()).toEqual(
      ['current', 'lock', `sealing-${sealing}.key`, `signing-${signing}.key`].sort(),
    );
    for (const name of await readdir(directory)) {
      expect((await stat(join(directory, name))).mode & 0o777, name).toBe(0o600);
    }
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

  it('begins anew what a crash cut off before it said whose the keys are', async () => {
    const { identity } = await createFileKeyring(directory);
    await unlink(join(directory, 'current'));
    expect(await problemOf(openFileKeyring(directory))).toBe('missing');
    expect((await createFileKeyring(directory)).identity.service).not.toBe(identity.service);
  });
});

describe('[KEY-1] the secret that unlocks the keys', () => {
  it('is made on the first start, beside the keys and not among them', async () => {
    await createFileKeyring(directory);
    expect((await readdir(home)).sort()).toEqual(['key-secret', 'keys']);
    expect((await stat(join(home, 'key-secret'))).mode & 0o777).toBe(0o600);
  });

  it('may be a file of the operator, whatever line break ends it; another secret opens nothing and changes nothing', async () => {
    const file = join(home, 'elsewhere');
    await writeFile(file, 'correct horse battery staple\r\n');
    const { identity } = await createFileKeyring(directory, secretFrom(file));
    expect(await readdir(home)).not.toContain('key-secret');
    const before = await textOf();
    await writeFile(file, 'correct horse battery stapler\n');
    expect(await problemOf(openFileKeyring(directory, secretFrom(file)))).toBe('locked');
    await writeFile(file, '\n');
    expect(await problemOf(openFileKeyring(directory, secretFrom(file)))).toBe('secret-missing');
    await unlink(file);
    expect(await problemOf(openFileKeyring(directory, secretFrom(file)))).toBe('secret-missing');
    expect(await problemOf(openFileKeyring(directory))).toBe('secret-missing');
    expect(await textOf()).toEqual(before);
    await writeFile(file, 'correct horse battery staple');
    expect((await openFileKeyring(directory, secretFrom(file))).identity).toEqual(identity);
  });

  it.runIf(process.platform !== 'win32')('is refused where another user could read it', async () => {
    await createFileKeyring(directory);
    await chmod(join(home, 'key-secret'), 0o644);
    expect(await problemOf(openFileKeyring(directory))).toBe('too-open');
  });
});

describe('[KEY-1] keys of the first form, in clear', () => {
  const seeds = { signing: Buffer.alloc(32, 1), sealing: Buffer.alloc(32, 2) };
  async function writePlain() {
    await mkdir(directory, { recursive: true });
    for (const [use, type] of [
      ['signing', 'ed25519'],
      ['sealing', 'xwing'],
    ] as const) {
      const { id } = keyPair(use, seeds[use]);
      const text = `tansiq ${type}-seed 1\n${id}\n${seeds[use].toString('base64url')}\n`;
      await writeFile(join(directory, `${use}.key`), text, { mode: 0o600 });
    }
  }

  it('are the same keys afterwards, locked, and the old files are gone', async () => {
    await writePlain();
    const { identity } = await openFileKeyring(directory);
    expect(identity.signingKey.id).toBe(keyPair('signing', seeds.signing).id);
    expect(identity.sealingKey.id).toBe(keyPair('sealing', seeds.sealing).id);
    const files = await textOf();
    expect(files.map(([name]) => name)).not.toContain('signing.key');
    for (const seed of Object.values(seeds)) {
      expect(JSON.stringify(files)).not.toContain(seed.toString('base64url'));
    }
    expect((await openFileKeyring(directory)).identity).toEqual(identity);
  });

  it('are locked to the end when a crash cut it off: before anything, and before the old files went', async () => {
    await writePlain();
    expect(await problemOf(createFileKeyring(directory))).toBe('exists');
    const { identity } = await openFileKeyring(directory);
    await writePlain();
    expect((await openFileKeyring(directory)).identity).toEqual(identity);
    expect(await readdir(directory)).not.toContain('sealing.key');
  });

  it('are refused where one of the two is missing or damaged', async () => {
    await writePlain();
    await writeFile(join(directory, 'sealing.key'), 'tansiq xwing-seed 1\nx\ny\n');
    expect(await problemOf(openFileKeyring(directory))).toBe('corrupt');
    await unlink(join(directory, 'sealing.key'));
    expect(await problemOf(openFileKeyring(directory))).toBe('missing');
  });
});

describe('[KEY-2] a keyring refuses to open', () => {
  it('when it or a file of it is missing', async () => {
    expect(await problemOf(openFileKeyring(directory))).toBe('missing');
    await createFileKeyring(directory);
    for (const name of [await nameOf('sealing'), await nameOf('signing'), 'current']) {
      const text = await readFile(join(directory, name));
      await unlink(join(directory, name));
      expect(await problemOf(openFileKeyring(directory)), name).toBe('missing');
      await writeFile(join(directory, name), text, { mode: 0o600 });
    }
    expect(await problemOf(openFileKeyring(directory))).toBe('opened');
  });

  it.each(['signing', 'sealing', 'lock', 'current'])('when any part of the file %s is damaged', async (which) => {
    await createFileKeyring(directory);
    const path = join(directory, which.endsWith('ing') ? await nameOf(which) : which);
    const text = await readFile(path, 'utf8');
    const lines = text.split('\n').slice(0, -1);
    const changed = (line: string) => (line.startsWith('A') ? 'B' : 'A') + line.slice(1);
    const damages = ['', text.slice(0, -2)];
    for (const at of lines.keys()) {
      damages.push(lines.map((line, n) => (n === at ? changed(line) : line)).join('\n'));
      damages.push(lines.filter((_, n) => n !== at).join('\n'));
    }
    for (const damage of damages) {
      await writeFile(path, damage);
      // A lock whose salt or check is damaged is as closed as with a wrong secret, and says so.
      expect(['corrupt', 'locked'], damage).toContain(await problemOf(openFileKeyring(directory)));
    }
    await writeFile(path, text);
    expect(await problemOf(openFileKeyring(directory))).toBe('opened');
  });

  it('when the keys of another directory are put in its place', async () => {
    await createFileKeyring(directory);
    const mine = await textOf();
    await newDirectory();
    await createFileKeyring(directory);
    const name = await nameOf('signing');
    const foreign = mine.find(([one]) => one.startsWith('signing-'));
    if (!foreign) throw new Error('no signing key file');
    await unlink(join(directory, name));
    await writeFile(join(directory, foreign[0]), foreign[1], { mode: 0o600 });
    expect(await problemOf(openFileKeyring(directory))).toBe('corrupt');
  });

  it.runIf(process.platform !== 'win32')('when another user could read a key', async () => {
    await createFileKeyring(directory);
    await chmod(join(directory, await nameOf('sealing')), 0o640);
    expect(await problemOf(openFileKeyring(directory))).toBe('too-open');
  });

  it('and says which file and what to do, without any of its content', async () => {
    await createFileKeyring(directory);
    const name = await nameOf('signing');
    const [, , locked = ''] = (await readFile(join(directory, name), 'utf8')).split('\n');
    await writeFile(join(directory, name), `x\ny\n${locked}\n`);
    const error = await openFileKeyring(directory).catch((thrown: Error) => thrown);
    expect(String(error)).toContain(name);
    expect(String(error)).not.toContain(locked);
  });
});
