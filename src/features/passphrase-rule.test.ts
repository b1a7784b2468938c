import { expect, test } from 'vitest';
import { passphraseTooWeak } from './passphrase-rule.ts';

test.each([
  ['short', true],
  ['aaaaaaaaaaaaaaaa', true],
  ['aminaaminaamina', true],
  ['Amina-Amina-12', true],
  ['four plain words together', false],
  ['كلمات أربع بسيطة معا', false],
  ['amina likes long walks', false],
])('%s is too weak for amina: %s', (passphrase, weak) => {
  expect(passphraseTooWeak(passphrase, 'amina')).toBe(weak);
});
