import { describe, expect, it } from 'vitest';
import { StatementNames } from './statement-names.ts';

const asked = (names: StatementNames, times: number, sql: string, role: 'node' | 'partner' = 'node') => {
  let name: string | undefined;
  for (let time = 0; time < times; time++) name = names.nameOf(role, sql);
  return name;
};

describe('the name of a statement', () => {
  it('comes with the fourth use, and stays', () => {
    const names = new StatementNames();
    expect(asked(names, 3, 'select 1')).toBeUndefined();
    const name = names.nameOf('node', 'select 1');
    expect(name).toMatch(/^[a-z_0-9]{1,63}$/);
    expect(names.nameOf('node', 'select 1')).toBe(name);
  });

  it('is another for another text, and for another role, whose policies are others', () => {
    const names = new StatementNames();
    const three = [asked(names, 4, 'select 1'), asked(names, 4, 'select 2'), asked(names, 4, 'select 1', 'partner')];
    expect(new Set(three).size).toBe(3);
    expect(three).not.toContain(undefined);
  });

  it('is given to so many alone, however many texts there are, and those keep theirs', () => {
    const names = new StatementNames();
    const first = asked(names, 4, 'select 0');
    for (let nth = 1; nth < 600; nth++) asked(names, 4, `select ${nth}`);
    expect(asked(names, 9, 'select 599')).toBeUndefined();
    expect(names.nameOf('node', 'select 0')).toBe(first);
  });

  it('is not lost to texts that are asked once', () => {
    const names = new StatementNames();
    for (let nth = 0; nth < 10_000; nth++) names.nameOf('node', `select ${nth}`);
    expect(asked(names, 4, 'select of use')).toBeDefined();
  });
});
