import { describe, expect, it } from 'vitest';
import { uuidv7 } from './identifiers.ts';

describe('identifiers made in the browser', () => {
  it('are UUIDv7 with their time in front', () => {
    const id = uuidv7(0x0191_2345_6789);
    expect(id).toMatch(/^01912345-6789-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
  it('differ within one moment', () => expect(new Set(Array.from({ length: 200 }, () => uuidv7(1))).size).toBe(200));
});
