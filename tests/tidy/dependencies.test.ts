import { describe, expect, it } from 'vitest';
import { textOf } from './files.ts';

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}
interface Lock {
  readonly packages: Readonly<
    Record<string, { version?: string; hasInstallScript?: boolean; resolved?: string; integrity?: string }>
  >;
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

  it('are locked by what they hold, and from no address', () => {
    const remote = Object.entries(lock.packages).filter(([path]) => path.startsWith('node_modules/'));
    expect(remote.length).toBeGreaterThan(100);
    expect(remote.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path)).toEqual([]);
    expect(remote.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
  });

  it('each has its reason in a decision', () => {
    const unexplained = Object.keys(all).filter((name) => {
      const scope = name.startsWith('@') ? (name.split('/')[0] ?? name) : name;
      return !/^(@types\/|node-)/.test(name) && !decisions.includes(name) && !decisions.includes(scope);
    });
    expect(unexplained).toEqual([]);
  });
});
