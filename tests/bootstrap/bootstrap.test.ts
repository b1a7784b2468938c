import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const bin = (name: string) => new URL(`../../bin/${name}`, import.meta.url);
// bin/ is plain JavaScript, because the system's old Node must be able to read it; its functions have no types.
const { nodeTooOld } = (await import(bin('node-version.mjs').href)) as { nodeTooOld(version: string): string | null };
const { isInstalled } = (await import(bin('install.mjs').href)) as { isInstalled(folder: string): boolean };

describe('before anything else', () => {
  it.each(['v20.19.0', 'v20.20.2', 'v22.1.0', 'v26.10.0', 'v100.0.0'])('%s is new enough', (version) => {
    expect(nodeTooOld(version)).toBeNull();
  });
  it.each(['v12.22.0', 'v18.20.4', 'v20.18.3'])('%s gets a sentence that names both versions', (version) => {
    expect(nodeTooOld(version)).toContain(version);
    expect(nodeTooOld(version)).toContain('20.19');
  });

  it('an unknown mode ends with 2 and the usage', () => {
    const { status, stderr } = spawnSync(process.execPath, [fileURLToPath(bin('bootstrap.mjs')), 'fly'], {
      encoding: 'utf8',
    });
    expect(status).toBe(2);
    expect(stderr).toContain('usage:');
  });
});

describe('are the dependencies installed', () => {
  let folder = '';
  const lock = (path: string, packages: object) => writeFileSync(join(folder, path), JSON.stringify({ packages }));
  const wanted = {
    '': { name: 'tansiq' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/other-system': { version: '2.0.0', optional: true },
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tansiq-install-'));
    mkdirSync(join(folder, 'node_modules'));
    lock('package-lock.json', wanted);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('no, when nothing is, or an installation was interrupted', () => {
    expect(isInstalled(folder)).toBe(false);
    writeFileSync(join(folder, 'node_modules/.package-lock.json'), '{"packages":');
    expect(isInstalled(folder)).toBe(false);
  });
  it('yes, without the binaries of other systems', () => {
    lock('node_modules/.package-lock.json', { 'node_modules/a': { version: '1.0.0' } });
    expect(isInstalled(folder)).toBe(true);
  });
  it('no, when a version differs or a package is missing', () => {
    lock('node_modules/.package-lock.json', { 'node_modules/a': { version: '1.0.1' } });
    expect(isInstalled(folder)).toBe(false);
    lock('node_modules/.package-lock.json', {});
    expect(isInstalled(folder)).toBe(false);
  });
});
