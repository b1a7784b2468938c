import { describe, expect, it } from 'vitest';
import type { HolderView } from '../contract.ts';
import { countHolders, type HolderNode, holderTree } from './holder-tree.ts';

const service = (id: string) => ({ id, code: id, names: { ar: id, fr: id, en: id } });
const holder = (id: string, ...via: string[]): HolderView => ({
  service: service(id),
  via: via.map(service),
  state: 'confirmed',
  vouchedBy: null,
  revision: 1,
  since: '2026-11-24T10:00:00Z',
  confirmedAt: null,
  portionsWithheld: 0,
});
const drawn = (nodes: readonly HolderNode[]): string =>
  nodes.map(({ service: { id }, holder: held, below }) => `${held ? id : `(${id})`}[${drawn(below)}]`).join(' ');

describe('[REL-3] the tree of those who hold a record', () => {
  it('has each holder below the one that gave it its copy', () => {
    expect(drawn(holderTree([holder('b'), holder('c', 'b'), holder('d', 'b', 'c'), holder('e')]))).toBe(
      'b[c[d[]]] e[]',
    );
  });
  it('does not depend on who is told of first', () => {
    expect(drawn(holderTree([holder('d', 'b', 'c'), holder('c', 'b'), holder('b')]))).toBe('b[c[d[]]]');
  });
  it('keeps the place of a relay of which nothing is known', () => {
    const tree = holderTree([holder('c', 'b')]);
    expect(drawn(tree)).toBe('(b)[c[]]');
    expect(countHolders(tree)).toBe(1);
  });
  it('shows one service twice where two gave it a copy', () => {
    expect(drawn(holderTree([holder('b'), holder('c', 'b'), holder('c')]))).toBe('b[c[]] c[]');
  });
});
