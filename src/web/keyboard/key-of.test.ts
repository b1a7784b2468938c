import { describe, expect, it } from 'vitest';
import { type KeyPress, keyOf } from './key-of.ts';

const press = (key: string, code: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});

describe('keys', () => {
  it('are named by what a Latin keyboard types, wherever the key sits', () => {
    expect(keyOf(press('j', 'KeyJ'))).toBe('j');
    expect(keyOf(press('J', 'KeyJ'))).toBe('j');
    // AZERTY: the key in the place of Q types a.
    expect(keyOf(press('a', 'KeyQ'))).toBe('a');
    expect(keyOf(press('/', 'Period'))).toBe('/');
  });

  it('are named by their place on an Arabic keyboard', () => {
    expect(keyOf(press('ت', 'KeyJ'))).toBe('j');
    expect(keyOf(press('ن', 'KeyK'))).toBe('k');
    expect(keyOf(press('ظ', 'Slash'))).toBe('/');
    expect(keyOf(press('؟', 'Slash'))).toBe('?');
  });

  it('keep their modifier, and Alt is left to typing', () => {
    expect(keyOf(press('Enter', 'Enter', { ctrlKey: true }))).toBe('Ctrl+Enter');
    expect(keyOf(press('Enter', 'Enter', { metaKey: true }))).toBe('Ctrl+Enter');
    expect(keyOf(press('ت', 'KeyJ', { ctrlKey: true }))).toBe('Ctrl+j');
    expect(keyOf(press('@', 'Digit0', { altKey: true }))).toBeNull();
  });

  it('that mean nothing here have no name', () => expect(keyOf(press('٣', 'Digit3'))).toBeNull());
});
