import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { journalLeafHash } from './leaf.ts';

describe('journal leaf', () => {
  it('[JRN-1] hashes a zero byte and the canonical JSON, as RFC 6962, section 2.1', () => {
    const expected = createHash('sha256').update('\0{"act":"record.read","at":1}').digest('hex');
    expect(journalLeafHash({ at: 1, act: 'record.read' }, nodePrimitives).toHex()).toBe(expected);
  });
});
