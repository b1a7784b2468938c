import { describe, expect, it } from 'vitest';
import { textOf } from './files.ts';

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}
interface Lock {
  readonly packages: Readonly<Record<string, { version?: string; hasInstallScript?: boolean; resolved?: string }>>;
}
const manifest = JSON.parse(textOf('package.json')) as Manifest;
const lock = JSON.parse(textOf('package-lock.json')) as Lock;
const decisions = textOf('docs/adr/0007-node-from-npm-and-few-dependencies.md');

describe('dependencies', () => {
  const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };

  it('are pinned exactly, and locked at that version', () => {
    for (const [name, version] of Object.entries(all)) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
      expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(version);
    }
  });

  it('run no script when they are installed', () => {
    const scripts = Object.entries(lock.packages).filter(([, { hasInstallScript }]) => hasInstallScript);
    expect(scripts.map(([path]) => path)).toEqual([]);
  });

  it('come from one registry', () => {
    const elsewhere = Object.entries(lock.packages).filter(
      ([, { resolved }]) => resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/'),
    );
    expect(elsewhere).toEqual([]);
  });

  it('each has its reason in a decision', () => {
    const unexplained = Object.keys(all).filter((name) => {
      const scope = name.startsWith('@') ? (name.split('/')[0] ?? name) : name;
      return !/^(@types\/|node-)/.test(name) && !decisions.includes(name) && !decisions.includes(scope);
    });
    expect(unexplained).toEqual([]);
  });
});
